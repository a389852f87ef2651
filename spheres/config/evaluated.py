"""What was told of a year, and what left for research, in a demonstration?

A report that is locked and one that is being written; a study, cards handed over, answers nobody
reads, a table that was taken, a line to take out of it, another table that waits for an answer.
Played once, after the figures are published.
"""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from typing import Final

from spheres.accounts.models import Role
from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import Actor, service
from spheres.evaluation.reports import actions as reports
from spheres.evaluation.reports import queries as told
from spheres.evaluation.reports.models import Place, Report
from spheres.evaluation.research import actions
from spheres.evaluation.research.actions import Approved
from spheres.evaluation.research.models import Answer, Extract, Protocol
from spheres.followup.admission.models import AgeBand
from spheres.participants import queries as participants
from spheres.regions.registry import Loading

NOON: Final = time(12, 20)
LATER: Final = time(15, 40)
SERVICE: Final = service("research")
NEEDED: Final = {"louise", "patrice", "ariane", "wilfrid"}
WRITTEN, HANDED, ASKED, WANTED, MADE, TAKEN, TAKEN_BACK, LOOKED, AGAIN = (
    -120, -60, -55, -21, -20, -19, -5, -4, -2,
)  # fmt: skip
MOST: Final = 40  # cards
SAYS_NO: Final = 6  # each sixth
PARTS: Final = ("age", "came", "where", "since", "stands", "met", "steps", "needs")
TITLE: Final = (
    "Ce qui aide à tenir un lien dans la durée",
    "What helps to keep a bond over time",
)
TOLD: Final = (
    "Une équipe de l’Université du Fleuve veut comprendre ce qui aide un accompagnement à durer. "
    "Elle reçoit des nombres et des trimestres : jamais ton nom, jamais un texte, jamais un jour "
    "précis. Dire non, ou ne rien dire, ne change rien à l’aide.",
    "A team of Université du Fleuve wants to understand what helps support to last. It receives "
    "numbers and quarters: never your name, never a text, never an exact day. Saying no, or "
    "saying nothing, changes nothing to the help.",
)
WORDS: Final = {
    Place.OPENING: (
        "Cette année, les six organismes ont surtout appris à attendre : un lien qui se noue "
        "lentement tient mieux.",
        "This year the six organisations mostly learnt to wait: a bond that is slow to form "
        "holds better.",
    ),
    Place.FOLLOW_UP: (
        "Revenir fait partie du chemin : les retours comptés ici sont des portes restées ouvertes.",
        "Coming back is part of the way: the returns counted here are doors that stayed open.",
    ),
}


def play(loading: Loading) -> None:
    """Once, where these people work."""
    if not {person.slug for person in loading.said["people"]} >= NEEDED:
        return
    playing.once(loading.id("evaluated", "report"), partial(_report, loading))
    playing.once(loading.id("evaluated", "study"), partial(_study, loading))
    playing.once(loading.id("evaluated", "answers"), partial(_ask_people, loading))
    playing.once(loading.id("evaluated", "table"), partial(_table, loading))
    playing.once(loading.id("evaluated", "taken back"), partial(_take_back, loading))


def _report(loading: Loading) -> None:
    """Of the newest year that is over, if one is; then the funder's, begun."""
    by, at = playing.of_the_desk(loading), playing.moment_of(loading, AGAIN, NOON)
    with clock.at(at), context.acting_as(by):
        years = told.years_over(actor=by)
        if not years:
            return
        yearly, funder = (loading.id("report", kind) for kind in Report.Kind)
        report = reports.begin(yearly, Report.Kind.YEARLY, years[0], by=by, at=at)
        for place, words in WORDS.items():
            passage = loading.id("report words", place)
            reports.write(passage, report, place, words, since=0, by=by, at=at)
        reports.lock(report, by=by, at=at)
        reports.begin(funder, Report.Kind.FUNDER, years[0], by=by, at=at)


def _study(loading: Loading) -> None:
    by, at = playing.of_the_desk(loading), playing.moment_of(loading, WRITTEN, NOON)
    approved = Approved(
        title=TITLE,
        told=TOLD,
        theme="services",
        ethics="CER-2026-114-F",
        assessment="EFVP-2026-03",
        agreement="ENT-2026-07",
        parts=PARTS,
        takes_under_14=False,
        researcher_id=loading.id("person", "ariane"),
        starts_on=playing.day_of(loading, WRITTEN),
        ends_on=playing.day_of(loading, WRITTEN + 730),
    )
    with clock.at(at), context.acting_as(by):
        actions.write(loading.id("study", "bond"), approved, by=by, at=at)


def _the_study(loading: Loading) -> Protocol:
    return Protocol.objects.get(pk=loading.id("study", "bond"))


def _ask_people(loading: Loading) -> None:
    """Each worker hands cards over; Patrice asks, a few days later, whoever brings one."""
    asks, codes = playing.actor_of(loading, "patrice"), list[tuple[str, str]]()
    for worker in _workers(loading):
        codes += _hand(loading, worker)
    for place, (card, code) in enumerate(codes[:MOST], start=1):
        _answer(loading, asks, card, code, ASKED, agrees=bool(place % SAYS_NO))


def _workers(loading: Loading) -> list[Actor]:
    roles = {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT}
    found = [person.slug for person in loading.said["people"] if roles & {*person.roles}]
    return [playing.actor_of(loading, slug) for slug in sorted(found)]


def _hand(loading: Loading, by: Actor) -> list[tuple[str, str]]:
    at, codes = playing.moment_of(loading, HANDED, NOON), []
    with clock.at(at), context.acting_as(by):
        protocol = _the_study(loading)
        for one in participants.mine(actor=by):
            if one.identity.age_band != AgeBand.UNDER_14:
                file_id = one.identity.file_id
                card_id = loading.id("research card", str(file_id))
                code = actions.hand_card(file_id, card_id, protocol, by=by, at=at)
                codes.append((str(card_id), code))
    return codes


def _answer(loading: Loading, by: Actor, card: str, code: str, day: int, *, agrees: bool) -> None:
    at = playing.moment_of(loading, day, LATER)
    with clock.at(at), context.acting_as(by):
        actions.answer_of(
            loading.id("research answer", f"{card} {day}"),
            code,
            agrees=agrees,
            giver=Answer.Giver.HERSELF,
            by=by,
            at=at,
        )


def _ask_table(loading: Loading, which: str, day: int) -> None:
    by, at = playing.actor_of(loading, "ariane"), playing.moment_of(loading, day, NOON)
    with clock.at(at), context.acting_as(by):
        actions.ask(loading.id("table", which), _the_study(loading), by=by, at=at)


def _table(loading: Loading) -> None:
    """Asked for, approved by the coordination, made, taken away; and another that waits."""
    _ask_table(loading, "first", WANTED)
    louise, at = playing.of_the_desk(loading), playing.moment_of(loading, MADE, NOON)
    with clock.at(at), context.acting_as(louise):
        extract = Extract.objects.get(pk=loading.id("table", "first"))
        protocol = _the_study(loading)
        actions.decide(protocol, extract, approves=True, words="", by=louise, at=at)
    later = at + timedelta(hours=1)
    with clock.at(later), context.acting_as(SERVICE):
        actions.make(by=SERVICE, at=later)
    ariane, day = playing.actor_of(loading, "ariane"), playing.moment_of(loading, TAKEN, NOON)
    with clock.at(day), context.acting_as(ariane):
        extract = Extract.objects.get(pk=loading.id("table", "first"))
        actions.take(extract, protocol, loading.id("taken", "first"), by=ariane, at=day)


def _take_back(loading: Loading) -> None:
    """Somebody changes their mind, card in hand: a line is to be dropped, another table waits."""
    wilfrid = playing.actor_of(loading, "wilfrid")
    for worker in _workers(loading):
        codes = _hand(loading, worker)  # the same cards: they bear the same codes
        if codes:
            _answer(loading, wilfrid, *codes[0], TAKEN_BACK, agrees=False)
            break
    at = playing.moment_of(loading, LOOKED, NOON)
    with clock.at(at), context.acting_as(SERVICE):
        actions.look(by=SERVICE, at=at)
    _ask_table(loading, "second", AGAIN)
