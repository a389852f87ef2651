"""Who writes a protocol, who asks people, who asks for a table, who answers, who takes it away?"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.evaluation.research.models import ASKING, DECIDING, LOOKING, Extract, Protocol
from spheres.participants.models import WRITERS


def can_look(actor: Actor) -> Decision:
    """The coordination, those in charge of privacy, and those who do research."""
    if not actor.has(*LOOKING):
        return no(_("Research is followed by those who coordinate, protect privacy or do it."))
    return yes()


def can_write(actor: Actor, *, is_desk: bool) -> Decision:
    """The coordination of the programme, once a study was approved."""
    if not actor.has(Role.COORDINATOR) or not is_desk:
        return no(_("The coordination of the programme writes down what was approved."))
    return yes()


def can_end(actor: Actor, protocol: Protocol, *, is_desk: bool) -> Decision:
    """Whoever wrote it down says that it is over; the papers or the people may ask for it."""
    if not (allowed := can_write(actor, is_desk=is_desk)):
        return allowed
    return no(_("This study is over already.")) if protocol.ended_at else yes()


def is_live(protocol: Protocol, *, on: date) -> bool:
    """Whether people may be asked, and tables made, for it today."""
    return protocol.ended_at is None and protocol.starts_on <= on <= protocol.ends_on


def can_hand_card(actor: Actor, protocol: Protocol, *, on: date) -> Decision:
    """Whoever accompanies her tells her that the study exists, and no more."""
    if not actor.has(*WRITERS):
        return no(_("Whoever accompanies them hands the card over."))
    return yes() if is_live(protocol, on=on) else _over()


def can_ask_people(actor: Actor) -> Decision:
    """Somebody who does research, and accompanies nobody here: no yes is owed to one's worker."""
    if not actor.has(*ASKING):
        return no(_("Those who do research ask, each apart from their team."))
    if actor.has(*WRITERS):
        return no(_("Whoever accompanies people does not ask them for research."))
    return yes()


def can_ask_table(actor: Actor, protocol: Protocol, *, on: date) -> Decision:
    """Those who do research, while the study goes on."""
    if not actor.has(*ASKING):
        return no(_("Those who do research ask for a table."))
    return yes() if is_live(protocol, on=on) else _over()


def can_answer(
    actor: Actor, extract: Extract, protocol: Protocol, *, at_desk: bool, on: date
) -> Decision:
    """At the desk of the programme, another person than the one who asked; of a study that goes
    on."""
    if not actor.has(*DECIDING) or not at_desk:
        return no(_("The coordination, or whoever is in charge of privacy there, answers."))
    if extract.asked_by == actor.user_id:
        return no(_("Another person than the one who asked answers."))
    if extract.answered_at is not None:
        return no(_("It was answered already."))
    return yes() if is_live(protocol, on=on) else _over()


def can_take(actor: Actor, extract: Extract, protocol: Protocol, *, on: date) -> Decision:
    """The named researcher, until its last day."""
    if protocol.researcher_id != actor.user_id or not actor.has(Role.RESEARCHER):
        return no(_("The table is handed to the researcher whom the protocol names."))
    if extract.made_at is None or extract.expires_on is None:
        return no(_("This table is not made yet."))
    if extract.expires_on < on:
        return no(_("This table has expired: ask for another one."))
    return yes()


def can_drop(actor: Actor, protocol: Protocol) -> Decision:
    """Whoever holds the table takes a line out of every copy, and says so."""
    if protocol.researcher_id != actor.user_id or not actor.has(Role.RESEARCHER):
        return no(_("Whoever holds the table takes the line out, and says so."))
    return yes()


def _over() -> Decision:
    return no(_("This study has not begun, or is over."))
