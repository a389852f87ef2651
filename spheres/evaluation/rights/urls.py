"""Where is the page of rights, and its paper?"""

from django.urls import path

from spheres.evaluation.rights import views

app_name = "rights"
urlpatterns = [
    path("rights/", views.page, name="page"),
    path("rights/paper/", views.paper, name="paper"),
]
