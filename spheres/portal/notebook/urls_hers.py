"""Where is her notebook, on the youth site? Its addresses say nothing."""

from django.urls import path

from spheres.portal.notebook.views import door, hers, writing

app_name = "notebook"
urlpatterns = [
    # Before the house's own, at the same address: whoever is in her notebook is out of it first.
    path("e", door.leave, name="leave"),
    path("n/", door.door, name="door"),
    path("n/1/", hers.home, name="home"),
    path("n/2/", hers.opens, name="opens"),
    path("n/3/", hers.close, name="close"),
    path("n/4/", hers.meetings, name="meetings"),
    path("n/5/", hers.read, name="read"),
    path("n/6/", writing.write, name="write"),
    path("n/7/", writing.dream, name="dream"),
    path("n/8/", writing.step, name="step"),
    path("n/9/", writing.move, name="move"),
    path("n/10/<uuid:exercise_id>/", writing.exercise, name="exercise"),
    path("n/11/", writing.word, name="word"),
    path("n/12/", writing.naming, name="naming"),
    path("n/13/", writing.success, name="success"),
    path("n/60/", hers.pin, name="pin"),
]
