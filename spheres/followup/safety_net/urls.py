"""Where is her safety? Under her file."""

from django.urls import path

from spheres.followup.safety_net import views

app_name = "safety_net"
urlpatterns = [
    path("", views.page, name="page"),
    path("course/", views.course, name="course"),
    path("urgent/", views.urgent, name="urgent"),
    path("look/", views.look, name="look"),
    path("card/", views.card, name="card"),
    path("paper/", views.paper, name="paper"),
    path("versions/", views.versions, name="versions"),
    path("new/", views.write, name="write"),
    path("draft/", views.keep_draft, name="draft"),
    path("<uuid:record_id>/", views.detail, name="detail"),
    path("<uuid:record_id>/correct/", views.correct, name="correct"),
]
