"""Where do her worker and she open her notebook, on the staff site?"""

from django.urls import path

from spheres.portal.notebook.views import staff

app_name = "notebook"
urlpatterns = [
    path("files/<uuid:file_id>/notebook/", staff.page, name="page"),
    path("files/<uuid:file_id>/notebook/open/", staff.open_together, name="open"),
    path("files/<uuid:file_id>/notebook/close/", staff.close, name="shut"),
    path("files/<uuid:file_id>/notebook/words/", staff.words, name="words"),
    path("files/<uuid:file_id>/notebook/paper/", staff.paper, name="paper"),
    path("files/<uuid:file_id>/notebook/code/", staff.code, name="code"),
]
