"""Where is everything on the youth site?"""

from django.urls import include, path


urlpatterns = [
    path("", include("spheres.ui.urls")),
]
handler400 = "spheres.config.errors.bad_request"
handler404 = "spheres.config.errors.not_found"
handler500 = "spheres.config.errors.failed"
