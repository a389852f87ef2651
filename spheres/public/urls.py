"""Where are the public pages? Their addresses say as little as their titles."""

from django.urls import path

from spheres.public import advising, coming_back, in_training, open_figures, trainings, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("for-me/", views.for_me, name="for_me"),
    path("referral/", views.referral, name="referral"),
    path("relative/", views.relative, name="relative"),
    path("advice/", views.advice, name="advice"),
    path("advice/answer/", advising.answer, name="advice_answer"),
    path("training/", views.training_request, name="training_request"),
    path("training/answer/", views.training_answer, name="training_answer"),
    path("ask/", views.ask, name="ask"),
    path("answer/", coming_back.answer, name="answer"),
    path("receipt/", views.how_it_stands, name="how_it_stands"),
    # One training, for whoever was given its link.
    path("t/<str:token>/", trainings.training, name="training"),
    path("t/<str:token>/leave/", trainings.leave, name="training_leave"),
    path("t/<str:token>/here/", trainings.here, name="training_here"),
    path("t/<str:token>/appointment/", trainings.appointment, name="training_appointment"),
    path("attestation/", views.attestation, name="attestation"),
    path("room/", in_training.door, name="training_door"),
    path("room/<slug:room>/", in_training.room, name="training_room"),
    # To read only.
    path("how/", views.how, name="how"),
    path("together/", views.together, name="together"),
    path("steps/", views.steps, name="steps"),
    path("lines/", views.lines, name="lines"),
    path("close/", views.close, name="close"),
    path("close/steps/", views.steps_close, name="steps_close"),
    path("professionals/", views.professionals, name="professionals"),
    path("professionals/steps/", views.steps_professionals, name="steps_professionals"),
    path("offer/", views.offer, name="offer"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/<slug:slug>/", views.partner, name="partner"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("about/", views.about, name="about"),
    path("figures/", open_figures.figures, name="figures"),
    path("map/", views.site_map, name="map"),
    # For machines that read figures.
    path("figures/data.json", open_figures.data, name="figures_data"),
    path("figures/data.csv", open_figures.table, name="figures_table"),
    path("figures/openapi.json", open_figures.openapi, name="openapi"),
    # For machines that look for pages.
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.to_be_found, name="to_be_found"),
    # Before the house's own, at the same addresses: these need no token, so nothing sets a cookie.
    path("language/", views.set_language, name="language"),
    path("e/limites", views.exit_limits, name="exit_limits"),
]
