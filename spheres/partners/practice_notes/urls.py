"""Where are the practice notes, their versions, and the common framework?"""

from django.urls import path

from spheres.partners.practice_notes import views

app_name = "practice_notes"
urlpatterns = [
    path("", views.overview, name="list"),
    path("framework/", views.framework, name="framework"),
    path("new/", views.propose, name="propose"),
    path("<uuid:practice_id>/", views.note, name="note"),
    path("<uuid:practice_id>/again/", views.propose_again, name="again"),
    path("versions/<uuid:edition_id>/decided/", views.rule, name="rule"),
]
