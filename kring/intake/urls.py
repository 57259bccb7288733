"""Addresses. Those of the public page say nothing: they stay in somebody's browser (harm B8)."""

from django.urls import path

from kring.intake.views import public

app_name = "intake"
urlpatterns = [
    path("contact/", public.start, name="start"),
    path("contact/vraag/", public.ask, name="ask"),
    path("contact/code/", public.code, name="code"),
    path("contact/<slug:name>/", public.questions, name="questions"),
]
