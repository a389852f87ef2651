"""Where is it answered whether two referrals are of one person?"""

from django.urls import path

from spheres.followup.likeness import views

app_name = "likeness"
urlpatterns = [
    path("desk/<uuid:file_id>/alike/<uuid:pair>/", views.leave_apart, name="leave_apart"),
    path("files/<uuid:file_id>/alike/<uuid:other_id>/", views.decide, name="decide"),
    path("files/<uuid:file_id>/alike/<uuid:other_id>/part/", views.part, name="part"),
]
