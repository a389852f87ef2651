"""Where is it said who may speak for her, and where is that looked at again?"""

from django.urls import path

from spheres.followup.representatives import views

app_name = "representatives"
HERE = "files/<uuid:file_id>/representatives"
urlpatterns = [
    path(f"{HERE}/", views.page, name="page"),
    path(f"{HERE}/<uuid:suspension_id>/end/", views.end, name="end"),
    path("representatives/", views.reviews, name="reviews"),
    path("representatives/<uuid:suspension_id>/review/", views.review, name="review"),
]
