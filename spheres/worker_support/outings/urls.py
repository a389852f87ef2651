"""Where does one go out from, watch, and come back?"""

from django.urls import path

from spheres.worker_support.outings import views

app_name = "outings"
urlpatterns = [
    path("new/", views.begin, name="begin"),
    path("<uuid:outing_id>/", views.detail, name="detail"),
    path("<uuid:outing_id>/back/", views.end, name="end"),
    path("<uuid:outing_id>/half-hour/", views.half_an_hour, name="half_an_hour"),
    path("<uuid:outing_id>/hour/", views.one_hour, name="one_hour"),
    path("<uuid:outing_id>/watch/", views.watch, name="watch"),
    path("<uuid:outing_id>/cannot/", views.cannot, name="cannot"),
    path("<uuid:outing_id>/ask/", views.ask, name="ask"),
]
