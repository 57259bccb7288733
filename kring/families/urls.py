from django.urls import path

from kring.families import views

app_name = "families"
FAMILY = "gezin/<uuid:family_id>/"
urlpatterns = [
    path(FAMILY + "mensen/", views.people, name="people"),
    path(FAMILY + "mensen/nieuw/<slug:what>/", views.add, name="add"),
    path(FAMILY + "mensen/<uuid:member_id>/", views.member, name="member"),
    path(FAMILY + "mensen/<uuid:member_id>/<slug:what>/", views.change, name="change"),
    path(FAMILY + "mensen/<uuid:member_id>/is-ook/<uuid:other_id>/", views.merge, name="merge"),
    path(FAMILY + "wonen/<uuid:household_id>/", views.home, name="home"),
    path(FAMILY + "wonen/<uuid:household_id>/<slug:what>/", views.change_home, name="change_home"),
    path(FAMILY + "voorbij/<slug:what>/<uuid:row_id>/", views.end, name="end"),
]
