"""Where does a worker read what somebody asked from their notebook, on the staff site?"""

from django.urls import path

from spheres.portal.my_say.views import staff

app_name = "my_say"
urlpatterns = [
    path("files/<uuid:file_id>/notebook/asked/", staff.page, name="page"),
    path(
        "files/<uuid:file_id>/notebook/asked/<uuid:ask_id>/register/",
        staff.register,
        name="register",
    ),
    path(
        "files/<uuid:file_id>/notebook/asked/<uuid:ask_id>/cancel/",
        staff.cancel,
        name="cancel",
    ),
]
