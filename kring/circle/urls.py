from django.urls import path

from kring.circle import views

app_name = "circle"
urlpatterns = [
    path("gezin/<uuid:family_id>/kring/", views.people, name="people"),
    path("gezin/<uuid:family_id>/kring/aannemen/", views.take_up, name="take_up"),
    path("gezin/<uuid:family_id>/kring/aanvaarden/", views.accept_sight, name="accept_sight"),
    path("gezin/<uuid:family_id>/kring/verlaten/", views.leave, name="leave"),
    path("gezin/<uuid:family_id>/kring/<uuid:membership_id>/", views.member, name="member"),
    path("gezin/<uuid:family_id>/kring/<slug:what>/", views.change, name="change"),
    path("gezin/<uuid:family_id>/logboek/", views.logbook, name="logbook"),
    path("uitnodiging/<uuid:invitation_id>/", views.invitation, name="invitation"),
    path("toegang-vragen/", views.ask_access, name="ask_access"),
    path("toegang-gevraagd/", views.access_requests, name="access_requests"),
]
