"""Where do the tests of this folder find its pages, whatever the site around them?"""

from django.urls import include, path

urlpatterns = [path("", include("spheres.ui.urls"))]
