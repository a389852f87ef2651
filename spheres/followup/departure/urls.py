"""Where does a partner ask to leave, where is it seen to, and where is each person asked?"""

from django.urls import path

from spheres.followup.departure import views

app_name = "departure"
urlpatterns = [
    path("partnership/", views.ours, name="ours"),
    path("partnership/leave/", views.ask, name="ask"),
    path("partnership/received/", views.receive, name="receive"),
    path("partnership/copy/", views.copy, name="copy"),
    path("partnership/people/", views.people, name="people"),
    path("partners-leaving/", views.all_of_them, name="all"),
    path("partners-leaving/<uuid:departure_id>/", views.one, name="one"),
    path("partners-leaving/<uuid:departure_id>/confirm/", views.confirm, name="confirm"),
    path("partners-leaving/<uuid:departure_id>/call-off/", views.call_off, name="call_off"),
    path("partners-leaving/<uuid:departure_id>/end/", views.end, name="end"),
    path("files/<uuid:file_id>/partner-leaving/", views.say, name="say"),
]
