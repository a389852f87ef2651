"""What does she share, tell outside, bar and have opened, with a word of ours in each text?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from spheres.core import clock
from spheres.followup.consents import actions as consents
from spheres.followup.consents.policy import By
from spheres.followup.disclosures import actions as disclosures
from spheres.followup.disclosures.actions import Prepared
from spheres.followup.exceptional import actions as exceptional
from spheres.followup.parts import actions as parts
from spheres.followup.restrictions import actions as restrictions
from spheres.followup.restrictions.policy import Barred, faces_of
from spheres.papers import actions as papers
from spheres.papers.checking import Answer
from spheres.papers.sandbox import Taken
from spheres.participants import queries as participants
from spheres.sharing.models import Disclosure, Form
from spheres.sharing.rules import LEGAL, NOTES, PLAN, SUMMARY
from tests.cast import MONDAY, uuid_of
from tests.proofs.committed_world import World

# Where each word is kept: the table, and the section its reading must name, if there is one.
SHARED = {
    "witness": ("consents_said", LEGAL),
    "told": ("disclosures_told", ""),
    "her_part": ("parts_part", NOTES),
    "their_name": ("parts_part", NOTES),
    "barred": ("restrictions_notice", LEGAL),
    "why": ("exceptional_reason", ""),
    "paper_name": ("papers_paper", LEGAL),
    "paper_words": ("papers_paper", LEGAL),
}
IN_TEN_DAYS = clock.day_of(MONDAY + timedelta(days=10))


def share(
    world: World, file_id: UUID, word: Callable[[str], str], *, police: bool
) -> dict[str, UUID]:
    """Each of them once; their identifiers, as the addresses ask for them.

    Whether the police is told something of hers, at her word.
    """
    cast, ids = world.cast, {
        name: uuid_of(f"{name} of her")
        for name in ("consent_id", "disclosure_id", "part_id", "restriction_id", "access_id")
    }  # fmt: skip
    agreed = consents.Given(
        id=ids["consent_id"], organisation_id=cast.elsewhere.pk, sections=(SUMMARY,),
        purpose="coordination", given_by=By.HERSELF, form=Form.ORAL, language="fr",
        text_version="1", ends_on=IN_TEN_DAYS, witness=word("witness"),
    )  # fmt: skip
    told = Prepared(
        id=ids["disclosure_id"], ground="CONSENT", purpose="MEETING", capacity="MEMBER",
        items={"NEEDS": word("told")}, ends_on=IN_TEN_DAYS, meeting_on=IN_TEN_DAYS,
        to_organisation_id=cast.police.pk, to_user_id=cast.roy.user_id,
        about={"given_by": "HERSELF", "form": "ORAL", "witness": "Karim", "language": "fr"},
    )  # fmt: skip
    theirs = parts.Said(
        id=ids["part_id"], organisation_id=cast.elsewhere.pk, what=word("her_part"),
        person=word("their_name"),
    )  # fmt: skip
    kept_out = restrictions.Said(
        id=ids["restriction_id"], barred=Barred(user_id=cast.karim.user_id),
        faces=tuple(faces_of([PLAN])), explained_by=cast.karim.user_id,
        explained_on=clock.day_of(MONDAY), decider=By.HERSELF, her_words=word("barred"),
    )  # fmt: skip
    with world.acting(cast.ines) as ines:
        person = participants.header(file_id, actor=ines)
        assert person is not None
        consents.give(file_id, agreed, person=person, by=ines, at=MONDAY)
        if police:
            disclosures.prepare(file_id, told, person=person, by=ines, at=MONDAY)
        parts.say(file_id, theirs, by=ines, at=MONDAY)
    if police:
        with world.acting(cast.karim) as karim:
            one = Disclosure.objects.get(pk=ids["disclosure_id"])
            disclosures.decide(
                one, step_id=uuid_of("decided"), is_approved=True, words="", by=karim, at=MONDAY
            )
    with world.acting(cast.ines) as ines:
        restrictions.restrict(file_id, kept_out, decides_alone=True, by=ines, at=MONDAY)
    with world.acting(cast.yanick) as yanick:
        became = exceptional.open_it(
            ids["access_id"], file_id, ground="LIFE", reason=word("why"), by=yanick, at=MONDAY
        )
        assert became == exceptional.OPENED
    return ids | a_paper(world, file_id, ids["consent_id"], word)


def a_paper(
    world: World, file_id: UUID, about: UUID, word: Callable[[str], str]
) -> dict[str, UUID]:
    """Its signed paper, as the sandbox would leave it."""
    sent = papers.Sent(
        uuid_of(f"paper of {file_id}"), about, b"", word("paper_name"), words=word("paper_words")
    )
    taken = Taken("JPEG", (b"One page.",))
    with world.acting(world.cast.ines) as ines:
        papers.keep_taken(file_id, "consent", sent, taken, Answer.NOT_ASKED, by=ines, at=MONDAY)
    return {"about_id": about, "paper_id": sent.id}
