"""How do colleagues support each other, in a demonstration?

Some offer to be reached; some kept lines, in a quarter that is over and now; two groups practise
together; some looked at where they stand, in a half-year that is over; words were said. Once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import Actor, service
from spheres.regions.registry import Loading
from spheres.worker_support.appreciation import actions as appreciation
from spheres.worker_support.competencies import actions as competencies
from spheres.worker_support.informal_support import actions as informal_support
from spheres.worker_support.peers import actions as peers
from spheres.worker_support.peers.models import PeerOffer
from spheres.worker_support.practice_groups import actions as practice
from spheres.worker_support.practice_groups import queries as groups
from spheres.worker_support.practice_groups.models import PracticeSession
from spheres.worker_support.practice_groups.queries import Group

NOON, EVENING = time(12, 20), time(16, 40)
ROLLUPS: Final = service("rollups")
Way = PeerOffer.Way
# Who offers to be reached: about what, in which languages, how, where, when, with which sentence.
OFFERED: Final = (
    ("louise", ("rights", "safety", "partners"), ("fr", "en"), (Way.PHONE, Way.VIDEO),
     "Poste 4120", "Tous les matins avant 10 h",
     "Une question qui ne peut pas attendre la supervision : appelez."),
    ("karim", ("motivational", "limits"), ("fr", "ar"), (Way.PHONE, Way.TOGETHER),
     "Poste 231", "Mardi et jeudi après-midi", "Un café, dix minutes, sans ordre du jour."),
    ("priya", ("culture", "trauma", "carrying"), ("en", "fr"), (Way.MESSAGE, Way.PHONE),
     "Poste 18, Deux-Rivages", "", "After a hard visit, write me one word: I call back."),
)  # fmt: skip
# Lines of a quarter that is over, each by another person; then those of one worker, of late.
ONCE: Final = ("ines", "melodie", "thierry", "karim", "yanick", "samir", "priya")
LATELY: Final = (
    (-16, "after_visit", "carrying", "Parler dans l’auto avant de rentrer : ça change la soirée."),
    (-9, "phone", "rights", ""),
    (-2, "corridor", "motivational", "Essayer de me taire plus longtemps après une question."),
)
# Who looked at where they stand in a half-year that is over, and how: a step for every sentence.
LOOKED: Final = (
    "ines", "melodie", "thierry", "karim", "yanick", "samir", "audrey", "marc-antoine", "farah",
    "priya",
)  # fmt: skip
CODES: Final = (
    "welcome", "listen", "ambivalence", "going_back", "safety", "harm", "consent", "duty",
    "partners", "difference", "limits",
)  # fmt: skip
NOW_OF_ONE: Final[Mapping[str, int]] = {
    "welcome": 4, "listen": 3, "ambivalence": 3, "going_back": 3, "safety": 3, "harm": 2,
    "consent": 3, "duty": 2, "partners": 3, "limits": 2,
}  # fmt: skip
WORDS: Final = (
    ("karim", "ines", "Ta façon d’attendre qu’elle parle en premier, jeudi : je la garde."),
    ("ines", "karim", "Merci d’avoir pris le téléphone à 17 h 05. Je suis rentrée plus légère."),
)


def play(loading: Loading) -> None:
    """Once, where these people work."""
    people = {person.slug for person in loading.said["people"]}
    named = {slug for slug, *_rest in OFFERED} | {*ONCE, *LOOKED}
    if not named <= people:
        return
    for name, act in (
        ("peers", _offer), ("lines", _keep_lines), ("groups", _practise), ("looks", _look),
        ("words", _say),
    ):  # fmt: skip
        playing.once(loading.id("supported", name), partial(act, loading))


def _offer(loading: Loading) -> None:
    now = clock.now()
    for slug, themes, languages, ways, reach, hours, words in OFFERED:
        by = playing.actor_of(loading, slug)
        offered = peers.Offered(
            loading.id("peer", slug), themes, languages, ways, reach, hours, words
        )
        with clock.at(now), context.acting_as(by):
            peers.offer(offered, by=by, at=now)


def _keep_lines(loading: Loading) -> None:
    before = _first_of_quarter(loading) - timedelta(days=20)
    for number, slug in enumerate(ONCE):
        _keep(loading, slug, before + timedelta(days=number), "corridor", "carrying", "")
    for day, kind, theme, words in LATELY:
        _keep(loading, "ines", playing.day_of(loading, day), kind, theme, words)
    with clock.at(clock.now()), context.acting_as(ROLLUPS):
        informal_support.count(by=ROLLUPS)


def _keep(loading: Loading, slug: str, on: date, kind: str, theme: str, words: str) -> None:
    by = playing.actor_of(loading, slug)
    at = _moment(loading, on)
    noted = informal_support.Noted(
        loading.id("support line", f"{slug} {on}"), on, kind, theme, words
    )
    with clock.at(at), context.acting_as(by):
        informal_support.note(noted, by=by, at=at)


def _practise(loading: Loading) -> None:
    opener, member = (playing.actor_of(loading, slug) for slug in ("karim", "ines"))
    group_id = loading.id("practice group", "motivational")
    opened = practice.Opened(
        group_id, "Les mots qui ouvrent", "motivational",
        "Une fois par mois, on rejoue une conversation à deux, puis on en parle.",
    )  # fmt: skip
    at = playing.moment_of(loading, -120, NOON)
    with clock.at(at), context.acting_as(opener):
        practice.open_group(opened, by=opener, at=at)
    with clock.at(at), context.acting_as(member):
        practice.join(_group(group_id, member).row, by=member, at=at)
    for day, planned_on, about in (
        (-100, -110, "Les questions ouvertes"),
        (-40, -50, "Refléter, puis se taire"),
        (8, -6, "Quand la personne revient en arrière"),
    ):
        starts_at = playing.moment_of(loading, day, NOON)
        planned = practice.Planned(
            loading.id("practice session", str(day)), starts_at, 60,
            PracticeSession.Way.BOTH, "Salle du fond, ou par le lien du groupe", about,
        )  # fmt: skip
        then = playing.moment_of(loading, planned_on, EVENING)
        with clock.at(then), context.acting_as(opener):
            practice.plan(planned, _group(group_id, opener), by=opener, at=then)
        with clock.at(then), context.acting_as(member):
            practice.come(PracticeSession.objects.get(pk=planned.id), by=member, at=then)


def _group(group_id: UUID, actor: Actor) -> Group:
    found = groups.group(group_id, actor=actor)
    assert found is not None
    return found


def _look(loading: Loading) -> None:
    before = _first_of_half(loading) - timedelta(days=30)
    for number, slug in enumerate(LOOKED):
        steps = {code: 1 + (number + 2 * place) % 4 for place, code in enumerate(CODES)}
        _look_of(loading, slug, before + timedelta(days=number), steps, "", counts=True)
    words = "Mieux parler du signalement, avant d’en avoir besoin."
    _look_of(loading, "ines", playing.day_of(loading, -3), NOW_OF_ONE, words, counts=False)
    with clock.at(clock.now()), context.acting_as(ROLLUPS):
        competencies.tell(by=ROLLUPS)


def _look_of(
    loading: Loading, slug: str, on: date, steps: Mapping[str, int], words: str, *, counts: bool
) -> None:
    by, at = playing.actor_of(loading, slug), _moment(loading, on)
    looked = competencies.Looked(loading.id("look", f"{slug} {on}"), steps, words, counts)
    with clock.at(at), context.acting_as(by):
        competencies.look(looked, by=by, at=at)


def _say(loading: Loading) -> None:
    now = clock.now()
    for number, (slug, to, text) in enumerate(WORDS):
        by, other = playing.actor_of(loading, slug), playing.actor_of(loading, to)
        written = appreciation.Written(
            loading.id("good word", str(number)), other.user_id, other.organisation_id, text
        )
        with clock.at(now), context.acting_as(by):
            appreciation.write(written, by=by, at=now)


def _moment(loading: Loading, on: date) -> datetime:
    return playing.moment_of(loading, (on - playing.day_of(loading, 0)).days, NOON)


def _first_of_quarter(loading: Loading) -> date:
    today = playing.day_of(loading, 0)
    return date(today.year, today.month - (today.month - 1) % 3, 1)


def _first_of_half(loading: Loading) -> date:
    today = playing.day_of(loading, 0)
    return date(today.year, 7 if today.month > 6 else 1, 1)
