"""Does somebody know, in time, that a worker out alone is not back; and nobody before, or after?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.core.errors import NotAllowed, WrongState
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover
from spheres.worker_support.outings import actions, policy, queries
from spheres.worker_support.outings.models import Line, Outing
from spheres.worker_support.outings.tests.factories import BACK, LINE, OUT, goes_out, minutes
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db

EXPIRY = service("expiry")


def watches(cast: Cast, at: datetime = MONDAY, *, says: bool = True) -> None:
    with acting(cast.yanick, at):
        actions.answer(OUT, says, by=cast.yanick, at=at)


def day_of(actor: Actor, at: datetime, language: str = "en") -> str:
    with clock.at(at):
        page = signed_in(actor, at=at, language=language).get("/", follow=True).content.decode()
    return page.partition("<main")[2]


def seen_by(actor: Actor, at: datetime) -> list[UUID]:
    """What the database itself gives of the table, whatever a page would ask."""
    with acting(actor, at):
        return list(Outing.objects.values_list("pk", flat=True))


def press(actor: Actor, place: str, *, at: datetime = MONDAY) -> int:
    with clock.at(at):
        client: Client = signed_in(actor, at=at)
        return client.post(reverse(f"outings:{place}", args=[OUT])).status_code


def test_a_worker_goes_out_from_one_page(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get("/outings/new/").content.decode())
        said = {
            "form_id": form.fields["form_id"], "place": "HOME", "returns": "11 h",
            "buddy": str(cast.yanick.user_id), "line": LINE,
        }  # fmt: skip
        answers = [ines.post("/outings/new/", said).status_code for _ in range(2)]

    with acting(cast.ines):
        [outing] = Outing.objects.all()
    assert answers == [302, 302]
    assert (outing.place, outing.returns_at, outing.asks_buddy_at, outing.asks_leads_at) == (
        "HOME", BACK, minutes(15), minutes(30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed"), [("returns", "soon"), ("returns", "8:30"), ("buddy", ""), ("place", "x")]
)
def test_what_is_mistyped_is_asked_again_and_nothing_is_lost(
    cast: Cast, field: str, typed: str
) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get("/outings/new/").content.decode())
        said = {
            "form_id": form.fields["form_id"], "place": "HOME", "returns": "11:00",
            "buddy": str(cast.yanick.user_id), "line": LINE, field: typed,
        }  # fmt: skip
        answer = ines.post("/outings/new/", said)

    assert answer.status_code == 422
    assert LINE in answer.content.decode()
    assert seen_by(cast.ines, MONDAY) == []


def test_the_form_asks_neither_whom_nor_where(cast: Cast) -> None:
    with clock.at(MONDAY):
        page = Page(signed_in(cast.ines).get("/outings/new/").content.decode())

    asked = set(page.fields) - {"csrfmiddlewaretoken", "next", "language", "q"}
    assert asked == {"form_id", "place", "returns", "buddy", "line"}


def test_until_she_answers_nobody_is_watching_and_it_is_said(cast: Cast) -> None:
    goes_out(cast)

    assert "Yanick has not answered yet: nobody is watching." in day_of(cast.ines, MONDAY)
    assert "Inès goes out alone until 11:00" in day_of(cast.yanick, MONDAY)
    assert press(cast.yanick, "watch") == 302
    assert "Yanick is watching." in day_of(cast.ines, MONDAY)
    assert "you are watching over Inès" in day_of(cast.yanick, MONDAY)


def test_a_colleague_who_cannot_is_replaced_and_sees_no_more(cast: Cast) -> None:
    with acting(LOADER):
        odile = add_person("Odile", cast.la_maison, Role.YOUTH_WORKER)
    goes_out(cast)
    watches(cast, says=False)
    assert "Yanick cannot watch: ask someone else." in day_of(cast.ines, MONDAY)

    with acting(cast.ines):
        actions.ask(OUT, odile.user_id, "Autre ligne.", by=cast.ines, at=MONDAY)

    assert (seen_by(cast.yanick, minutes(90)), seen_by(odile, MONDAY)) == ([], [OUT])
    for actor, words in ((odile, "Autre ligne."), (cast.ines, "Autre ligne."), (cast.yanick, "")):
        with acting(actor):
            assert queries.line(OUT, actor=actor) == words


@pytest.mark.parametrize(
    ("at", "yanick", "karim"),
    [
        (minutes(-60), "you are watching over Inès", ""),
        (minutes(14), "you are watching over Inès", ""),
        (minutes(15), "Inès was to be back at 11:00\u00a0a.m. and has not said so. Call now.", ""),
        (minutes(29), "Call now.", ""),
        (
            minutes(30),
            "Call now.",
            "Inès was to be back at 11:00\u00a0a.m.; Yanick was asked to watch.",
        ),
    ],
)
def test_past_the_hour_the_colleague_is_told_then_whoever_leads_the_team(
    cast: Cast, at: datetime, yanick: str, karim: str
) -> None:
    goes_out(cast)
    watches(cast)

    days = {"yanick": day_of(cast.yanick, at), "karim": day_of(cast.karim, at)}

    assert yanick in days["yanick"]
    assert karim in days["karim"]
    assert ("Inès was to be back" in days["karim"]) is bool(karim)


def test_who_is_awaited_stands_above_all_else(cast: Cast) -> None:
    goes_out(cast)

    day = day_of(cast.yanick, minutes(15))

    assert day.index("Call now.") < day.index("Handed to you")


@pytest.mark.parametrize(
    ("at", "who"),
    [
        (minutes(-1), {"ines", "yanick"}),
        (minutes(29), {"ines", "yanick"}),
        (minutes(30), {"ines", "yanick", "karim"}),
    ],
)
def test_the_database_shows_it_to_nobody_else(cast: Cast, at: datetime, who: set[str]) -> None:
    goes_out(cast)

    names = ("ines", "yanick", "karim", "nadia", "louise", "samir", "amrani", "roy")
    assert {name for name in names if seen_by(getattr(cast, name), at)} == who


@pytest.mark.parametrize(("at", "told"), [(minutes(29), False), (minutes(30), True)])
def test_whoever_is_on_call_for_her_is_told_as_the_lead_is(
    cast: Cast, at: datetime, told: bool
) -> None:
    with acting(LOADER):
        manon = add_person("Manon", cast.la_maison, Role.YOUTH_WORKER)
    with acting(cast.karim):
        sharing.cover(
            uuid_of("Manon is on call"), kind=Cover.Kind.ON_CALL, for_user_id=cast.ines.user_id,
            user_id=manon.user_id, starts_at=minutes(-300), ends_at=minutes(300), by=cast.karim,
            at=MONDAY,
        )  # fmt: skip
    goes_out(cast)

    assert (seen_by(manon, at) == [OUT]) is told
    assert ("Inès was to be back" in day_of(manon, at)) is told
    assert seen_by(manon, minutes(301)) == []


def test_a_lead_of_another_organisation_sees_nothing(cast: Cast) -> None:
    with acting(LOADER):
        lead = add_person("Denise", cast.elsewhere, Role.TEAM_LEAD)
    goes_out(cast)

    assert seen_by(lead, minutes(300)) == []


def test_the_line_is_the_colleague_s_alone(cast: Cast) -> None:
    goes_out(cast)

    readers = (cast.yanick, cast.ines, cast.karim, cast.samir)
    found = {}
    for actor in readers:
        with acting(actor, minutes(60)):
            found[actor] = queries.line(OUT, actor=actor)
    assert list(found.values()) == [LINE, LINE, "", ""]
    with acting(cast.ines):
        assert LINE.encode() not in bytes(Line.objects.get().text)


def test_i_am_back_is_one_press_on_the_first_page_and_ends_everything(cast: Cast) -> None:
    goes_out(cast)
    watches(cast)
    assert f'action="/outings/{OUT}/back/"' in day_of(cast.ines, minutes(40))

    assert [press(cast.ines, "end", at=minutes(40)) for _ in range(2)] == [302, 302]

    assert (seen_by(cast.karim, minutes(41)), seen_by(cast.yanick, minutes(41))) == ([], [OUT])
    assert "Inès" not in day_of(cast.yanick, minutes(41)).partition("Handed to you")[0]
    with acting(cast.yanick, minutes(41)):
        assert list(Line.objects.all()) == []


def test_the_hour_is_made_longer_in_one_press_from_now_when_it_has_passed(cast: Cast) -> None:
    goes_out(cast)
    watches(cast)
    assert press(cast.ines, "half_an_hour", at=minutes(-10)) == 302
    assert press(cast.ines, "one_hour", at=minutes(60)) == 302
    assert press(cast.yanick, "one_hour", at=minutes(60)) == 403

    with acting(cast.ines):
        outing = Outing.objects.get()
    assert (outing.returns_at, outing.asks_leads_at) == (minutes(120), minutes(150))
    assert seen_by(cast.karim, minutes(100)) == []
    assert outing.answer == Outing.Answer.WATCHES


def test_whoever_looks_for_her_says_that_she_is_safe(cast: Cast) -> None:
    goes_out(cast)

    assert press(cast.karim, "end", at=minutes(29)) == 404
    assert press(cast.karim, "end", at=minutes(31)) == 302

    with acting(cast.ines, minutes(32)):
        outing = Outing.objects.get()
    assert (outing.ended_at, outing.ended_by) == (minutes(31), cast.karim.user_id)


def test_one_goes_out_once_at_a_time(cast: Cast) -> None:
    goes_out(cast)
    again = actions.Begun(uuid_of("another"), "HOME", BACK, cast.yanick.user_id)

    with acting(cast.ines), pytest.raises(WrongState):
        actions.begin(again, by=cast.ines, at=MONDAY)


def test_somebody_of_another_organisation_is_not_asked(cast: Cast) -> None:
    with acting(cast.ines), pytest.raises(WrongState):
        actions.begin(actions.Begun(OUT, "HOME", BACK, cast.samir.user_id), by=cast.ines, at=MONDAY)


def test_nobody_goes_out_in_another_s_name(cast: Cast) -> None:
    row = Outing(
        id=OUT, user_id=cast.ines.user_id, organisation_id=cast.la_maison.pk, place="HOME",
        begun_at=MONDAY, returns_at=BACK, buddy_id=cast.karim.user_id, asked_at=MONDAY,
        asks_buddy_at=BACK, asks_leads_at=BACK,
    )  # fmt: skip
    with acting(cast.yanick), pytest.raises(ProgrammingError), transaction.atomic():
        Outing.objects.bulk_create([row])


@pytest.mark.parametrize(
    ("may", "allowed"),
    [
        (policy.can_change, {"ines"}),
        (policy.can_answer, {"yanick"}),
    ],
)
def test_each_has_a_part(cast: Cast, may: Any, allowed: set[str]) -> None:
    goes_out(cast)
    with acting(cast.ines):
        outing = Outing.objects.get()

    people = {name: getattr(cast, name) for name in ("ines", "yanick", "karim")}
    assert {name for name, actor in people.items() if may(actor, outing)} == allowed
    outing.ended_at = MONDAY
    assert not any(may(actor, outing) for actor in people.values())
    assert not policy.can_end(cast.ines, outing)


def test_those_who_accompany_nobody_go_out_otherwise(cast: Cast) -> None:
    roles = {
        name: bool(policy.can_go_out(getattr(cast, name))) for name in ("ines", "nadia", "roy")
    }
    assert roles == {"ines": True, "nadia": False, "roy": False}
    with acting(cast.nadia), pytest.raises(NotAllowed):
        actions.begin(
            actions.Begun(OUT, "HOME", BACK, cast.yanick.user_id), by=cast.nadia, at=MONDAY
        )


def test_seven_days_later_nothing_is_left(cast: Cast) -> None:
    goes_out(cast)
    for at, left in ((BACK + timedelta(days=6, hours=23), 1), (BACK + timedelta(days=7), 0)):
        with acting(EXPIRY, at):
            actions.forget(at=at)
        assert len(seen_by(cast.ines, at)) == left
    with acting(cast.ines):
        assert list(Line.objects.all()) == []


def test_expiry_reads_nothing_before(cast: Cast) -> None:
    goes_out(cast)

    assert (seen_by(EXPIRY, minutes(60)), seen_by(EXPIRY, BACK + timedelta(days=7))) == ([], [OUT])


def test_the_journal_says_it_in_one_s_own_chain_with_the_identifier_alone(cast: Cast) -> None:
    goes_out(cast)
    watches(cast)

    for actor, action in ((cast.ines, "outing.begun"), (cast.yanick, "outing.answered")):
        with acting(actor):
            [event] = Event.objects.filter(action=action)
        assert (event.chain_id, event.record_ids) == (actor.user_id, [OUT])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_page_is_drawn_for_each(cast: Cast, language: str) -> None:
    goes_out(cast)
    watches(cast)
    for actor, at in ((cast.ines, MONDAY), (cast.yanick, minutes(20)), (cast.karim, minutes(40))):
        with clock.at(at):
            client = signed_in(actor, at=at, language=language)
            page = client.get(reverse("outings:detail", args=[OUT]))
        assert page.status_code == 200
        assert (LINE in page.content.decode()) is (actor is not cast.karim)
        assert "Karim" in page.content.decode() or actor is cast.karim
