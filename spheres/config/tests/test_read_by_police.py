"""Does the person in charge of privacy read how many readings police accounts made? None."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.disclosures.tests import factories as disclosed
from spheres.followup.openings import queries
from spheres.followup.openings.queries import ByPolice
from tests.cast import LOADER, TUESDAY, Cast, acting, add_person
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
A_YEAR_LATER = TUESDAY + timedelta(days=366)


def counted(actor: Actor, at: datetime = TUESDAY) -> ByPolice:
    with acting(actor, at):
        return queries.by_police(actor=actor, at=at)


def page(actor: Actor, language: str = "fr") -> str:
    with clock.at(TUESDAY):
        answer = signed_in(actor, at=TUESDAY, language=language).get("/openings/")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def reads_a_file(cast: Cast) -> None:
    """As if the wall had a hole: in Roy's own chain, a line says that he opened notes of hers. In
    hers, the database lets him write none."""
    with acting(cast.roy, disclosed.SOON):
        audit.record("open", by=cast.roy, sections=["notes"], records=[cast.maya.file_id])


def test_none_is_read_and_what_she_chose_to_tell_is_counted_apart(cast: Cast) -> None:
    before = counted(cast.nadia)
    disclosed.told(cast)
    disclosed.reads(cast.roy)

    assert (before, counted(cast.nadia)) == (ByPolice(0, 0), ByPolice(0, 1))
    with untranslated() as missing:
        said = page(cast.nadia)
    assert missing == set()
    assert "0 lecture d’un dossier" in said
    assert "a été ouvert 1 fois" in said
    assert "Il ne doit y en avoir aucune" not in said


def test_one_that_should_not_be_is_counted_and_the_page_says_what_to_do(cast: Cast) -> None:
    reads_a_file(cast)

    assert counted(cast.nadia) == ByPolice(1, 0)
    said = page(cast.nadia, language="en")
    assert "1 reading of a file" in said
    assert "This must be none" in said
    assert [words in said for words in ("Maya", "Roy")] == [False, False]


def test_in_her_chain_the_police_write_nothing(cast: Cast) -> None:
    hers = {"file_id": cast.maya.file_id, "sections": ["notes"]}
    with acting(cast.roy, TUESDAY), pytest.raises(ProgrammingError), transaction.atomic():
        audit.record("open", by=cast.roy, **hers)


def test_it_is_of_the_files_held_here_and_of_the_last_year(cast: Cast) -> None:
    reads_a_file(cast)
    with acting(LOADER):
        elsewhere = add_person("Norbert", cast.elsewhere, Role.PRIVACY_OFFICER)

    assert counted(elsewhere) == ByPolice(0, 0)
    assert counted(cast.nadia, A_YEAR_LATER) == ByPolice(0, 0)


def test_nobody_else_asks(cast: Cast) -> None:
    for actor in (cast.ines, cast.karim, cast.louise, cast.roy):
        with acting(actor, TUESDAY), pytest.raises(ProgrammingError), transaction.atomic():
            queries.by_police(actor=actor, at=TUESDAY)
