"""The people of our tests. All are fictional; the same ones live in the demo region.

Maya, 16, is followed by Inès at La Maison. Louise coordinates the programme at the institute.
Samir works elsewhere and knows nobody here. Karim leads Inès's team. Constable Roy is of the
police partner, Dr Amrani is the psychotherapist, Nadia guards privacy at La Maison.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.conf import settings

from spheres.accounts.models import Membership, Organisation, Role, User
from spheres.core import clock, context
from spheres.core.actor import VISITOR, Actor, service
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Admission
from spheres.followup.notes import actions as notes
from spheres.regions import loading, registry
from spheres.regions import queries as regions
from spheres.regions.models import Region
from spheres.sharing import actions as sharing

MONDAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
FRIDAY = MONDAY + timedelta(days=4)
LOADER = service("loader")
# What a region says that names nobody: the cast brings its own people and organisations.
OF_THE_REGION = {
    "region", "vocabularies", "help_lines", "texts", "retention", "resources", "exercises",
    "questionnaires", "instruments", "trainings", "committees",
    "reflections", "self_assessment", "theory",
}  # fmt: skip


def uuid_of(word: str) -> UUID:
    """The same word always gives the same identifier."""
    return uuid5(NAMESPACE_DNS, f"{word}.cast.spheres")


@cache
def demo_folder() -> loading.Folder:
    """The demo region's files, read and checked once a run."""
    return loading.check(settings.ROOT / "regions" / "demo")


def load_words() -> None:
    """The demo's region, words, texts, lines and resources; neither its people nor its life."""
    folder = demo_folder()
    said = registry.Loading(folder.slug, folder.said, LOADER, MONDAY, MONDAY)
    for section in registry.sections():
        if section.name in OF_THE_REGION:
            section.apply(said)
    regions.forget()


@contextmanager
def acting(actor: Actor, at: datetime = MONDAY) -> Iterator[Actor]:
    """Act inside the test's own transaction, at a moment of the story."""
    with clock.at(at), context.acting_as(actor):
        yield actor


def yanick_answers_for_ines(
    cast: Cast, kind: str = "ON_CALL", until: datetime = MONDAY + timedelta(days=30)
) -> None:
    """From Monday, Yanick answers for those whom Inès accompanies: on call, or as a stand-in."""
    with acting(cast.ines):
        sharing.cover(
            uuid_of(f"Yanick {kind}"),
            kind=kind,
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            starts_at=MONDAY,
            ends_at=until,
            by=cast.ines,
            at=MONDAY,
        )


def add_organisation(slug: str, kind: str, *, regime: str = "P-39.1") -> Organisation:
    organisation = Organisation(
        id=uuid_of(slug),
        slug=slug,
        name_fr=slug.replace("-", " ").title(),
        name_en=slug.replace("-", " ").title(),
        kind=kind,
        is_partner=True,
        regime=regime,
        privacy_officer_fr="Direction",
        privacy_officer_en="Direction",
        incident_notice=["cai"],
    )
    Organisation.objects.bulk_create([organisation])
    return organisation


def add_person(
    name: str, organisation: Organisation, *roles: str, until: datetime | None = None
) -> Actor:
    slug = name.lower().replace(" ", "-")
    user = User(
        id=uuid_of(slug),
        email=f"{slug}@example.org",
        name=name,
        employer=User.Employer.COMMUNITY,
        report_duty=User.ReportDuty.MUST_SOME,
        languages=["fr"],
    )
    User.objects.bulk_create([user])
    Membership.objects.bulk_create(
        [
            Membership(
                id=uuid_of(f"{slug}-{role}"),
                user=user,
                organisation=organisation,
                role=role,
                job_title_fr="Titre",
                job_title_en="Title",
                starts_at=MONDAY - timedelta(days=400),
                ends_at=until,
            )
            for role in roles
        ]
    )
    return Actor(user.id, organisation.id, frozenset(roles))


@dataclass(frozen=True)
class Participant:
    """A young person of the cast, with the file that La Maison holds."""

    file_id: UUID
    name: str


@dataclass(frozen=True)
class Cast:
    institute: Organisation
    la_maison: Organisation
    elsewhere: Organisation
    police: Organisation
    foundation: Organisation
    louise: Actor
    ines: Actor
    yanick: Actor
    karim: Actor
    samir: Actor
    roy: Actor
    amrani: Actor
    nadia: Actor
    maya: Participant

    @classmethod
    def gather(cls, *, region: bool = True) -> Cast:
        """Build the world by the actions themselves, each in the name of whoever would do it."""
        with acting(LOADER):
            if region:
                load_words()
            institute = add_organisation("institut", "institute", regime="R-22.1")
            la_maison = add_organisation("la-maison", "community")
            elsewhere = add_organisation("ailleurs", "community")
            police = add_organisation("police", "police", regime="A-2.1")
            foundation = add_organisation("fondation", "psychotherapy")
            people = {
                "louise": add_person("Louise", institute, Role.COORDINATOR),
                "ines": add_person("Inès", la_maison, Role.YOUTH_WORKER),
                "yanick": add_person("Yanick", la_maison, Role.YOUTH_WORKER),
                "karim": add_person("Karim", la_maison, Role.TEAM_LEAD),
                "samir": add_person("Samir", elsewhere, Role.YOUTH_WORKER),
                "roy": add_person("Roy", police, Role.POLICE_MEMBER),
                "amrani": add_person("Dr Amrani", foundation, Role.PSYCHOTHERAPIST),
                "nadia": add_person("Nadia", la_maison, Role.PRIVACY_OFFICER),
            }
            if region:
                name_desk(institute)
                regions.region()  # read once, so that no page of a test pays for it
        # Before a region names its desk, nobody can be referred.
        maya = Participant(uuid_of("nobody yet"), "Maya")
        if region:
            maya = follow("Maya", desk=institute.id, louise=people["louise"], worker=people["ines"])
        return cls(institute, la_maison, elsewhere, police, foundation, maya=maya, **people)


@dataclass(frozen=True)
class Gathered:
    """The cast, gathered once in a database that stays, and what the region says there."""

    database: str
    cast: Cast
    said: regions.Photograph

    def lend(self) -> Cast:
        """These people for one test, and the region already read: no page of hers pays for it."""
        regions._photograph = replace(self.said, taken=time.monotonic())
        return copy.deepcopy(self.cast)


def name_desk(organisation: Organisation) -> None:
    """As the loader: referrals arrive there. Where no region is loaded, a bare one says so."""
    if not Region.objects.update(desk_organisation_id=organisation.id):
        bare = Region(
            id=uuid_of("a bare region"),
            slug="bare",
            is_demo=True,
            languages=["fr"],
            age_from=12,
            age_until=25,
            grace_months=0,
            referral_keep_days=90,
            contact_confirm_days=60,
            outing_grace_minutes=15,
            self_from=14,
            minimum_group=5,
            theme={},
            time_zone="America/Toronto",
            desk_organisation_id=organisation.id,
            loaded_at=MONDAY,
        )
        Region.objects.bulk_create([bare])


def refer(name: str, *, desk: UUID, at: datetime = MONDAY, age_band: str = "14-17") -> UUID:
    """A school refers a young person through the public form; returns the matter's identifier."""
    sent = admission.Sent(
        id=uuid_of(f"referral of {name}"),
        source="professional",
        channel="web",
        agreement="yes",
        age_band=age_band,
        language="fr",
        chosen_name=name,
        contact_channel="text",
        hours="15 h 30 à 17 h",
        words="signer « Café »",
        never="Jamais d’appel",
        wish="Dormir tranquille.",
        referrer_name="Mireille Fortin",
        referrer_role="psychoéducatrice",
        referrer_organisation="École des Rives",
        referrer_contact="mireille@example.org",
    )
    with acting(VISITOR, at):
        admission.refer(sent, desk=desk, by=VISITOR, at=at)
    return admission.file_of(sent.id)


def follow(name: str, *, desk: UUID, louise: Actor, worker: Actor) -> Participant:
    """From a referral to a follow-up with its first note."""
    file_id = refer(name, desk=desk)
    offer_id = uuid_of(f"offer of {name}")
    with acting(louise):
        admission.offer(file_id, to=worker.user_id, offer_id=offer_id, by=louise, at=MONDAY)
    with acting(worker):
        admission.accept(offer_id, desk=desk, by=worker, at=MONDAY)
        admission.meet(file_id, by=worker, at=MONDAY)
        admission.admit(
            file_id,
            admission.Conversation(
                id=uuid_of(f"admission of {name}"),
                recognition=Admission.Recognition.BOTH,
                agreed_by=Admission.AgreedBy.HERSELF,
                agreement_form=Admission.Form.ORAL,
                her_words="Je veux une place à moi.",
            ),
            by=worker,
            at=MONDAY,
        )
        sign_note(
            file_id,
            f"first note of {name}",
            by=worker,
            length="hour",
            her_words="J’ai dormi.",
            observation="Elle rit en parlant de son chat.",
            support="Chercher ensemble un lit pour jeudi.",
        )
    return Participant(file_id, name)


def sign_note(file_id: UUID, which: str, *, by: Actor, **said: Any) -> None:
    """Inside the worker's context: one meeting, told and signed."""
    written = notes.Written(id=uuid_of(which), kind="meeting", occurred_at=MONDAY, **said)
    notes.sign(file_id, written, by=by, at=MONDAY)
