"""Where does one say who answers for whom?"""

from django.urls import path

from spheres.followup.covering import views

app_name = "covering"
urlpatterns = [
    path("absences/", views.overview, name="overview"),
    path("absences/new/", views.absence, name="absence"),
    path("absences/on-call/", views.on_call, name="on_call"),
    path("absences/people/", views.people, name="people"),
    path("absences/<uuid:cover_id>/ask/", views.ask, name="ask"),
    path("files/<uuid:file_id>/absences/<uuid:cover_id>/no-need/", views.no_need, name="no_need"),
    path("absences/<uuid:cover_id>/end/", views.end, name="end"),
]
