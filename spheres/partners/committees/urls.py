"""Where do committees meet, and where is what was brought there?"""

from django.urls import path

from spheres.partners.committees import views

app_name = "committees"
urlpatterns = [
    path("committees/", views.overview, name="list"),
    path("committees/<uuid:committee_id>/", views.committee, name="committee"),
    path("committees/<uuid:committee_id>/members/new/", views.name_member, name="name_member"),
    path("committees/<uuid:committee_id>/meetings/new/", views.call, name="call"),
    path("committees/<uuid:committee_id>/register/", views.register, name="register"),
    path("committees/members/<uuid:seat_id>/end/", views.end_member, name="end_member"),
    path("committees/meetings/<uuid:sitting_id>/", views.meeting, name="meeting"),
    path("committees/meetings/<uuid:sitting_id>/move/", views.move, name="move"),
    path("committees/meetings/<uuid:sitting_id>/cancel/", views.cancel, name="cancel"),
    path("committees/meetings/<uuid:sitting_id>/bring/", views.bring, name="bring"),
    path("committees/meetings/<uuid:sitting_id>/roll/", views.roll, name="roll"),
    path("committees/items/<uuid:brought_id>/", views.item, name="item"),
    path("committees/items/<uuid:brought_id>/place/", views.place, name="place"),
    path("committees/items/<uuid:brought_id>/off/", views.take_off, name="take_off"),
    path("committees/items/<uuid:brought_id>/carry/", views.carry_item, name="carry_item"),
    path("committees/items/<uuid:brought_id>/held/", views.hold, name="hold"),
    path("committees/items/<uuid:brought_id>/minutes/", views.minutes, name="minutes"),
    path("committees/items/<uuid:brought_id>/decisions/", views.decide, name="decide"),
    path("committees/items/<uuid:brought_id>/promises/", views.promise, name="promise"),
    path("committees/promises/<uuid:promise_id>/done/", views.done, name="done"),
    path("committees/promises/<uuid:promise_id>/carry/", views.carry, name="carry"),
]
