"""Where is it looked at who opened what, and where is a colleague let go on?"""

from django.urls import path

from spheres.followup.openings import views

app_name = "openings"
urlpatterns = [
    path("openings/", views.overview, name="overview"),
    path("openings/colleagues/", views.colleagues, name="colleagues"),
    path("openings/colleagues/<uuid:user_id>/", views.let_go_on, name="let_go_on"),
    path("openings/<uuid:unusual_id>/", views.say, name="say"),
]
