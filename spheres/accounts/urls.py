"""Where does one come in, go out, lock and unlock?"""

from django.urls import path

from spheres.accounts import demo, views
from spheres.regions.queries import is_demo_database

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("lock/", views.lock, name="lock"),
    path("unlock/", views.unlock, name="unlock"),
]
# Only in a database that the demo region has marked does this door exist at all.
if is_demo_database():
    urlpatterns.append(path("sign-in/as/", demo.sign_in_as, name="sign_in_as"))
