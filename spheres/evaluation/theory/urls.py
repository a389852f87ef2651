"""Where is the theory of change?"""

from django.urls import path

from spheres.evaluation.theory import views

app_name = "theory"
urlpatterns = [path("", views.page, name="page")]
