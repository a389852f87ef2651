"""Where are the numbers to call, what is written after, and where it is looked at again?"""

from django.urls import path

from spheres.followup.danger import views

app_name = "danger"
urlpatterns = [
    path("danger/", views.call, name="call"),
    path("danger/reviews/", views.reviews, name="reviews"),
    path("danger/directive/", views.directive, name="directive"),
    path("danger/<uuid:disclosure_id>/", views.review, name="review"),
    path("files/<uuid:file_id>/danger/", views.call_for, name="call_for"),
    path("files/<uuid:file_id>/danger/new/", views.write, name="write"),
    path("files/<uuid:file_id>/danger/draft/", views.keep_draft, name="draft"),
    path("files/<uuid:file_id>/danger/<uuid:disclosure_id>/", views.detail, name="detail"),
    path("files/<uuid:file_id>/danger/<uuid:disclosure_id>/tell/", views.tell, name="tell"),
]
