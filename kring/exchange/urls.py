from django.urls import path

from kring.exchange import views

app_name = "exchange"
urlpatterns = [
    path("stuf/", views.stuf, name="stuf"),
    path("gezin/<uuid:family_id>/bericht/<uuid:message_id>/", views.message, name="message"),
    path("gezin/<uuid:family_id>/bericht/<uuid:message_id>/gelezen/", views.read_message, name="read_message"),
    path("gezin/<uuid:family_id>/bericht/<uuid:message_id>/document/<int:number>/", views.document, name="document"),
    path("gezin/<uuid:family_id>/bericht/<uuid:message_id>/tekst/", views.original, name="original"),
    path("afzenders/", views.senders, name="senders"),
    path("afzenders/<uuid:sender_id>/einde/", views.end_sender, name="end_sender"),
    path("geweigerd/", views.refused, name="refused"),
    path("geweigerd/<uuid:message_id>/tekst/", views.refused_original, name="refused_original"),
    path("geweigerd/<uuid:message_id>/gezien/", views.see_refused, name="see_refused"),
]
