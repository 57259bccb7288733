"""One click to be anybody of the cast: only where the demo's sign-in is on (production refuses to start with it)."""

from django.conf import settings
from django.urls import path

from kring.demo import views

app_name = "demo"
urlpatterns = []
if settings.DEMO_SIGN_IN:
    urlpatterns = [path("wie/", views.who, name="who"), path("wees/<slug:key>/", views.become, name="become")]
