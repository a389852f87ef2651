"""The addresses of a site that was started on a demonstration's database."""

from django.urls import include, path

from spheres.accounts.urls import addresses

urlpatterns = [
    path("", include((addresses(in_a_demo=True), "accounts"))),
    path("", include("spheres.config.urls_staff")),
]
handler404 = "spheres.ui.errors.not_found"
