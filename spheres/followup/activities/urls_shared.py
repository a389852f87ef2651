"""Where is what the organisation offers, about nobody, and the list of its day?"""

from django.urls import path

from spheres.followup.activities.views import shared, together

app_name = "shared_activities"
urlpatterns = [
    path("", shared.board, name="board"),
    path("new/", shared.plan, name="plan"),
    path("costs/", shared.costs, name="costs"),
    path("<uuid:activity_id>/", shared.detail, name="detail"),
    path("<uuid:activity_id>/along/", shared.come_along, name="along"),
    path("<uuid:activity_id>/together/", together.invite, name="invite"),
    path("<uuid:activity_id>/said/", shared.say, name="say"),
    path("<uuid:activity_id>/list/", shared.day_list, name="list"),
    path("<uuid:activity_id>/list/add/", shared.add, name="add"),
    path("<uuid:activity_id>/list/off/", shared.take_off, name="off"),
    path("<uuid:activity_id>/list/<uuid:attendance_id>/agree/", together.agree, name="agree"),
    path("<uuid:activity_id>/list/numbers/", shared.numbers, name="numbers"),
    path("<uuid:activity_id>/list/keep/", shared.keep, name="keep"),
    path("<uuid:activity_id>/list/let-go/", shared.let_go, name="let_go"),
]
