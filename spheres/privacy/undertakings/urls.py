"""Where is an undertaking signed, and where is it followed?"""

from django.urls import path

from spheres.privacy.undertakings import views

app_name = "undertakings"
urlpatterns = [
    path("undertaking/", views.mine, name="mine"),
    path("undertaking/sign/", views.sign, name="sign"),
    path("undertakings/", views.people, name="people"),
    path("undertakings/asked/", views.asked, name="asked"),
    path("undertakings/text/", views.text, name="text"),
    path("undertakings/<uuid:undertaking_id>/paper/", views.paper, name="paper"),
    path("undertakings/people/<uuid:colleague_id>/", views.person, name="person"),
    path("undertakings/people/<uuid:colleague_id>/training/", views.trained, name="trained"),
    path("undertakings/people/<uuid:colleague_id>/extend/", views.extend, name="extend"),
    path("undertakings/people/<uuid:colleague_id>/stand-in/", views.stand_in, name="stand_in"),
    path("undertakings/people/<uuid:colleague_id>/withhold/", views.withhold, name="withhold"),
]
