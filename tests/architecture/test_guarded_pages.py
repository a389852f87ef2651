"""Is every page either public by an explicit mark, or guarded; and what does a stranger get?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from spheres.accounts import actions as accounts
from spheres.accounts.models import Device, Role
from spheres.core import clock
from spheres.followup.admission.models import Offer
from spheres.followup.consents import actions as consents
from spheres.followup.exercises import models as exercises
from spheres.followup.exercises.tests.filled import Filling
from spheres.followup.handing_over import actions as handing_over
from spheres.followup.instruments.tests.filled import Filling as Answering
from spheres.followup.life_plan import actions as life_plan
from spheres.followup.life_plan.models import Aim
from spheres.followup.meetings import actions as meetings
from spheres.followup.parts import actions as parts
from spheres.followup.safety_net import actions as safety
from spheres.followup.stage_marks import actions as stage_marks
from spheres.followup.strengths import actions as strengths
from spheres.followup.strengths.models import Kind
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from spheres.followup.withdrawals.models import Notice
from spheres.papers.tests.factories import paper_of_maya
from spheres.participants import queries as participants
from spheres.sharing.rules import HEALTH
from spheres.worker_support.outings import actions as outings
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, visitor

FACES = {"staff": settings.ROOT_URLCONF, "youth": settings.YOUTH_URLCONF}
# Guarded pages of a folder without rules of its own; each with its reason.
WITHOUT_POLICY: dict[str, str] = {}
NONE_OF_HERS = (
    "own_page suspension request letter mask demand matter production custody unusual question ask "
    "committee seat sitting brought promise attendance along own_note partner expectation "
    "protocol practice edition work round topic training enrolment attestation tabled leaf "
    "learning material trainer offered training_request past_list advice check_in slot "
    "informal practice_group practice_session look word "
    "event engaged put known report extract entry"
)
SAID = {"kind": "notes", "code": "opened", "which": "received", "language": "fr", "shape": "pdf"}
SAID |= {"slug": "arret-24", "number": "1", "room": "none", "audience": "none"}
SAID |= {"letter": "none", "paragraph": "none", "place": "opening"}  # the words of nobody
ENDING = {"accounts:sign_out", "accounts:lock", "ui:exit", "notebook:leave"}
# What Maya's file says (tests/cast.py): none of it may ever reach a stranger.
HERS = (
    "Maya", "J’ai dormi", "un lit pour jeudi", "signer « Café »", "Mireille", "Je veux une place",
    "Ne ferme pas la porte", "grand chêne", "un chandail rouge",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One address of the house."""

    name: str
    view: Callable[..., Any]
    asks: tuple[tuple[str, str], ...]  # the names and kinds of what the address holds

    @property
    def folder(self) -> str:
        """The package in which its rules are looked for; `views` may have been split in several."""
        return self.view.__module__.partition(".views")[0]


def places(resolver: URLResolver, inside: tuple[str, ...] = (), held: Any = ()) -> Iterator[Place]:
    """Every address of one site, with the names that `reverse` gives it."""
    for pattern in resolver.url_patterns:
        asks = (*held, *((k, type(c).__name__) for k, c in pattern.pattern.converters.items()))
        if isinstance(pattern, URLPattern):
            yield Place(":".join((*inside, pattern.name or "")), pattern.callback, asks)
        else:
            names = (*inside, pattern.namespace) if pattern.namespace else inside
            yield from places(pattern, names, asks)


def all_places(face: str) -> list[Place]:
    return list(places(get_resolver(FACES[face])))


def is_public(view: Callable[..., Any]) -> bool:
    """Marked with `login_not_required`, for everybody to see in the code."""
    return not getattr(view, "login_required", True)


def unguarded(found: list[Place]) -> list[str]:
    return [
        place.name
        for place in found
        if not is_public(place.view)
        and place.name not in WITHOUT_POLICY
        and find_spec(f"{place.folder}.policy") is None
    ]


@pytest.mark.parametrize("face", FACES)
def test_every_page_is_public_by_its_mark_or_stands_beside_its_rules(face: str) -> None:
    assert all_places(face)
    assert unguarded(all_places(face)) == []


def test_a_page_without_rules_is_seen() -> None:
    view = SimpleNamespace(__module__="spheres.ui.views.secret")
    assert unguarded([Place("ui:secret", view, ())]) == ["ui:secret"]  # type: ignore[arg-type]


def test_every_exception_is_still_needed() -> None:
    known = {place.name: place for face in FACES for place in all_places(face)}
    for name in WITHOUT_POLICY:
        assert not is_public(known[name].view)
        assert find_spec(f"{known[name].folder}.policy") is None


@pytest.mark.parametrize("face", FACES)
def test_every_page_has_a_name_of_its_own(face: str) -> None:
    names = [place.name for place in all_places(face)]
    assert all(names)
    assert sorted(set(names)) == sorted(names)


# The walk: every address of both sites, with the identifiers of Maya's file.


@pytest.fixture
def of_maya(cast: Cast) -> dict[str, Any]:
    """What the addresses ask for. A new kind of identifier is taught here, or the walk stops."""
    with acting(cast.louise):
        offer = Offer.objects.filter(file_id=cast.maya.file_id).values_list("pk", flat=True)
        known = {**SAID, "offer_id": next(iter(offer), uuid_of("offer of Maya"))}
    note, line, meeting = map(uuid_of, ("first note of Maya", "line of Maya", "meeting with Maya"))
    with acting(cast.ines):
        planned = meetings.Planned(meeting, "meeting", MONDAY, line="Au pied du grand chêne.")
        meetings.plan(cast.maya.file_id, planned, by=cast.ines, at=MONDAY)
        said = summary.Said(line, 0, "Ne ferme pas la porte.", Line.Whose.HERS)
        summary.add(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
        safety.sign(
            cast.maya.file_id,
            safety.Written(
                uuid_of("net of Maya"), 0, MONDAY, answers={"sign": "Je mets un chandail rouge"}
            ),
            by=cast.ines,
            at=MONDAY,
        )
        made_with_her(cast, note)
        told = {"told_to": cast.institute.pk, "worker_id": cast.ines.user_id, "told_at": MONDAY}
        notice = Notice(id=uuid_of("a notice to the desk"), is_with_someone=True, **told)
        Notice.objects.bulk_create([notice])
    return {
        **known,
        "exercise_id": sheets_of_maya(cast, note),
        "instrument_id": questionnaire_of_maya(cast, note),
        "file_id": cast.maya.file_id,
        **dict.fromkeys(("note_id", "record_id", "task_id"), note),
        "line_id": line,
        "meeting_id": meeting,
        "handed_id": hand_over_of_maya(cast),
        "consent_id": consent_of_maya(cast),
        "part_id": part_of_maya(cast),
        "recognised_id": uuid_of("a word"),
        "cover_id": uuid_of("a cover"),  # colleagues know who answers for whom: nothing of Maya
        "version_id": line,
        "notice_id": notice.pk,
        "other_id": uuid_of("another file"),
        "activity_id": uuid_of("an activity of nobody"),
        "referral_id": uuid_of("what Maya agreed to have told"),
        "pair": uuid_of("two referrals"),
        "user_id": cast.ines.user_id,
        "organisation_id": cast.la_maison.pk,  # where whoever must not see works
        "restriction_id": uuid_of("what Maya keeps somebody from"),
        "refusal_id": uuid_of("what Maya refuses"),
        "asking_id": uuid_of("a question about no page"),
        "recovery_id": recovery_of_ines(cast),
        "device_id": device_of_ines(cast),
        "outing_id": outing_of_ines(cast),
        "resource_id": uuid_of("a resource"),  # none: what is in the directory is for everybody
        "remark_id": uuid_of("a remark"),
        "disclosure_id": uuid_of("something that was told of nobody"),  # who looks again reads it
        **{f"{one}_id": uuid_of(one) for one in NONE_OF_HERS.split()},
        **dict.fromkeys(("access_id", "colleague_id", "undertaking_id"), uuid_of("of nobody")),
        **dict.fromkeys(
            ("departure_id", "incident_id", "review_id"), uuid_of("what nobody asked or told")
        ),
        "token": uuid_of("a link that nobody handed over"),
        **dict.fromkeys(("ending_id", "hold_id", "kept_id"), uuid_of("what nobody keeps")),
        **paper_of_maya(cast, uuid_of("consent of Maya")),
    }


def sheets_of_maya(cast: Cast, record_id: UUID) -> UUID:
    """A filled exercise of each section, under the number of her first note; returns which."""
    filled = {"record_id": record_id, "by": cast.ines, "at": MONDAY}
    with acting(cast.ines):
        for section in exercises.SLUGS:
            Filling(section).write(cast.maya.file_id, her_words="Ne ferme pas la porte.", **filled)
        return Filling("plan").exercise.id


def questionnaire_of_maya(cast: Cast, record_id: UUID) -> UUID:
    """What she answered to an invented questionnaire; returns which."""
    filled = {"record_id": record_id, "by": cast.ines, "at": MONDAY}
    with acting(cast.ines):
        answering = Answering(HEALTH)
        answering.write(cast.maya.file_id, her_words="Ne ferme pas la porte.", **filled)
        return answering.instrument.id


def made_with_her(cast: Cast, record_id: UUID) -> None:
    """A dream, where she is, a strength, what Inès does for her: all under one identifier."""
    file_id, words = cast.maya.file_id, "Lire sous le grand chêne."
    dream = life_plan.Written(record_id, Aim.Kind.DREAM, words, MONDAY)
    life_plan.sign(file_id, dream, by=cast.ines, at=MONDAY)
    life_plan.keep_for_me(file_id, record_id, words, by=cast.ines, at=MONDAY)
    mark = stage_marks.Written(
        record_id, "housing", "stages", "contemplation", MONDAY, her_words=words
    )
    stage_marks.sign(file_id, mark, by=cast.ines, at=MONDAY)
    strength = strengths.Written(record_id, Kind.STRENGTH, words, MONDAY)
    strengths.sign(file_id, strength, by=cast.ines, at=MONDAY)


def hand_over_of_maya(cast: Cast) -> UUID:
    """Maya goes on with Rose, and lets who she is pass: Rose alone reads it."""
    with acting(LOADER):
        rose = add_person("Rose", cast.la_maison, Role.YOUTH_WORKER)
    choice = handing_over.Wanted(uuid_of("choice"), "COLLEAGUE", rose.user_id, ("identity",))
    said = handing_over.Told(uuid_of("told"), clock.day_of(MONDAY))
    with acting(cast.ines):
        handing_over.tell(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
        handing_over.decide(cast.maya.file_id, choice, by=cast.ines, at=MONDAY)
    return choice.id


def consent_of_maya(cast: Cast) -> UUID:
    """Maya shares her page with one person elsewhere, who alone reads it there."""
    with acting(LOADER):
        beatrice = add_person("Béatrice", cast.elsewhere, Role.YOUTH_WORKER)
    given = consents.Given(
        uuid_of("consent of Maya"), cast.elsewhere.pk, ("summary",), "coordination", "HERSELF",
        "WRITTEN", "fr", "2026-11", date(2026, 6, 1), beatrice.user_id,
    )  # fmt: skip
    with acting(cast.ines):
        person = participants.header(cast.maya.file_id, actor=cast.ines)
        assert person is not None
        consents.give(cast.maya.file_id, given, person=person, by=cast.ines, at=MONDAY)
    return given.id


def part_of_maya(cast: Cast) -> UUID:
    """What somebody elsewhere does for her, as Inès wrote it down with her."""
    said = parts.Said(uuid_of("part of Maya"), cast.elsewhere.pk, "Lire sous le grand chêne.")
    with acting(cast.ines):
        return parts.say(cast.maya.file_id, said, by=cast.ines, at=MONDAY)


def recovery_of_ines(cast: Cast) -> UUID:
    """Inès lost everything; Louise asks, and names a colleague of hers who does not walk here."""
    recovery_id = uuid_of("recovery of Inès")
    with acting(LOADER):
        second = add_person("Manon", cast.la_maison, Role.ORGANISATION_MANAGER)
    with acting(cast.louise):
        accounts.ask_recovery(
            cast.ines.user_id,
            second.user_id,
            recovery_id=recovery_id,
            seen_on=clock.day_of(MONDAY),
            by=cast.louise,
            at=MONDAY,
        )
    return recovery_id


def device_of_ines(cast: Cast) -> UUID:
    """The browser she comes in from: hers, and nobody else’s."""
    with clock.at(MONDAY):
        accounts.come_in(cast.ines.user_id, at=MONDAY, way="test")
    with acting(cast.ines):
        return Device.objects.values_list("pk", flat=True).get()


def outing_of_ines(cast: Cast) -> UUID:
    """She is out alone, a colleague is asked to watch; nobody else knows of it yet."""
    back = MONDAY + timedelta(hours=2)
    with acting(LOADER):
        odile = add_person("Odile", cast.la_maison, Role.YOUTH_WORKER)
    begun = outings.Begun(uuid_of("outing of Inès"), "STREET", back, odile.user_id)
    with acting(cast.ines):
        return outings.begin(begun, by=cast.ines, at=MONDAY)


def addresses(face: str, of_maya: dict[str, Any]) -> list[tuple[Place, str]]:
    found = []
    for place in all_places(face):
        unknown = [name for name, _ in place.asks if name not in of_maya]
        assert unknown == [], f"{place.name}: teach the walk what {unknown} is"
        kwargs = {name: of_maya[name] for name, _ in place.asks}
        found.append((place, reverse(place.name, urlconf=FACES[face], kwargs=kwargs)))
    return found


def answers(
    client: Client, face: str, of_maya: dict[str, Any], *, all_of_them: bool = True
) -> Iterator[tuple[Place, str, Any]]:
    """What each address, or each one that holds an identifier, answers to GET and to POST."""
    host = {"staff": settings.STAFF_HOST, "youth": settings.YOUTH_HOST}[face]
    for place, address in addresses(face, of_maya):
        if place.name in ENDING or not (all_of_them or place.asks):
            continue
        for method in (client.get, client.post):
            yield place, method.__name__, method(address, headers={"host": host})


def walk(client: Client, known: dict[str, Any]) -> Iterator[tuple[Place, str, Any]]:
    """Every address of the staff site that holds an identifier."""
    return answers(client, "staff", known, all_of_them=False)


def says_something_of_hers(text: str) -> list[str]:
    return [words for words in HERS if words in text]


@pytest.mark.django_db
@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("face", "who"),
    [("staff", who) for who in ("samir", "roy", "amrani", "nadia", "karim", "yanick", "visitor")]
    + [("youth", "samir"), ("youth", "visitor")],
)
def test_a_stranger_gets_nothing_of_hers(
    cast: Cast, of_maya: dict[str, Any], who: str, face: str
) -> None:
    with clock.at(MONDAY):
        client = visitor() if who == "visitor" else signed_in(getattr(cast, who))
        whole = who in {"samir", "visitor"}
        for place, method, answer in answers(client, face, of_maya, all_of_them=whole):
            where = f"{who} {method} {place.name}: {answer.status_code}"
            said = answer.content.decode(errors="replace")  # a booklet is no text
            assert says_something_of_hers(said) == [], where
            if place.asks and not is_public(place.view):
                allowed = {302} if who == "visitor" or face == "youth" else {403, 404, 405}
                assert answer.status_code in allowed, where
            else:
                assert answer.status_code < 500, where


@pytest.mark.django_db
@pytest.mark.usefixtures("region")
def test_her_worker_gets_what_the_stranger_does_not(cast: Cast, of_maya: dict[str, Any]) -> None:
    """Without this the walk would prove nothing: the identifiers are right, the pages speak."""
    with clock.at(MONDAY):
        seen = {
            place.name
            for place, method, answer in answers(signed_in(cast.ines), "staff", of_maya)
            if method == "get" and says_something_of_hers(answer.content.decode(errors="replace"))
        }
    assert {"dossier:file", "dossier:who", "dossier:people", "notes:detail", "notes:write"} <= seen
    assert {"meetings:detail", "meetings:of_file", "safety_net:page", "safety_net:write"} <= seen
    assert {"health_answers:detail", "health_answers:correct"} <= seen
    assert {"life_plan:detail", "life_plan:tasks", "stage_marks:detail", "plan:page"} <= seen
    assert {"strengths:log", "strengths:detail", "strengths:correct"} <= seen
    assert {f"summary:{page}" for page in ("page", "add", "change", "version")} <= seen


@pytest.mark.django_db
@pytest.mark.usefixtures("region")
def test_what_is_forbidden_answers_as_what_does_not_exist(
    cast: Cast, of_maya: dict[str, Any]
) -> None:
    nowhere = {name: uuid_of("nowhere") for name in of_maya}
    with clock.at(MONDAY):
        samir = signed_in(cast.samir)
        hers = [(p.name, m, plain(a)) for p, m, a in walk(samir, of_maya)]
        none = [(p.name, m, plain(a)) for p, m, a in walk(samir, nowhere)]
    assert len(hers) > 10
    assert hers == none


def plain(answer: Any) -> tuple[int, str]:
    """The answer without what belongs to the request: nonce, token, its own address."""
    text = re.sub(
        r'(nonce|value|content|href|action|hx-headers)=("[^"]*"|\'[^\']*\')',
        "",
        answer.content.decode(),
    )
    return answer.status_code, text
