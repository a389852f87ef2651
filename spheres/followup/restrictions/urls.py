"""Where does she say who must not see, and what she refuses?"""

from django.urls import path

from spheres.followup.restrictions import views

app_name = "restrictions"
HERE = "files/<uuid:file_id>/restrictions"
urlpatterns = [
    path(f"{HERE}/", views.page, name="page"),
    path(f"{HERE}/new/", views.choose, name="choose"),
    path(f"{HERE}/new/anywhere/", views.restrict, name="anywhere"),
    path(f"{HERE}/new/<uuid:organisation_id>/", views.restrict, name="restrict"),
    path(f"{HERE}/<uuid:restriction_id>/lift/", views.lift, name="lift"),
    path(f"{HERE}/<uuid:restriction_id>/notice/", views.notice, name="notice"),
    path(f"{HERE}/refusals/", views.refuse, name="refuse"),
    path(f"{HERE}/refusals/<uuid:refusal_id>/", views.take_back, name="take_back"),
    path(f"{HERE}/refusals/<uuid:refusal_id>/notice/", views.refusal_notice, name="refusal_notice"),
    path("closed-to-you/", views.closed, name="closed"),
]
