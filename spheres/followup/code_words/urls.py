"""Where is a code word heard?"""

from django.urls import path

from spheres.followup.code_words import views

app_name = "code_words"
urlpatterns = [
    path("code-word/", views.ask, name="ask"),
    path("code-word/<uuid:recognised_id>/", views.opened, name="opened"),
    path("code-word/<uuid:recognised_id>/take-on/", views.take_on, name="take_on"),
]
