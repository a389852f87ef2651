"""Where is a parcel of another programme opened, and placed?"""

from django.urls import path

from spheres.followup.transfers import views

app_name = "transfers"
urlpatterns = [
    path("", views.open_parcel, name="open"),
    path("place/", views.place, name="place"),
]
