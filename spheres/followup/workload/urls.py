"""Where is the team's workload?"""

from django.urls import path

from spheres.followup.workload import views

app_name = "workload"
urlpatterns = [
    path("team/", views.team, name="team"),
]
