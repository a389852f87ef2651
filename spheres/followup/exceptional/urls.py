"""Where is a file opened for an hour, and where is that looked at again?"""

from django.urls import path

from spheres.followup.exceptional import views

app_name = "exceptional"
urlpatterns = [
    path("files/<uuid:file_id>/exceptional/", views.ask, name="ask"),
    path("exceptional/", views.reviews, name="reviews"),
    path("exceptional/mine/", views.mine, name="mine"),
    path("exceptional/<uuid:access_id>/", views.opened, name="opened"),
    path("exceptional/<uuid:access_id>/close/", views.close, name="close"),
    path("exceptional/<uuid:access_id>/extend/", views.extend, name="extend"),
    path("exceptional/<uuid:access_id>/review/", views.review, name="review"),
]
