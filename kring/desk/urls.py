from django.urls import path

from kring.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("gezinnen/", views.families, name="families"),
    path("gezin/<uuid:family_id>/", views.family, name="family"),
    path("inspectie/", views.inspect, name="inspect"),
    path("team/", views.caseload, name="caseload"),
]
