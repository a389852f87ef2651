"""Where does a follow-up pass from one state to another? Under its file."""

from django.urls import path

from spheres.followup.passages import views

app_name = "passages"
urlpatterns = [
    *(
        path(f"files/<uuid:file_id>/follow-up/{step}/", views.step, {"step": step}, name=step)
        for step in (*views.STEPS, views.RETURN)
    ),
    path("files/<uuid:file_id>/death/", views.death, name="death"),
    path("files/<uuid:file_id>/closing/", views.close, name="close"),
    path("files/<uuid:file_id>/words-for-the-end/", views.words, name="words"),
    path("files/<uuid:file_id>/fit/", views.fit, name="fit"),
    path("files/<uuid:file_id>/letters/", views.letters, name="letters"),
]
