"""Where does she say what she thinks of it, in her notebook? Its address says nothing."""

from django.urls import path

from spheres.portal.advisory.views import hers

app_name = "advisory"
urlpatterns = [path("n/90/", hers.mine, name="mine")]
