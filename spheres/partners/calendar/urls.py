"""Where is the calendar of the programme?"""

from django.urls import path

from spheres.partners.calendar import views

app_name = "calendar"
urlpatterns = [path("", views.month, name="month")]
