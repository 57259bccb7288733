from django.urls import path

from kring.duty import views

app_name = "duty"
urlpatterns = [
    path("alarm/<uuid:alarm_id>/", views.alarm, name="alarm"),
]
