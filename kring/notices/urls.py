from django.urls import path

from kring.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("gelezen/", views.read_all, name="read_all"),
    path("<uuid:notice_id>/", views.read, name="read"),
]
