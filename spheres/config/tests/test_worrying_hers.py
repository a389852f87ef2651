"""Does she read it with whoever wrote it alone, and does nothing else tell that there is one?"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from spheres.audit.models import Event
from spheres.followup.disclosures import documents
from spheres.followup.worrying import actions
from spheres.followup.worrying.tests.factories import LATER, REPORT, SAID, WHY, report, weigh
from spheres.followup.worrying.tests.test_actions import looked_at, walks_too
from spheres.followup.worrying.tests.test_pages import here, registers, seen, sends
from tests.cast import TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def signs(page: str) -> list[str]:
    """What would tell that there is a report, or who made it."""
    told = ("youth protection was called", SAID, "Rester près d’elle.", WHY, "it was weighed")
    return [word for word in told if word in page]


def test_what_somebody_else_reported_is_nowhere_for_a_colleague_who_reads_with_her(
    cast: Cast,
) -> None:
    """LPJ 44: whoever reads the file, alone or with her, does not know that there is a report."""
    walks_too(cast)
    file = f"/files/{cast.maya.file_id}/"
    pages = [*registers(cast), file, f"{file}who/",
             f"{file}communications/", f"{file}reading/"]  # fmt: skip
    before = {page: shape(seen(cast.yanick, page, TUESDAY)) for page in pages}
    report(cast, cast.ines, told_her="BEFORE", support="Rester près d’elle.")
    weigh(cast, cast.ines, uuid_of("another one"), told_her="BEFORE")
    looked_at(cast)
    seen(cast.ines, here(cast, "detail", REPORT), LATER)
    after = {page: shape(seen(cast.yanick, page, TUESDAY)) for page in pages}

    assert [page for page in pages if signs(after[page])] == []
    assert "Karim" not in after[registers(cast)[0]]
    assert [after[page] for page in registers(cast)] == [before[page] for page in registers(cast)]


def shape(page: str) -> str:
    """What is read of a page, without what changes from one request to the next."""
    return " ".join(text for text, _box in Page(page).texts if ":" not in text[:3])


def test_she_reads_it_with_whoever_wrote_it_once_told_and_nobody_is_named(cast: Cast) -> None:
    report(cast, cast.ines, support="Rester près d’elle.")
    looked_at(cast)
    before = [seen(cast.ines, where, TUESDAY) for where in registers(cast)]
    with acting(cast.ines, TUESDAY):
        told = actions.Told(uuid_of("told"), "AFTER")
        actions.tell(cast.maya.file_id, REPORT, told, by=cast.ines, at=TUESDAY)
    after = [seen(cast.ines, where, TUESDAY) for where in registers(cast)]

    assert [signs(page) for page in before] == [[], []]
    for page in after:
        assert signs(page) == ["youth protection was called", SAID, "Rester près d’elle."]
        line = page[page.index("youth protection was called") :][:900]
        assert [name for name in ("Inès", "Karim", "À deux.") if name in line] == []


def test_no_paper_holds_it_and_every_paper_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(cast, cast.ines, told_her="BEFORE")
    printed: list[str] = []
    register = documents.register

    def kept(lines: Any) -> bytes:
        printed.append(str([documents.sentences(line) for line in lines]))
        return register(lines)

    monkeypatch.setattr(documents, "register", kept)
    where = registers(cast)[0]
    answer = sends(signed_in(cast.ines, at=LATER, language="en"), where, LATER)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert printed == ["[]"]
    assert "is never on paper" in seen(cast.ines, where, LATER)


def test_opening_it_leaves_no_line_in_the_journal_of_the_file(cast: Cast) -> None:
    report(cast, cast.ines, told_her="BEFORE")
    for actor, page in (
        (cast.ines, here(cast, "detail", REPORT)),
        (cast.ines, registers(cast)[0]),
        (cast.karim, reverse("worrying:review", args=[REPORT])),
    ):
        seen(actor, page, LATER)

    with acting(cast.ines, LATER):
        lines = Event.objects.filter(chain_id=cast.maya.file_id)
        assert not lines.filter(record_ids__contains=[REPORT]).exists()
        assert not lines.filter(actor_id=cast.karim.user_id).exists()
        assert not lines.filter(action__startswith="worrying").exists()
