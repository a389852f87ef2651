"""Where are requests written down, followed, answered; and the desk of privacy?"""

from django.urls import path

from spheres.privacy.access_requests.views import asking, desk, handling

app_name = "access_requests"
OF_FILE = "files/<uuid:file_id>/requests/"
ONE, SEAT = f"{OF_FILE}<uuid:request_id>/", "requests/<uuid:request_id>/"
LETTER = "requests/letters/<uuid:letter_id>/"
urlpatterns = [
    path(OF_FILE, asking.page, name="page"),
    path(ONE, handling.one, name="one"),
    path(f"{ONE}steps/<slug:kind>/", handling.step, name="step"),
    path(f"{ONE}seat/", handling.seat, name="seat"),
    path(f"{ONE}seat/end/", handling.end_seat, name="end_seat"),
    path(f"{ONE}answer/", handling.answer, name="answer"),
    path(f"{ONE}letters/<slug:which>/<slug:language>/", handling.letter, name="letter"),
    path(f"{ONE}copy/<slug:shape>/", handling.copy, name="copy"),
    path(f"{ONE}texts/", handling.read, name="texts"),
    path(f"{ONE}handed/", handling.handed, name="handed"),
    path("requests/", desk.desk, name="desk"),
    path("requests/passed/", asking.passed, name="passed"),
    path("requests/letters/", desk.write, name="letter_new"),
    path(LETTER, desk.letter, name="letter_one"),
    path(f"{LETTER}answer/", desk.answer, name="letter_answer"),
    path(f"{LETTER}paper/<slug:which>/<slug:language>/", desk.paper, name="letter_paper"),
    path(SEAT, handling.seat_one, name="seat_one"),
    path(f"{SEAT}steps/<slug:kind>/", handling.seat_step, name="seat_step"),
    path(f"{SEAT}answer/", handling.seat_answer, name="seat_answer"),
    path(f"{SEAT}letters/<slug:which>/<slug:language>/", handling.seat_letter, name="seat_letter"),
    path(f"{SEAT}copy/<slug:shape>/", handling.seat_copy, name="seat_copy"),
    path(f"{SEAT}texts/", handling.seat_read, name="seat_texts"),
    path(f"{SEAT}handed/", handling.seat_handed, name="seat_handed"),
]
