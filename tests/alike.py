"""How does a nurse refer Kim, a shelter Kimberly, and one worker take both on?

What the tests of possible matches need of the folders beside theirs.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.core.actor import VISITOR, Actor, service
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Admission
from spheres.followup.dossier import queries as dossier
from spheres.followup.likeness import queries as likeness
from spheres.followup.notes.models import Note
from spheres.participants import queries as participants
from spheres.participants.models import Assignment
from spheres.public import queries as public
from tests.cast import MONDAY, Cast, acting, uuid_of

NURSE = {
    "referrer_name": "Rita Calloway", "referrer_role": "nurse",
    "referrer_organisation": "CLSC", "referrer_contact": "514 555-0199",
}  # fmt: skip
SHELTER = {
    "referrer_name": "Joanne Fox", "referrer_role": "shelter worker",
    "referrer_organisation": "Harbour Light", "referrer_contact": "joanne@example.org",
}  # fmt: skip
PHONE = "514 555-0142"


def sent(name: str, words: str = "", **said: str) -> admission.Sent:
    """What a referrer writes of an English-speaking person of 14 to 17."""
    told: dict[str, str] = {
        "source": "professional", "channel": "web", "agreement": "yes", "age_band": "14-17",
        "language": "en", "contact_channel": "text", **NURSE, **said,
    }  # fmt: skip
    return admission.Sent(id=uuid_of(f"alike {name}"), chosen_name=name, words=words, **told)


def refer(cast: Cast, name: str, words: str = "", *, at: datetime = MONDAY, **said: str) -> UUID:
    """By the public form; returns the matter's identifier."""
    told = sent(name, words, **said)
    with acting(VISITOR, at):
        admission.refer(told, desk=cast.institute.id, by=VISITOR, at=at)
    return admission.file_of(told.id)


def take_on(
    cast: Cast, file_id: UUID, worker: Actor, *, at: datetime = MONDAY, admitted: bool = False
) -> UUID:
    """Offered by Louise, accepted by this worker; admitted when asked."""
    offer_id = uuid_of(f"offer {file_id} {worker.user_id}")
    with acting(cast.louise, at):
        admission.offer(file_id, to=worker.user_id, offer_id=offer_id, by=cast.louise, at=at)
    with acting(worker, at):
        admission.accept(offer_id, desk=cast.institute.id, by=worker, at=at)
    if admitted:
        admit(file_id, worker, at=at)
    return file_id


def assign(file_id: UUID, to: Actor, *, by: Actor, at: datetime) -> None:
    """Whoever accompanies her brings a colleague in."""
    row = Assignment(
        id=uuid_of(f"{to.user_id} {file_id}"), file_id=file_id, user_id=to.user_id, starts_at=at
    )
    with acting(by, at):
        Assignment.objects.bulk_create([row])


def admit(file_id: UUID, worker: Actor, *, at: datetime) -> None:
    """They met, and she said that this is for her."""
    talk = admission.Conversation(
        id=uuid_of(f"admission {file_id}"),
        recognition=Admission.Recognition.NOW,
        agreed_by=Admission.AgreedBy.HERSELF,
        agreement_form=Admission.Form.ORAL,
    )
    with acting(worker, at):
        admission.meet(file_id, by=worker, at=at)
        admission.admit(file_id, talk, by=worker, at=at)


def type_in(cast: Cast, name: str, **said: str) -> UUID:
    """Louise writes down a call."""
    told = sent(name, channel="phone", **said)
    with acting(cast.louise):
        admission.type_in(told, desk=cast.institute.id, by=cast.louise, at=MONDAY)
    return admission.file_of(told.id)


def expire(file_id: UUID, *, at: datetime) -> bool:
    """Nobody came: what was said is erased."""
    expiry = service("expiry")
    with acting(expiry, at):
        return admission.expire(file_id, before=at, by=expiry, at=at)


def number(name: str) -> str:
    """The number of the receipt, as the desk shows it."""
    return admission.number_of(sent(name).id)


def receipts(*names: str, at: datetime) -> list[str]:
    """What each referrer reads with the number and the code of her receipt."""
    with acting(VISITOR, at):
        return [
            public.stands(
                admission.asked_by(admission.number_of(form), admission.code_of(form)),
                actor=VISITOR,
            )
            for form in (sent(name).id for name in names)
        ]


def people(actor: Actor, *, at: datetime) -> list[str]:
    """The names among which this worker looks."""
    with acting(actor, at):
        return [one.name for one in dossier.my_people(actor=actor).shown]


def reads(actor: Actor, file_id: UUID, *, at: datetime) -> bool:
    """Whether this file opens to this person."""
    with acting(actor, at):
        known = participants.known(file_id, actor=actor)
        return known is not None and not known.is_for_a_while


def around(actor: Actor, file_id: UUID, *, at: datetime) -> likeness.Around:
    """What her page of this file finds around it."""
    with acting(actor, at):
        known = participants.known(file_id, actor=actor)
        if known is not None:
            dossier.dossier(file_id, known, actor=actor)
        return likeness.around(file_id)


def notes_in(file_id: UUID, actor: Actor, *, at: datetime) -> int:
    with acting(actor, at):
        return Note.objects.filter(file_id=file_id).count()
