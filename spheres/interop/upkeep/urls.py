"""Where is the machine's work looked after?"""

from django.urls import path

from spheres.interop.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("region/", views.region, name="region"),
    path("journal/", views.journal, name="journal"),
    path("<slug:number>/again/", views.again, name="again"),
]
