"""Where does one make a calendar address, and where does a calendar ask?"""

from django.urls import path

from spheres.interop.ical import views

app_name = "ical"
urlpatterns = [
    path("calendar/", views.mine, name="mine"),
    path("calendar/new/", views.make, name="make"),
    path("calendar/end/", views.end, name="end"),
    path("calendar/committees/<uuid:committee_id>/new/", views.make, name="make_of"),
    path("calendar/committees/<uuid:committee_id>/end/", views.end, name="end_of"),
    path("calendar/meetings/<uuid:sitting_id>/", views.meeting, name="meeting"),
    *(path(f"calendar/{to}/", views.decide, {"answer": to}, name=to) for to in ("on", "off")),
    path("calendar/<str:token>.ics", views.read, name="read"),
]
