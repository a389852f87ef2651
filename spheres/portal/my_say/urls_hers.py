"""Where does she have her say, in her notebook? Its addresses say nothing."""

from django.urls import path

from spheres.portal.my_say.views import hers

app_name = "my_say"
urlpatterns = [
    path("n/40/", hers.home, name="home"),
    path("n/41/", hers.who, name="who"),
    path("n/42/", hers.opened, name="opened"),
    path("n/43/", hers.told, name="told"),
    path("n/44/", hers.shared, name="shared"),
    path("n/45/", hers.asking, name="asking"),
    path("n/46/<int:number>/", hers.ask, name="ask"),
    path("n/47/", hers.stands, name="stands"),
]
