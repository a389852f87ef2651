"""What does she find in her notebook, and what of what she writes reaches her worker?"""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import ProgrammingError
from django.test import Client

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.exercises import actions as exercises
from spheres.followup.exercises import queries as offered
from spheres.followup.exercises.models import PlanSheet
from spheres.followup.life_plan import actions as life_plan
from spheres.followup.life_plan.models import Aim, StepStatus
from spheres.followup.meetings import actions as meetings
from spheres.followup.notes.models import Note
from spheres.followup.reading.models import Mask
from spheres.followup.safety_net import actions as safety
from spheres.followup.safety_net.models import Part
from spheres.followup.success.models import Choice
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from spheres.portal.notebook import actions
from spheres.portal.notebook.models import Naming, Word
from spheres.portal.notebook.tests.factories import (
    EVERYTHING,
    come_in,
    confirm_contact,
    give_code,
    herself,
    open_notebook,
    telephone,
)
from spheres.sharing.rules import FACES, PLAN
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.heard import alike
from tests.pages import learn_french, signed_in

learn_french()
TOMORROW = MONDAY + timedelta(days=1)
PAGES = ("/n/1/", "/n/2/", "/n/4/", "/n/5/", "/n/6/", "/n/11/", "/n/12/", "/n/13/")


def written_with_her(cast: Cast) -> None:
    """A line of her page, a dream with a step, a net, a meeting; and what is not hers to see."""
    file_id, by = cast.maya.file_id, cast.ines
    with acting(by):
        summary.add(
            file_id,
            summary.Said(uuid4(), 0, "Ne ferme pas la porte.", Line.Whose.HERS),
            by=by,
            at=MONDAY,
        )
        dream = life_plan.Written(
            uuid_of("dream"), Aim.Kind.DREAM, "Revoir la mer.", MONDAY, observation="OBSERVÉ"
        )
        life_plan.sign(file_id, dream, by=by, at=MONDAY)
        said = life_plan.StepSaid(uuid_of("step"), "Appeler ma sœur.")
        life_plan.add_step(file_id, dream.id, said, by=by, at=MONDAY)
        net = {
            "knots": [{"kind": "people", "who": "Ma tante", "reach": "le soir", "circle": 1}],
            "away": "QUELQU’UN D’AVANT",
        }
        safety.sign(
            file_id,
            safety.Written(uuid4(), 0, MONDAY, part=Part.NET, answers=net),
            by=by,
            at=MONDAY,
        )
        planned = meetings.Planned(uuid4(), "meeting", TOMORROW, line="AU GRAND CHÊNE")
        meetings.plan(file_id, planned, by=by, at=MONDAY)


@pytest.fixture
def opened(cast: Cast) -> Cast:
    confirm_contact(cast)
    written_with_her(cast)
    open_notebook(cast)
    give_code(cast)
    return cast


def inside(cast: Cast, level: str = "WRITE", kinds: frozenset[str] = EVERYTHING) -> Client:
    """Her telephone, past the door, at this level."""
    if (level, kinds) != ("WRITE", EVERYTHING):
        open_notebook(cast, level, kinds)
    client = telephone()
    come_in(client)
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    with clock.at(MONDAY):
        answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def send(client: Client, shown: str, form: str, address: str, **typed: str | list[str]):  # type: ignore[no-untyped-def]
    with clock.at(MONDAY):
        form_id = client.get(shown).context[form].signed_id
        return client.post(address, {"form_id": form_id, **typed})


def how_was_today() -> UUID:
    one = offered.newest_of("how-was-today")
    assert one is not None
    return one.id


def test_the_first_screen_says_three_things_at_most_and_nobodys_name(opened: Cast) -> None:
    said = page(inside(opened), "/n/1/")

    assert len(re.findall(r'<h2[^>]*class="[^"]*card', said)) <= 3
    assert "Mon carnet" in said
    assert "Maya" not in said
    assert "Inès" not in said


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_hers_tells_nothing_to_whoever_looks_at_the_tab(
    opened: Cast, address: str
) -> None:
    client = inside(opened)
    with clock.at(MONDAY):
        answer = client.get(address)
    said = answer.content.decode()

    assert re.search(r"<title>(.*?)</title>", said)[1] == "Page"
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'name="robots" content="noindex, nofollow"' in said
    assert "manifest" not in said
    assert "data-spheres-one-entry" in said
    assert "data-spheres-signed-in" in said
    assert "csrfmiddlewaretoken" not in said
    assert answer.cookies.keys() == set()


@pytest.mark.parametrize("address", PAGES)
def test_two_buttons_that_say_the_same_say_of_what_to_whoever_listens(
    opened: Cast, address: str
) -> None:
    client = inside(opened)
    send(client, "/n/6/", "step_form", "/n/8/", aim=str(uuid_of("dream")), line="Voir le bus.")

    said = page(client, address)

    assert alike(said) == []
    assert address != "/n/6/" or said.count("C’est fait") == 2


def test_practical_shows_when_and_nothing_else(opened: Cast) -> None:
    client = inside(opened, "PRACTICAL", frozenset())

    said = page(client, "/n/4/")

    assert "Rendez-vous" in said
    assert "3 mars" in said
    assert "GRAND CHÊNE" not in said
    assert "Ne ferme pas la porte" not in page(client, "/n/5/")
    page(client, "/n/6/", 404)


def test_she_reads_kind_by_kind_what_she_allowed(opened: Cast) -> None:
    everything = page(inside(opened), "/n/5/")
    words_only = page(inside(opened, "READ", frozenset({"words"})), "/n/5/")

    for text in ("Ne ferme pas la porte.", "Revoir la mer.", "Appeler ma sœur.", "Ma tante"):
        assert text in everything
    for text in ("OBSERVÉ", "QUELQU’UN D’AVANT", "GRAND CHÊNE", "J’ai dormi"):
        assert text not in everything
    assert "Ne ferme pas la porte." in words_only
    assert "Revoir la mer." not in words_only
    assert "Ma tante" not in words_only


def test_she_writes_a_dream_and_a_step_and_does_one(opened: Cast) -> None:
    client = inside(opened)

    dreamt = send(client, "/n/6/", "dream_form", "/n/7/", line="Avoir un chat.")
    stepped = send(
        client, "/n/6/", "step_form", "/n/8/", aim=str(uuid_of("dream")), line="Regarder le bus."
    )
    done = send(client, "/n/6/", "move_form", "/n/9/", step=str(uuid_of("step")), to="DONE")

    assert {one.headers["Location"] for one in (dreamt, stepped, done)} == {"/n/6/"}
    said = page(client, "/n/6/")
    assert "Avoir un chat." in said
    assert "Regarder le bus." in said
    she = herself(opened).user_id
    with acting(opened.ines):
        dream = Aim.objects.get(written_by=she)
        standing = StepStatus.objects.get(step_id=uuid_of("step"))
    assert (dream.kind, dream.pen) == ("DREAM", "HER")
    assert (standing.status, standing.status_by) == ("DONE", she)


def test_she_fills_in_how_was_today_alone(opened: Cast) -> None:
    client = inside(opened)
    link = re.search(r'href="(/n/10/[^"]+)"', page(client, "/n/6/"))[1]

    kept = send(client, link, "form", link, her_words="Ça allait.")

    assert kept.headers["Location"] == "/n/6/"
    with acting(opened.ines):
        sheet = PlanSheet.objects.get()
    assert (sheet.exercise, sheet.pen) == ("how-was-today", "HERSELF")
    assert sheet.written_by == herself(opened).user_id


def test_what_she_filled_in_alone_she_reads_again(opened: Cast) -> None:
    client = inside(opened)
    link = re.search(r'href="(/n/10/[^"]+)"', page(client, "/n/6/"))[1]
    send(client, link, "form", link, her_words="Ça allait, dans l’autobus.")
    with acting(opened.ines):
        together = exercises.Written(uuid4(), how_was_today(), MONDAY, her_words="À DEUX")
        exercises.sign(PLAN, opened.maya.file_id, together, by=opened.ines, at=MONDAY)

    read = page(client, "/n/5/")

    assert "Les pages que j’ai remplies" in read
    assert "Ça allait, dans l’autobus." in read
    assert "À DEUX" not in read


def test_what_she_filled_in_is_not_read_where_her_plan_is_closed(opened: Cast) -> None:
    client = inside(opened)
    link = re.search(r'href="(/n/10/[^"]+)"', page(client, "/n/6/"))[1]
    send(client, link, "form", link, her_words="Ça allait, dans l’autobus.")

    read = page(inside(opened, "READ", frozenset({"words", "safety"})), "/n/5/")

    assert "Ça allait" not in read


@pytest.mark.parametrize("sheets", [1, 3])
def test_reading_costs_the_same_however_much_she_filled_in(
    opened: Cast, sheets: int, django_assert_num_queries
) -> None:
    client = inside(opened)
    link = re.search(r'href="(/n/10/[^"]+)"', page(client, "/n/6/"))[1]
    for _ in range(sheets):
        send(client, link, "form", link, her_words="Ça allait.")

    with clock.at(MONDAY), django_assert_num_queries(13):
        client.get("/n/5/")


@pytest.mark.parametrize("address", ["/n/5/", "exercise"])
def test_without_script_a_page_left_on_the_screen_still_goes(opened: Cast, address: str) -> None:
    client = inside(opened)
    if address == "exercise":
        address = re.search(r'href="(/n/10/[^"]+)"', page(client, "/n/6/"))[1]

    assert '<noscript><meta http-equiv="refresh" content="300; url=/e">' in page(client, address)


def test_she_says_what_success_is_for_her_and_says_it_otherwise(opened: Cast) -> None:
    client = inside(opened)
    first = {"statements": ["my_place", "less_fear"], "her_words": "Une clé à moi."}
    answer = send(client, "/n/13/", "form", "/n/13/", **first)
    assert answer.headers["Location"] == "/n/6/"

    again = page(client, "/n/13/")
    assert ("Une clé à moi." in again, again.count("checked")) == (True, 2)
    assert send(client, "/n/13/", "form", "/n/13/", statements=[], her_words="").status_code == 422
    form_id = {"form_id": again.split('name="form_id" value="')[1].split('"')[0]}
    with clock.at(MONDAY + timedelta(minutes=1)):
        client.post("/n/13/", {**form_id, "statements": ["small_change"], "her_words": ""})

    read = page(client, "/n/5/")
    assert ("Un petit changement" in read, "J’ai moins peur." in read) == (True, False)
    with acting(opened.ines):
        rows = Choice.objects.filter(file_id=opened.maya.file_id)
        assert {(*row.statements, row.pen) for row in rows} == {
            ("my_place", "less_fear", "HER"), ("small_change", "HER"),
        }  # fmt: skip


def test_reading_is_not_writing(opened: Cast) -> None:
    client = inside(opened, "READ")

    page(client, "/n/6/", 404)
    with clock.at(MONDAY):
        assert client.post("/n/7/", {"line": "Avoir un chat."}).status_code == 404
    dream, she = (
        life_plan.Written(uuid4(), Aim.Kind.DREAM, "Avoir un chat.", MONDAY),
        herself(opened),
    )
    with acting(she), pytest.raises(ProgrammingError, match=r"row-level security|not yours"):
        life_plan.sign(opened.maya.file_id, dream, by=she, at=MONDAY)


def test_her_own_word_names_things_unless_it_tells_something(opened: Cast) -> None:
    client = inside(opened)

    named = send(client, "/n/12/", "form", "/n/12/", notebook="Recettes", appointment="Tennis")
    refused = send(client, "/n/12/", "form", "/n/12/", notebook="Ma travailleuse sociale")

    assert named.headers["Location"] == "/n/1/"
    assert "Recettes" in page(client, "/n/1/")
    assert "Tennis" in page(client, "/n/4/")
    assert refused.status_code == 422


def test_a_word_she_leaves_reaches_her_worker_and_the_answer_waits(opened: Cast) -> None:
    client, ines = inside(opened, "PRACTICAL", frozenset()), signed_in(opened.ines)
    left = send(client, "/n/11/", "form", "/n/11/", words="Je serai en retard.")
    day = page(ines, "/")
    words = f"/files/{opened.maya.file_id}/notebook/words/"
    with clock.at(MONDAY):
        shown = ines.get(words)
        [(word, form)] = shown.context["words"]
        answered = ines.post(
            words, {"form_id": form.signed_id, "word": str(word.pk), "words": "Pas de souci."}
        )

    assert left.headers["Location"] == "/n/11/"
    assert "vous a laissé un mot" in day
    assert "Je serai en retard." in shown.content.decode()
    assert answered.status_code == 302
    assert "Pas de souci." in page(client, "/n/11/")
    assert "vous a laissé un mot" not in page(ines, "/")


def test_a_word_still_reaches_her_worker_once_the_notebook_is_closed(opened: Cast) -> None:
    client = inside(opened)
    send(client, "/n/11/", "form", "/n/11/", words="Je serai en retard.")

    with acting(opened.ines):
        actions.close(opened.maya.file_id, by=opened.ines, at=MONDAY)

    assert "vous a laissé un mot" in page(signed_in(opened.ines), "/")


def test_the_page_of_words_promises_nothing_and_shows_whom_to_call(opened: Cast) -> None:
    said = page(inside(opened), "/n/11/")

    assert "Pas pour les urgences" in said
    assert "tel:" in said
    assert "lu quand quelqu’un travaille" in said


def test_her_worker_leaves_no_word_in_her_name(opened: Cast) -> None:
    word = Word(
        id=uuid4(), file_id=opened.maya.file_id, written_by=opened.ines.user_id, written_at=MONDAY
    )

    with acting(opened.ines), pytest.raises(ProgrammingError, match="row-level security"):
        Word.objects.bulk_create([word])


def test_from_inside_she_names_things_of_her_own_file_alone(opened: Cast) -> None:
    she = herself(opened)
    other = Naming(id=uuid4(), file_id=uuid4(), written_by=she.user_id, written_at=MONDAY)

    with acting(she), pytest.raises(ProgrammingError, match="row-level security"):
        Naming.objects.bulk_create([other])


def test_what_she_reads_is_told_in_her_file_as_hers(opened: Cast) -> None:
    page(inside(opened), "/n/5/")

    with acting(opened.ines):
        read = Event.objects.filter(chain_id=opened.maya.file_id, purpose="notebook", action="open")
        found = list(read.values_list("actor_id", "sections"))
    assert found == [(herself(opened).user_id, ["plan", "safety", "steps", "summary"])]


def test_never_a_note_whatever_is_allowed(opened: Cast) -> None:
    with acting(herself(opened)):
        assert (Note.objects.count(), Mask.objects.count()) == (0, 0)
    assert "notes" in FACES


def test_in_english_too(opened: Cast) -> None:
    client = inside(opened)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    for address in PAGES:
        assert '<html lang="en-CA"' in page(client, address)
    assert "My notebook" in page(client, "/n/1/")
