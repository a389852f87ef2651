"""Does the server's log say what broke and where, and never a word of anybody's?"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from spheres.accounts import forms as account_forms
from spheres.audit import tasks as audit
from spheres.config import urls_staff, urls_youth, wsgi
from spheres.core import clock, log
from spheres.followup.admission import tasks as admission
from spheres.followup.notes.forms import NoteForm
from spheres.portal.notebook.forms import FiguresField
from spheres.public.tests.letters import BY_PATH, form_id
from spheres.ui import errors
from spheres.ui.forms import Form
from tests.cast import MONDAY, Cast
from tests.pages import signed_in, visitor
from tests.region import demo_words

SURNAME = "Lavoie-Desrosiers"
NUMBER = re.compile(r"numéro\s:\s([A-Z0-9-]{14})")
# Of the cast, and of what these tests type: whatever could lead to somebody, or was said.
HERS = [
    SURNAME, "Maya", "Inès", "Louise", "Lou", "Mireille", "Fortin", "Denise", "438 555", "450 555",
    "555-0117", "mireille@example.org", "ines@example.org", "J’ai dormi", "Dormir tranquille",
    "Jamais d’appel", "élève", "chat gris", "un-mot-de-passe-long", "203.0.113.7",
]  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def planted(request: HttpRequest) -> None:
    """A page that breaks as pages break: with her name in the message, the cause and a local."""
    name = request.GET.get("q", SURNAME)
    try:
        {}[name]
    except KeyError as cause:
        raise ValueError(f"no file for {name}, mireille@example.org") from cause


def away(request: HttpRequest) -> None:
    raise OperationalError(f"could not write block of {request.POST.get('her_words')}")


urlpatterns = [
    *urls_staff.urlpatterns,
    path("planted/", planted, name="planted"),
    path("away/", away),
]
handler500 = urls_staff.handler500
handler404 = urls_staff.handler404


class Heard:
    """What was written: by us, and what a log of the usual kind would have written."""

    def __init__(self) -> None:
        self.ours, self.usual = io.StringIO(), io.StringIO()

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.ours.getvalue().splitlines()]

    def told(self, event: str) -> list[dict[str, object]]:
        return [line for line in self.lines if line["event"] == event]


@pytest.fixture
def heard() -> Iterator[Heard]:
    heard, root = Heard(), logging.getLogger()
    ours, usual = logging.StreamHandler(heard.ours), logging.StreamHandler(heard.usual)
    ours.setFormatter(log.formatter())
    for handler in (ours, usual):
        root.addHandler(handler)
    yield heard
    for handler in (ours, usual):
        root.removeHandler(handler)


@pytest.fixture
def ines(cast: Cast) -> Client:
    client = signed_in(cast.ines)
    client.raise_request_exception = False
    return client


def without_time(line: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in line.items() if key not in {"at", "number", "seconds"}}


def test_a_fault_leaves_its_kind_its_place_and_the_number_the_page_shows(
    cast: Cast, ines: Client, heard: Heard
) -> None:
    with clock.at(MONDAY):
        answer = ines.get("/planted/", {"q": SURNAME})

    (line,) = heard.lines
    assert answer.status_code == 500
    assert NUMBER.search(answer.content.decode())[1] == line["number"]
    places = line.pop("places")
    assert places[0].startswith("spheres/config/tests/test_log.py:")
    # The cause first, then the way it came through.
    assert [place.split()[1] for place in places[-2:]] == ["_answer", "process_view"]
    assert {place.split()[1] for place in places[:-2]} == {"planted"}
    assert without_time(line) == {
        "event": "page.broke",
        "level": "error",
        "view": "planted",
        "method": "GET",
        "user": str(cast.ines.user_id),
        "kinds": ["builtins.ValueError", "builtins.KeyError"],
    }


def test_a_refusal_leaves_one_line_and_shows_no_number(
    cast: Cast, ines: Client, heard: Heard
) -> None:
    with clock.at(MONDAY):
        answer = ines.get(f"/files/{uuid4()}/")

    assert answer.status_code == 404
    assert not NUMBER.search(answer.content.decode())
    assert [without_time(line) for line in heard.lines] == [
        {
            "event": "page.refused",
            "level": "info",
            "view": "dossier:file",
            "method": "GET",
            "status": 404,
            "user": str(cast.ines.user_id),
        }
    ]


def test_a_page_that_is_served_leaves_no_line(ines: Client, heard: Heard) -> None:
    with demo_words(), clock.at(MONDAY):
        assert ines.get("/people/", {"q": "Maya"}).status_code == 200

    assert heard.lines == []


def test_a_database_that_is_away_is_told_and_her_text_comes_back(
    ines: Client, heard: Heard
) -> None:
    sent = {"form_id": NoteForm(record_id=uuid4()).signed_id, "her_words": "Un chat gris."}
    with clock.at(MONDAY):
        answer = ines.post("/away/", sent)

    page = answer.content.decode()
    (line,) = heard.lines
    assert answer.status_code == 503
    assert (line["event"], line["kinds"]) == (
        "database.away",
        ["django.db.utils.OperationalError"],
    )
    assert page.count("Un chat gris.") == 2  # to read, and to send again
    assert f'name="form_id" value="{sent["form_id"]}"' in page
    assert line["number"] in page


def test_a_form_that_opens_a_door_is_not_given_back(ines: Client) -> None:
    with clock.at(MONDAY):
        answer = ines.post("/away/", {"email": "a@example.org", "password": "un-mot-de-passe-long"})

    assert "un-mot-de-passe-long" not in answer.content.decode()
    assert "a@example.org" not in answer.content.decode()


def test_the_secrets_of_every_form_of_the_door_are_known() -> None:
    proofs = {
        account_forms.ProofForm, account_forms.PasskeyForm, account_forms.PasswordForm,
        account_forms.AgainForm, account_forms.TotpForm,
    }  # fmt: skip
    asked = {name for form in proofs for name in form.base_fields} | {"recovery", "pin"}

    assert asked - {"form_id", "email", "shared"} == errors.SECRETS


def test_the_secrets_of_every_form_of_a_young_person_are_known() -> None:
    assert urls_youth.urlpatterns  # every form of that site is read by now
    figures = {
        name
        for form in forms_below(Form)
        for name, field in form.base_fields.items()
        if isinstance(field, FiguresField)
    }
    # The codes of receipts, and the proof of a PIN typed a moment ago, which no form declares.
    asked = figures | {"answer_code", "receipt_code", "proof"}

    assert asked <= errors.SECRETS | errors.HER_SECRETS
    assert asked >= errors.HER_SECRETS


def forms_below(form: type[Form]) -> list[type[Form]]:
    return [found for one in form.__subclasses__() for found in (one, *forms_below(one))]


def test_a_job_tells_its_beginning_and_its_end(cast: Cast, heard: Heard) -> None:
    with clock.at(MONDAY):
        audit.seal(timestamp=0)

    said = {"job": "audit.seal", "service": "sealer", "level": "info"}
    assert [without_time(line) for line in heard.lines] == [
        {"event": "job.started", **said},
        {"event": "job.ended", **said},
    ]
    assert len({line["number"] for line in heard.lines}) == 1


def test_a_job_that_fails_tells_where_and_not_what(heard: Heard) -> None:
    with pytest.raises(ValueError, match="badly formed"):
        admission.expire_one(file_id=SURNAME)

    (line,) = heard.told("job.failed")
    assert line["kinds"] == ["builtins.ValueError"]
    assert line["places"][0].startswith("spheres/followup/admission/tasks.py:")
    assert SURNAME not in heard.ours.getvalue()


def test_only_known_keys_with_the_shape_of_an_identifier_are_written(heard: Heard) -> None:
    user = UUID(int=7)
    log.tell("tests.said", name="Maya", user=user, view="Maya dort", job=SURNAME + "é", status=204)

    (line,) = heard.lines
    assert {key: line[key] for key in line if key != "at"} == {
        "event": "tests.said",
        "level": "info",
        "user": str(user),
        "view": "?",
        "job": "?",
        "status": 204,
    }


def test_a_library_is_heard_without_its_words(heard: Heard) -> None:
    library = logging.getLogger("psycopg.pool")
    try:
        raise OperationalError(f"row of {SURNAME}")
    except OperationalError:
        library.exception("cannot connect for %s", SURNAME)
    library.warning("two %s of one", SURNAME, "too many")  # cannot even be formatted

    told, broken = heard.told("library.spoke")
    assert told["kinds"] == ["django.db.utils.OperationalError"]
    assert (told["logger"], broken["level"]) == ("psycopg.pool", "warning")
    assert SURNAME in heard.usual.getvalue()
    assert SURNAME not in heard.ours.getvalue()


def test_when_even_the_page_of_faults_breaks_there_is_a_page_and_no_trace(heard: Heard) -> None:
    answered: list[str] = []
    body = b"".join(wsgi.application({}, lambda status, headers: answered.append(status)))

    assert answered == ["500 Internal Server Error"]
    assert b"<main" in body
    assert b"911" in body
    assert b"Traceback" not in body
    (line,) = heard.told("server.broke")
    assert line["kinds"][0] == "builtins.KeyError"


def walk(cast: Cast, ines: Client, louise: Client) -> None:
    """Much of what a day holds: forms with mistakes, a name looked for, a door that stays shut."""
    new = f"/files/{cast.maya.file_id}/notes/new/"
    asks: list[Callable[[], object]] = [
        lambda: ines.get("/people/", {"q": "Maya"}),
        lambda: ines.get("/Maya-Lavoie-Desrosiers/"),
        lambda: ines.get(f"/files/{uuid4()}/", {"q": SURNAME}),
        lambda: ines.get(f"/files/{cast.maya.file_id}/"),
        lambda: ines.post(new, {"her_words": "Un chat gris.", "day": "hier"}),
        lambda: ines.post(new, {"form_id": form_id(ines.get(new)), "her_words": f"{SURNAME} rit"}),
        lambda: ines.post("/away/", {"her_words": "Un chat gris.", "form_id": "x"}),
        lambda: ines.get("/planted/", {"q": SURNAME}),
        lambda: louise.get("/desk/"),
        lambda: louise.get(f"/files/{cast.maya.file_id}/"),
        lambda: visitor().post(
            "/sign-in/password/",
            {"email": "ines@example.org", "password": "un-mot-de-passe-long", "code": "000000"},
            REMOTE_ADDR="203.0.113.7",
        ),
        lambda: visitor().get("/", headers={"host": f"{SURNAME}.example"}),
    ]
    youth = visitor("youth.localhost")
    youth.raise_request_exception = False
    for address, letter in BY_PATH.items():
        asks += [
            lambda a=address, sent=letter: youth.post(a, sent),  # without an identifier
            lambda a=address, sent=letter: youth.post(
                a,
                sent | {"form_id": form_id(youth.get(a))},
                headers={"sec-fetch-site": "cross-site"},
            ),
            lambda a=address: youth.post(a, {"wish": SURNAME * 900_000}),
        ]
    for ask in asks:
        ask()


def test_a_day_of_mistakes_and_faults_leaves_nothing_of_anybody_in_the_log(
    cast: Cast, ines: Client, heard: Heard
) -> None:
    logging.getLogger("somebody").warning("The control: %s", ", ".join(HERS))
    with demo_words(), clock.at(MONDAY):
        louise = signed_in(cast.louise)
        louise.raise_request_exception = False
        walk(cast, ines, louise)

    assert [word for word in HERS if word not in heard.usual.getvalue()] == []  # it listens
    assert [word for word in HERS if word in heard.ours.getvalue()] == []
    counted = {event: len(heard.told(event)) for event in ("page.broke", "database.away")}
    assert counted == {"page.broke": 1, "database.away": 1}
    assert len(heard.told("page.refused")) >= 8
