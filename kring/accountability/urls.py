from django.urls import path

from kring.accountability import views

app_name = "accountability"
urlpatterns = [
    path("trail/checkpoint", views.checkpoint, name="checkpoint"),
    path("trail/consistency", views.consistency, name="consistency"),
    path("trail/cosignature", views.cosignature, name="cosignature"),
]
