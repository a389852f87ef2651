"""Where is it said how long, what is due, what becomes of it; and where does she ask?"""

from django.urls import path

from spheres.privacy.retention import views

app_name = "retention"
urlpatterns = [
    path("keeping/", views.queue, name="queue"),
    path("keeping/rules/", views.rules, name="rules"),
    path("keeping/asked/", views.asked, name="asked"),
    path("keeping/holds/", views.holds, name="holds"),
    path("keeping/holds/<uuid:hold_id>/end/", views.end_hold, name="end_hold"),
    path("keeping/files/<uuid:kept_id>/", views.one_file, name="file"),
    path("keeping/<uuid:ending_id>/", views.one, name="one"),
    path("keeping/<uuid:ending_id>/yes/", views.confirm, name="confirm"),
    path("keeping/<uuid:ending_id>/take-back/", views.take_back, name="take_back"),
    path("keeping/<uuid:ending_id>/open-again/", views.lift, name="lift"),
    path("keeping/<uuid:ending_id>/<slug:kind>/paper/", views.paper, name="paper"),
    path("files/<uuid:file_id>/keeping/", views.hers, name="hers"),
]
