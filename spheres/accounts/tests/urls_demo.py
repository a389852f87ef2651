"""The addresses of a site that was started on a demonstration's database."""

from django.urls import include, path

from spheres.accounts.urls import addresses
from spheres.config import urls_staff

urlpatterns = [
    path("", include((addresses(in_a_demo=True), "accounts"))),
    *urls_staff.urlpatterns,
]
handler404 = urls_staff.handler404
