"""Where does one find a colleague, and offer to be reached?"""

from django.urls import path

from spheres.worker_support.peers import views

app_name = "peers"
urlpatterns = [
    path("", views.home, name="home"),
    path("offer/", views.offer, name="offer"),
    path("withdraw/", views.withdraw, name="withdraw"),
]
