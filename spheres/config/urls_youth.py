"""Where is everything on the youth site?"""

from django.urls import include, path

urlpatterns = [
    path("", include("spheres.public.urls")),
    path("", include("spheres.portal.notebook.urls_hers")),
    path("", include("spheres.portal.my_say.urls_hers")),
    path("", include("spheres.portal.own_pages.urls")),
    path("", include("spheres.portal.advisory.urls_hers")),
    path("", include("spheres.ui.urls")),
]
handler400 = "spheres.public.faults.bad_request"
handler404 = "spheres.ui.errors.not_found"
handler500 = "spheres.public.faults.server_error"
