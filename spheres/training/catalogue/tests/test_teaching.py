"""What serves to teach a topic, who teaches it, and who says so?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.training.catalogue import actions, policy, queries
from spheres.training.catalogue.forms import ConfirmForm, MaterialForm, OutsideForm, TeachingForm
from spheres.training.catalogue.models import Material, Trainer
from spheres.training.catalogue.tests.test_catalogue import put
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
ADDRESS = "https://formation.example/diapositives"
TAUGHT = {"topics": ("first",), "languages": ("fr",), "reaches": ("HERE", "ONLINE")}


@pytest.fixture
def taught(cast: Cast) -> Cast:
    put("first", 1)
    put("second", 2)
    return cast


def keep(by: Actor, word: str = "slides", *, at: datetime = MONDAY, title: str = "Diapos") -> None:
    sent = actions.Sent(uuid_of(word), title, "fr", date(2026, 2, 1), ADDRESS)
    with acting(by, at):
        found = queries.topic(uuid_of("first"), actor=by)
        assert found is not None
        actions.keep(sent, found.row, by=by, at=at)


def keep_next(by: Actor, word: str, of: str = "slides", *, at: datetime) -> None:
    sent = actions.Sent(uuid_of(word), "Diapos revues", "fr", date(2026, 2, 20), ADDRESS)
    with acting(by, at):
        found = queries.material(uuid_of(of), actor=by)
        assert found is not None
        actions.keep_next(sent, found, by=by, at=at)


def says(by: Actor, word: str = "own", *, at: datetime = MONDAY, **other: object) -> None:
    said = actions.Said(uuid_of(word), **{**TAUGHT, **other})  # type: ignore[arg-type]
    with acting(by, at):
        actions.say_own(said, by=by, at=at)


def seen_by(actor: Actor) -> list[tuple[str, list[str], bool]]:
    with acting(actor):
        found = queries.trainers(actor=actor)
    return [(one.name, one.row.topics, one.is_confirmed) for one in found]


def test_a_newer_version_stands_and_the_older_ones_stay(taught: Cast) -> None:
    keep(taught.louise)
    keep_next(taught.louise, "revised", at=MONDAY + AN_HOUR)
    keep(taught.louise, "guide", title="À lire avant", at=MONDAY + 2 * AN_HOUR)

    with acting(taught.samir):
        found = queries.materials("first", actor=taught.samir)
        none = queries.materials("second", actor=taught.samir)

    assert [
        (
            one.newest.row.title,
            one.newest.row.version,
            one.newest.who,
            *(was.row.title for was in one.before),
        )
        for one in found
    ] == [("À lire avant", 1, "Louise"), ("Diapos revues", 2, "Louise", "Diapos")]
    assert none == []


def test_sent_twice_a_version_is_kept_once_and_two_at_once_are_told_apart(taught: Cast) -> None:
    keep(taught.louise)
    with acting(taught.louise):
        seen = queries.material(uuid_of("slides"), actor=taught.louise)
    assert seen is not None
    keep_next(taught.louise, "revised", at=MONDAY + AN_HOUR)
    keep_next(taught.louise, "revised", at=MONDAY + AN_HOUR)

    other = actions.Sent(uuid_of("other"), "Autre", "fr", date(2026, 2, 2), ADDRESS)
    with acting(taught.louise, MONDAY + AN_HOUR), pytest.raises(WrongState):
        actions.keep_next(other, seen, by=taught.louise, at=MONDAY + AN_HOUR)

    with acting(taught.louise):
        assert Material.objects.count() == 2


def test_only_those_who_coordinate_or_train_keep_what_serves_to_teach(taught: Cast) -> None:
    with pytest.raises(NotAllowed):
        keep(taught.ines)
    row = {
        "version": 1, "topic": "first", "title": "x", "language": "fr", "dated_on": "2026-01-01",
        "written_at": MONDAY,
    }  # fmt: skip
    mine = {"material_id": uuid_of("m"), "written_by": taught.ines.user_id, "address": ADDRESS}
    hers = mine | {"written_by": taught.karim.user_id}
    open_ = mine | {"written_by": taught.louise.user_id, "address": "http://formation.example/"}
    for who, said, refusal in (
        (taught.ines, mine, ProgrammingError),
        (taught.louise, hers, ProgrammingError),
        (taught.louise, open_, IntegrityError),
    ):
        with acting(who), pytest.raises(refusal), transaction.atomic():
            Material.objects.bulk_create([Material(id=uuid_of("m"), **row, **said)])


def test_somebody_says_what_they_teach_and_the_coordination_confirms_it(taught: Cast) -> None:
    says(taught.ines)
    assert seen_by(taught.samir) == [("Inès", ["first"], False)]
    with acting(taught.louise):
        of = queries.teaching(taught.ines.user_id, actor=taught.louise)
        assert of is not None
        actions.confirm(uuid_of("yes"), of, by=taught.louise, at=MONDAY)
    assert seen_by(taught.samir) == [("Inès", ["first"], True)]

    says(taught.ines, "again", topics=("first", "second"), at=MONDAY + AN_HOUR)

    assert seen_by(taught.samir) == [("Inès", ["first", "second"], False)]


def test_an_outside_organisation_is_said_by_the_coordination_alone(taught: Cast) -> None:
    with acting(taught.louise):
        said = actions.Said(uuid_of("outside"), **TAUGHT)  # type: ignore[arg-type]
        actions.say_outside(said, "Cercle du Nord", by=taught.louise, at=MONDAY)
    with acting(taught.ines), pytest.raises(NotAllowed):
        actions.say_outside(said, "Cercle", by=taught.ines, at=MONDAY)

    assert seen_by(taught.ines) == [("Cercle du Nord", ["first"], True)]
    with acting(taught.ines):
        refused = policy.can_confirm(taught.ines, waits=True)
        done = policy.can_confirm(taught.louise, waits=False)
    assert (bool(refused), bool(done)) == (False, False)


def test_the_database_lets_nobody_speak_in_the_name_of_another(taught: Cast) -> None:
    def put_by_hand(**said: object) -> Trainer:
        words = {
            "topics": ["first"], "languages": ["fr"], "reaches": ["HERE"],
            "organisation_id": taught.ines.organisation_id, "written_by": taught.ines.user_id,
            "written_at": MONDAY, **said,
        }  # fmt: skip
        return Trainer(id=uuid_of("by hand"), **words)

    of_karim = put_by_hand(trainer_id=taught.karim.user_id)
    outside = put_by_hand(trainer_id=uuid_of("by hand"), outside="Cercle")
    own = put_by_hand(trainer_id=taught.ines.user_id)
    for row in (of_karim, outside):
        with acting(taught.ines), pytest.raises(ProgrammingError), transaction.atomic():
            Trainer.objects.bulk_create([row])
    with acting(taught.ines):
        Trainer.objects.bulk_create([own])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_keep_say_and_confirm(taught: Cast, language: str) -> None:
    topic = f"/training/topics/{uuid_of('first')}/"
    with clock.at(MONDAY), untranslated() as missing:
        louise = signed_in(taught.louise, language=language)
        form = MaterialForm(record_id=uuid_of("slides"))
        sent = {
            "form_id": form.signed_id, "title": "Diapos", "language": "fr",
            "dated_on": "2026-02-01", "address": ADDRESS,
        }  # fmt: skip
        assert louise.get(f"{topic}materials/").status_code == 200
        for wrong in (
            {"address": "http://formation.example/"}, {"address": "https://a b.example/"},
            {"dated_on": "2026-03-03"}, {"title": ""}, {"language": "de"},
        ):  # fmt: skip
            assert louise.post(f"{topic}materials/", sent | wrong).status_code == 422, wrong
        assert louise.post(f"{topic}materials/", sent).status_code == 302
        again = f"/training/materials/{uuid_of('slides')}/"
        newer = sent | {"form_id": MaterialForm(record_id=uuid_of("newer")).signed_id}
        assert louise.get(again).status_code == 200
        assert louise.post(again, newer).status_code == 302
        ines = signed_in(taught.ines, language=language)
        with acting(taught.ines):
            own = TeachingForm(record_id=uuid_of("own"), taught=[])
            outside = OutsideForm(record_id=uuid_of("outside"), taught=[])
        chosen = {"form_id": own.signed_id, **TAUGHT}
        assert ines.get("/training/trainers/").status_code == 200
        assert ines.get("/training/trainers/mine/").status_code == 200
        assert ines.post("/training/trainers/mine/", chosen | {"reaches": ""}).status_code == 422
        assert ines.post("/training/trainers/mine/", chosen).status_code == 302
        named = chosen | {"form_id": outside.signed_id, "outside": "Cercle du Nord"}
        assert ines.post("/training/trainers/outside/", named).status_code == 403
        assert louise.post("/training/trainers/outside/", named).status_code == 302
        assert louise.get(f"/training/trainers/{uuid_of('outside')}/").status_code == 200
        assert louise.get(f"/training/trainers/{taught.ines.user_id}/").status_code == 404
        yes = {"form_id": ConfirmForm(record_id=uuid_of("yes")).signed_id}
        there = f"/training/trainers/{taught.ines.user_id}/confirm/"
        assert ines.post(there, yes).status_code == 403
        assert louise.get("/training/trainers/").status_code == 200
        assert louise.post(there, yes).status_code == 302
        page = ines.get(topic).content.decode()
        everybody = ines.get("/training/trainers/")
        refused = {f"{topic}materials/": 403, again: 403, "/training/trainers/outside/": 403}
        assert {path: ines.get(path).status_code for path in refused} == refused
    assert everybody.status_code == 200
    assert [page.count(word) for word in (ADDRESS, "Inès", "Cercle du Nord")] == [2, 1, 1]
    assert seen_by(taught.ines) == [("Cercle du Nord", ["first"], True), ("Inès", ["first"], True)]
    assert missing == set()


def test_a_topic_costs_the_same_for_one_and_for_three(taught: Cast) -> None:
    def cost() -> int:
        client = signed_in(taught.ines)
        address = f"/training/topics/{uuid_of('first')}/"
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    keep(taught.louise)
    says(taught.ines)
    with clock.at(MONDAY):
        once = cost()
    for number, who in enumerate((taught.samir, taught.karim)):
        keep(taught.louise, f"more {number}")
        says(who, f"own {number}")
    with clock.at(MONDAY):
        assert cost() == once
    assert once <= 8, once
