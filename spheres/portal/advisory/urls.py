"""Where is a round run, on the staff site?"""

from django.urls import path

from spheres.portal.advisory.views import staff

app_name = "advisory"
urlpatterns = [
    path("", staff.page, name="page"),
    path("sheet/", staff.sheet, name="sheet"),
    path("envelope/", staff.envelope, name="envelope"),
    path("longer/", staff.make_longer, name="longer"),
    path("count/", staff.count, name="count"),
    path("settle/", staff.settle, name="settle"),
]
