from django.conf import settings
from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [
    path("weg/", views.quick_exit, name="quick_exit"),
    path("sporen-wissen/", views.clear_traces, name="clear_traces"),
]

if settings.MODE in ("demo", "test"):
    urlpatterns += [
        path("ui/", views.components, name="components"),
        path("ui/portaal/", views.component_portal, name="component_portal"),
        path("ui/openbaar/", views.component_public, name="component_public"),
    ]
