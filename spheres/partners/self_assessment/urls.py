"""Where does a partner look at itself?"""

from django.urls import path

from spheres.partners.self_assessment import views

app_name = "self_assessment"
urlpatterns = [
    path("", views.page, name="page"),
    path("ours/", views.assess, name="assess"),
]
