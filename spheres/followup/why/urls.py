"""Where does one read why a page does not open, and where is the question seen to?"""

from django.urls import path

from spheres.followup.why import views

app_name = "why"
urlpatterns = [
    path("why/", views.why, name="why"),
    path("why/sent/", views.sent, name="sent"),
    path("desk/why/", views.asked, name="asked"),
    path("desk/why/<uuid:asking_id>/", views.see_to, name="see_to"),
]
