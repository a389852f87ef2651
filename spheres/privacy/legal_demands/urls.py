"""Where do legal demands arrive, where are they linked, weighed, answered?"""

from django.urls import path

from spheres.privacy.legal_demands.views import arriving, desk, producing, weighing

app_name = "legal_demands"
OF_FILE = "files/<uuid:file_id>/demands/"
ONE = f"{OF_FILE}<uuid:matter_id>/"
SEAT = "demands/seats/<uuid:matter_id>/"
PRODUCTION = f"{SEAT}production/<uuid:production_id>/"
urlpatterns = [
    path("demands/", desk.desk, name="desk"),
    path("demands/new/", arriving.receive, name="receive"),
    path("demands/received/", arriving.received, name="received"),
    path("demands/shown/", arriving.shown, name="shown"),
    path("demands/seats/", desk.seats, name="seats"),
    path("demands/<uuid:demand_id>/", desk.demand, name="demand"),
    path("demands/<uuid:demand_id>/paper/<slug:language>/", desk.paper, name="paper"),
    path(OF_FILE, arriving.page, name="page"),
    path(ONE, weighing.of_file, name="of_file"),
    path(f"{ONE}told/", weighing.tell, name="tell"),
    path(f"{ONE}officer/", weighing.officer, name="officer"),
    path(f"{ONE}seats/end/", weighing.end_seats, name="end_seats"),
    path(SEAT, weighing.one, name="one"),
    path(f"{SEAT}steps/<slug:kind>/", weighing.step, name="step"),
    path(f"{SEAT}told/", weighing.inform, name="inform"),
    path(f"{SEAT}same/", weighing.same, name="same"),
    path(f"{SEAT}seat/", weighing.seat, name="seat"),
    path(f"{SEAT}letter/<slug:language>/", producing.letter, name="letter"),
    path(f"{SEAT}production/", producing.prepare, name="prepare"),
    path(PRODUCTION, producing.production, name="production"),
    path(f"{PRODUCTION}paper/<slug:language>/", producing.paper, name="production_paper"),
]
