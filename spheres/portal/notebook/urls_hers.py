"""Where is her notebook, on the youth site? Its addresses say nothing."""

from django.urls import path

from spheres.portal.notebook.views import door, hers

app_name = "notebook"
urlpatterns = [
    # Before the house's own, at the same address: whoever is in her notebook is out of it first.
    path("e", door.leave, name="leave"),
    path("n/", door.door, name="door"),
    path("n/1/", hers.home, name="home"),
    path("n/2/", hers.opens, name="opens"),
    path("n/3/", hers.close, name="close"),
]
