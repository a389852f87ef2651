"""Where does whoever guards privacy begin?"""

from django.urls import path

from spheres.privacy.office import views

app_name = "office"
urlpatterns = [path("privacy/", views.page, name="page")]
