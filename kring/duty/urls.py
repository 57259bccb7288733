from django.urls import path

from kring.duty.views import alarms, looking_up, rosters

app_name = "duty"
urlpatterns = [
    path("", alarms.overview, name="overview"),
    path("alarm/<uuid:alarm_id>/", alarms.alarm, name="alarm"),
    path("alarm/<uuid:alarm_id>/verder/", alarms.ring_again, name="ring_again"),
    path("alarm/<uuid:alarm_id>/afronden/", alarms.close, name="close"),
    path("rooster/nieuw/", rosters.start, name="start"),
    path("rooster/<uuid:roster_id>/", rosters.week, name="week"),
    path("rooster/<uuid:roster_id>/dienst/", rosters.plan, name="plan"),
    path("dienst/<uuid:shift_id>/weghalen/", rosters.withdraw, name="withdraw"),
    path("opzoeken/", looking_up.look_up, name="look_up"),
    path("toetsen/", looking_up.to_review, name="to_review"),
    path("toetsen/<uuid:review_id>/", looking_up.review, name="review"),
]
