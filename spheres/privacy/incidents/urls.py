"""Where is an incident told, the register kept, a lost device answered for?"""

from django.urls import path

from spheres.privacy.incidents import views

app_name = "incidents"
urlpatterns = [
    path("incidents/", views.index, name="list"),
    path("incidents/new/", views.tell, name="tell"),
    path("incidents/register/", views.paper_of_register, name="register"),
    path("incidents/kept/", views.reviews, name="reviews"),
    path("incidents/kept/<uuid:review_id>/", views.answer, name="answer"),
    path("incidents/lost/device/<uuid:device_id>/", views.lost, name="lost"),
    path("incidents/lost/colleague/", views.colleague, name="colleague"),
    path("incidents/lost/colleague/<uuid:user_id>/", views.lost_by, name="lost_by"),
    path("incidents/<uuid:incident_id>/", views.detail, name="detail"),
    path("incidents/<uuid:incident_id>/item/", views.item, name="item"),
    path("incidents/<uuid:incident_id>/persons/", views.concerned, name="concerned"),
    path("incidents/<uuid:incident_id>/done/", views.close, name="close"),
    path("incidents/<uuid:incident_id>/kept/", views.propose, name="propose"),
    path("incidents/<uuid:incident_id>/paper/", views.paper, name="paper"),
    path("files/<uuid:file_id>/incidents/", views.beside, name="beside"),
    path(
        "files/<uuid:file_id>/incidents/<uuid:incident_id>/paper/",
        views.letter,
        name="letter",
    ),
]
