"""Where are the public pages? Their addresses say as little as their titles."""

from django.urls import path

from spheres.public import coming_back, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("for-me/", views.for_me, name="for_me"),
    path("referral/", views.referral, name="referral"),
    path("relative/", views.relative, name="relative"),
    path("advice/", views.advice, name="advice"),
    path("ask/", views.ask, name="ask"),
    path("answer/", coming_back.answer, name="answer"),
    path("receipt/", views.how_it_stands, name="how_it_stands"),
    # Before the house's own, at the same addresses: these need no token, so nothing sets a cookie.
    path("language/", views.set_language, name="language"),
    path("e/limites", views.exit_limits, name="exit_limits"),
]
