"""Where are the questions to weigh, what is prepared, written after, and looked at again?"""

from django.urls import path

from spheres.followup.worrying import views

app_name = "worrying"
urlpatterns = [
    path("worrying/reviews/", views.reviews, name="reviews"),
    path("worrying/category/", views.category, name="category"),
    path("worrying/category/<uuid:user_id>/", views.category_of, name="category_of"),
    path("worrying/<uuid:disclosure_id>/", views.review, name="review"),
    path("worrying/<uuid:disclosure_id>/aloud/", views.with_her, name="with_her"),
    path("files/<uuid:file_id>/worrying/", views.aid, name="aid"),
    path("files/<uuid:file_id>/worrying/together/", views.together, name="together"),
    path("files/<uuid:file_id>/worrying/new/", views.write, name="write"),
    path("files/<uuid:file_id>/worrying/draft/", views.keep_draft, name="draft"),
    path("files/<uuid:file_id>/worrying/<uuid:disclosure_id>/", views.detail, name="detail"),
    path("files/<uuid:file_id>/worrying/<uuid:disclosure_id>/tell/", views.tell, name="tell"),
]
