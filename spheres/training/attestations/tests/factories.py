"""What do tests of attestations need: topics, what is asked, and somebody from outside?"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.training.attestations import actions
from spheres.training.attestations.models import AskedTopics
from spheres.training.catalogue.models import Topic
from tests.cast import LOADER, MONDAY, acting, uuid_of

TOPICS = {"first": 36, "danger": 12, "yearly": 12, "for-good": 0}
OUTSIDER = {
    "name": "Mireille Fortin", "organisation": "École des Rives", "environment": "school",
}  # fmt: skip


def teach() -> None:
    """Four topics: one holds three years, two a year, one does not lapse."""
    with acting(LOADER):
        Topic.objects.bulk_create(
            Topic(
                id=uuid_of(slug), slug=slug, kind="INITIAL", position=place, after=[],
                title_fr=f"Thème {slug}", title_en=f"Topic {slug}", aims_fr=["Nommer."],
                aims_en=["To name."], minutes=210, languages=["fr"], valid_months=months,
            )
            for place, (slug, months) in enumerate(TOPICS.items())
        )  # fmt: skip


def asks(organisation_id: UUID | None = None) -> None:
    """Two topics to begin, then another each year."""
    with acting(LOADER):
        AskedTopics.objects.bulk_create(
            [
                AskedTopics(
                    id=uuid_of(f"asked by {organisation_id}"),
                    organisation_id=organisation_id,
                    begin=["first", "danger"],
                    renew=["yearly"],
                )
            ]
        )


def attest(
    which: str, who: Actor, topic: str, on: date, *, by: Actor, at: datetime = MONDAY
) -> UUID:
    """What a paper says, written by the coordination."""
    with acting(by, at):
        shown = actions.Shown(topic, on, "fr", who.user_id)
        actions.attest(uuid_of(which), shown, by=by, at=at)
    return uuid_of(which)


def attest_outside(which: str, topic: str, on: date, *, by: Actor, at: datetime = MONDAY) -> UUID:
    with acting(by, at):
        actions.attest(uuid_of(which), actions.Shown(topic, on, "fr", **OUTSIDER), by=by, at=at)
    return uuid_of(which)
