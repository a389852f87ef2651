"""Where is the machine's work looked after?"""

from django.urls import path

from spheres.interop.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<slug:number>/again/", views.again, name="again"),
]
