"""A study of the tests: who coordinates it, who asks, who is handed a table, who has a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from spheres.accounts.models import Role
from spheres.core.actor import Actor, service
from spheres.evaluation.research import actions, queries, standing
from spheres.evaluation.research.actions import Approved
from spheres.evaluation.research.models import Answer, Card, Extract, Protocol
from spheres.evaluation.research.recipe import PARTS
from spheres.followup.restrictions import actions as restrictions
from spheres.followup.restrictions.models import SaidBy
from spheres.participants.models import Identity
from spheres.records import codes
from spheres.records.between.places import Handed
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_organisation, add_person, uuid_of

SERVICE = service("research")
STUDY = uuid_of("a study")
APRIL = datetime.fromisoformat("2026-04-02T12:00:00+00:00")
SOON = MONDAY + timedelta(minutes=1)
LATER = APRIL + timedelta(minutes=1)


@dataclass(frozen=True)
class Team:
    """Those who do research, and whoever answers for privacy at the desk."""

    cast: Cast
    researcher: Actor
    officer: Actor
    privacy: Actor


def team(cast: Cast) -> Team:
    with acting(LOADER):
        group = add_organisation("equipe-de-recherche", "research")
        return Team(
            cast,
            add_person("Rose", group, Role.RESEARCHER),
            add_person("Patrice", cast.institute, Role.RESEARCH_OFFICER),
            add_person("Odile", cast.institute, Role.PRIVACY_OFFICER),
        )


def approved(
    researcher: Actor,
    *,
    theme: str = "services",
    takes_under_14: bool = False,
    ends_on: date = date(2027, 2, 28),
    parts: tuple[str, ...] = tuple(part.code for part in PARTS),
) -> Approved:
    return Approved(
        title=("Ce qui aide", "What helps"),
        told=("On veut savoir ce qui aide.", "We want to know what helps."),
        theme=theme,
        ethics="CER-2026-14",
        assessment="EFVP-7",
        agreement="ENT-2026-3",
        parts=parts,
        takes_under_14=takes_under_14,
        researcher_id=researcher.user_id,
        starts_on=date(2026, 3, 1),
        ends_on=ends_on,
    )


def study(here: Team, study_id: UUID = STUDY, at: datetime = MONDAY, **said: object) -> Protocol:
    louise = here.cast.louise
    with acting(louise, at):
        actions.write(study_id, approved(here.researcher, **said), by=louise, at=at)  # type: ignore[arg-type]
        found = queries.find(study_id, actor=louise)
    assert found is not None
    return found


def card(protocol: Protocol, file_id: UUID, *, by: Actor, at: datetime = MONDAY) -> str:
    """The code that she takes away."""
    which = uuid_of(f"card {protocol.pk} {file_id}")
    with acting(by, at):
        return actions.hand_card(file_id, which, protocol, by=by, at=at)


def said(
    code: str,
    agrees: bool,
    *,
    by: Actor,
    at: datetime = MONDAY,
    giver: str = Answer.Giver.HERSELF,
) -> object:
    with acting(by, at):
        return actions.answer_of(
            uuid_of(f"{code} {at} {agrees}"), code, agrees=agrees, giver=giver, by=by, at=at
        )


def of_age(file_id: UUID, age_band: str, *, by: Actor, at: datetime = SOON) -> None:
    """Her age is noted; nothing else of her is."""
    row = Identity(
        id=uuid_of(f"age {file_id} {at}"),
        file_id=file_id,
        age_band=age_band,
        language="fr",
        written_by=by.user_id,
        written_at=at,
    )
    with acting(by, at):
        vault.lock(row, chosen_name="Une personne", pronouns="", birth_date="", interpreter="")
        Identity.objects.bulk_create([row])


def asked(here: Team, protocol: Protocol, which: str = "a table", at: datetime = APRIL) -> UUID:
    """A table, asked for by the researcher, answered yes by the coordination."""
    with acting(here.researcher, at):
        actions.ask(uuid_of(which), protocol, by=here.researcher, at=at)
    return uuid_of(which)


def made(here: Team, protocol: Protocol, which: str = "a table", at: datetime = APRIL) -> Extract:
    extract_id, louise = asked(here, protocol, which, at), here.cast.louise
    with acting(louise, at):
        extract = Extract.objects.get(pk=extract_id)
        actions.decide(protocol, extract, approves=True, words="", by=louise, at=at)
    with acting(SERVICE, at):
        actions.make(by=SERVICE, at=at)
        return Extract.objects.get(pk=extract_id)


def lines_of(here: Team, extract: Extract, at: datetime = LATER) -> list[list[str]]:
    """What the researcher reads of it."""
    with acting(here.researcher, at):
        return queries.lines(extract, actor=here.researcher) or []


def the(here: Team) -> Protocol:
    with acting(here.cast.louise):
        return Protocol.objects.get(pk=STUDY)


def file_of(here: Team, code: str) -> UUID:
    with acting(here.cast.samir):
        [found] = Card.objects.filter(digest=codes.digest_of(queries.USE, code))
    return found.file_id


def refuse(worker: Actor, file_id: UUID, theme: str, at: datetime = TUESDAY) -> None:
    with acting(worker, at):
        restrictions.refuse(
            file_id, uuid_of(f"refusal {file_id}"), [("RESEARCH", theme)],
            decider=SaidBy.HERSELF, decides_alone=True, by=worker, at=at,
        )  # fmt: skip


def waiting(actor: Actor) -> list[Handed]:
    return standing.waiting(actor=actor)


def the_one(extract: Extract) -> Protocol:
    return Protocol.objects.get(pk=extract.protocol_id)


def decided(protocol: Protocol, which: str, by: Actor) -> None:
    extract = Extract.objects.get(pk=uuid_of(which))
    actions.decide(protocol, extract, approves=True, words="", by=by, at=APRIL)
