"""Addresses. Those of the public page say nothing: they stay in somebody's browser (harm B8)."""

from django.urls import include, path

from kring.intake.views import desk, public, report

app_name = "intake"
one_report = [
    path("", report.report, name="report"),
    path("neem-op/", report.take_up, name="take_up"),
    path("heropen/", report.reassess, name="reassess"),
    path("beoordeel/<uuid:member_id>/", report.assess, name="assess"),
    path("uitkomst/", report.decide, name="decide"),
    path("vertel/<uuid:telling_id>/", report.tell, name="tell"),
    path("later/<uuid:telling_id>/", report.postpone, name="postpone"),
    path("terugkoppeling/", report.feedback, name="feedback"),
    path("afronden/", report.close, name="close"),
    path("hoort-hier-niet/", report.take_out, name="take_out"),
    path("bij-gezin/", report.attach, name="attach"),
]
urlpatterns = [
    path("contact/", public.start, name="public"),
    path("contact/vraag/", public.ask, name="ask"),
    path("contact/code/", public.code, name="code"),
    path("contact/<slug:name>/", public.questions, name="questions"),
    path("meldingen/", desk.inbox, name="inbox"),
    path("meldingen/nieuw/", desk.new_report, name="new_report"),
    path("meldingen/datalek/<uuid:note_id>/", desk.breach, name="breach"),
    path("adviesvragen/", desk.advice_list, name="advice_list"),
    path("adviesvragen/nieuw/", desk.new_advice, name="new_advice"),
    path("adviesvragen/<uuid:advice_id>/", desk.advice, name="advice"),
    path("gezin/<uuid:family_id>/melding/<uuid:report_id>/", include(one_report)),
]
