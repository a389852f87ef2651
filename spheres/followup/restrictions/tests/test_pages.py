"""What do the pages show, ask and answer when she keeps somebody out, or refuses?"""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from spheres.accounts.models import User
from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.restrictions import actions, queries
from spheres.followup.restrictions import standing as on_file
from spheres.followup.restrictions.models import Refusal, SaidBy
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import (
    at_the_desk,
    bar,
    explained,
    get,
    sees,
    send,
    walk_beside,
)
from spheres.participants.models import Identity
from spheres.sharing.models import Restriction
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting
from tests.pages import Page

pytestmark = pytest.mark.django_db


def where(cast: Cast, page: str = "page", *more: Any) -> str:
    return reverse(f"restrictions:{page}", args=[cast.maya.file_id, *more])


def new(cast: Cast) -> str:
    return where(cast, "restrict", cast.la_maison.pk)


def typed(cast: Cast, who: str = "yanick", **more: Any) -> dict[str, Any]:
    return {
        "whom": f"u {getattr(cast, who).user_id}",
        "extent": "EVERYTHING",
        "her_words": "C’est mon voisin.",
        "explained_by": str(cast.karim.user_id),
        "explained_on": "2026-03-03",
    } | more


def main(answer: Any) -> str:
    text = str(answer.content.decode())
    return text[text.index("<main") :]


def standing(cast: Cast) -> int:
    with acting(cast.ines, TUESDAY):
        return Restriction.objects.filter(file_id=cast.maya.file_id).count()


@pytest.fixture
def ines(cast: Cast) -> Client:
    grow(cast, "2009-05-04")
    return at_the_desk(cast.ines)


def grow(cast: Cast, birth_date: str) -> None:
    """Maya says her day of birth."""
    with acting(cast.ines, MONDAY):
        row = Identity(id=uuid4(), file_id=cast.maya.file_id, age_band="14-17", language="fr",
                       written_by=cast.ines.user_id, written_at=TUESDAY)  # fmt: skip
        vault.lock(row, chosen_name="Maya", birth_date=birth_date)
        Identity.objects.bulk_create([row])


def test_the_effects_are_read_before_anything_is_kept(cast: Cast, ines: Client) -> None:
    walk_beside(cast, cast.yanick)

    shown = send(ines, new(cast), **typed(cast))

    said = main(shown)
    assert shown.status_code == 200
    assert "Yanick sees today: their name, how to reach them" in said
    assert "Yanick will see nothing of it any more." in said
    assert "It yields only to a danger to life" in said
    assert "Care goes on" in said
    assert (standing(cast), sees(cast, cast.yanick)) == (0, True)


def test_kept_once_confirmed_it_stands_on_the_page_with_who_explained(
    cast: Cast, ines: Client
) -> None:
    walk_beside(cast, cast.yanick)

    kept = send(ines, new(cast), **typed(cast), step="confirm")

    page = main(get(ines, where(cast)))
    assert (kept.status_code, kept["Location"]) == (302, where(cast))
    assert (standing(cast), sees(cast, cast.yanick)) == (1, False)
    assert "Does not see: the whole file." in page
    assert "Explained by Karim" in page
    assert "C’est mon voisin." in page


def test_pressed_twice_it_is_kept_once(cast: Cast, ines: Client) -> None:
    with clock.at(TUESDAY):
        number = Page(ines.get(new(cast)).content.decode()).fields["form_id"]
        sent = {"form_id": number, **typed(cast), "step": "confirm"}
        answers = [ines.post(new(cast), sent)["Location"] for _twice in range(2)]

    assert (answers, standing(cast)) == ([where(cast)] * 2, 1)


def test_going_back_to_change_keeps_nothing_and_loses_nothing(cast: Cast, ines: Client) -> None:
    shown = send(ines, new(cast), **typed(cast), step="change")

    assert (shown.status_code, standing(cast)) == (200, 0)
    assert "C’est mon voisin." in main(shown)


def test_some_parts_only_are_named_in_the_effects(cast: Cast, ines: Client) -> None:
    walk_beside(cast, cast.yanick)

    shown = send(ines, new(cast), **typed(cast, extent="SOME", parts=["notes", "health"]))

    assert "Yanick will no longer see: the notes, their health, legal matters." in main(shown)


def test_some_parts_without_any_ticked_is_said_beside_the_question(
    cast: Cast, ines: Client
) -> None:
    shown = send(ines, new(cast), **typed(cast, extent="SOME"))

    assert (shown.status_code, standing(cast)) == (422, 0)
    assert "Tick at least one part." in main(shown)


def test_the_effects_are_not_explained_tomorrow(cast: Cast, ines: Client) -> None:
    shown = send(ines, new(cast), **typed(cast, explained_on="2026-03-04"))

    assert (shown.status_code, standing(cast)) == (422, 0)


def test_whoever_is_barred_by_what_she_writes_names_who_goes_on_and_leaves_without_a_name(
    cast: Cast, ines: Client
) -> None:
    shown = send(ines, new(cast), **typed(cast, "ines"))
    alone = send(ines, new(cast), **typed(cast, "ines"), step="confirm")
    assert "It bars you too" in main(shown)
    assert (alone.status_code, sees(cast, cast.ines)) == (422, True)

    with clock.at(TUESDAY):
        number = Page(ines.get(new(cast)).content.decode()).fields["form_id"]
        sent = {
            "form_id": number,
            **typed(cast, "ines"),
            "goes_on_with": str(cast.yanick.user_id),
            "step": "confirm",
        }
        answers = [ines.post(new(cast), sent)["Location"] for _twice in range(2)]
        done = main(ines.get("/closed-to-you/"))

    assert answers == ["/closed-to-you/"] * 2
    assert (sees(cast, cast.ines), sees(cast, cast.yanick)) == (False, True)
    assert "Maya" not in done
    # Another form, sent to a file that is closed: the same answer as for nobody's.
    assert send(ines, new(cast), **typed(cast)).status_code == 404


def test_a_file_of_nobody_known_by_an_old_form_answers_nothing(cast: Cast, ines: Client) -> None:
    with clock.at(TUESDAY):
        forged = ines.post(new(cast).replace(str(cast.maya.file_id), str(cast.ines.user_id)),
                           {"form_id": "x", "step": "confirm"})  # fmt: skip

    assert forged.status_code == 404


def test_an_organisation_that_is_none_of_the_programme_is_no_page(cast: Cast, ines: Client) -> None:
    assert get(ines, where(cast, "restrict", cast.maya.file_id)).status_code == 404


def test_under_14_or_when_the_age_is_not_known_somebody_signs(cast: Cast) -> None:
    grow(cast, "2012-12-01")
    ines = at_the_desk(cast.ines)
    fields = Page(get(ines, new(cast)).content.decode()).fields
    alone = send(ines, new(cast), **typed(cast), step="confirm")
    signed = {"decider": SaidBy.TUTOR.value, "signed_with": "Sa tutrice"}

    kept = send(ines, new(cast), **typed(cast), **signed, step="confirm")

    assert {"decider", "signed_with"} <= fields.keys()
    assert (alone.status_code, kept.status_code, standing(cast)) == (422, 302, 1)


def test_an_age_that_nobody_knows_takes_the_stricter_way(cast: Cast) -> None:
    with acting(cast.ines, MONDAY):
        known = Identity.objects.filter(file_id=cast.maya.file_id).values_list(
            "age_band", flat=True
        )
        bands = set(known)
    person = queries.participants.Header(
        **dict.fromkeys(
            ("file_id", "name", "pronouns", "birth_date", "interpreter", "language", "age_band",
             "holder", "channel", "hours", "words", "never"),
            "",
        )
    )  # fmt: skip

    assert bands == {"14-17"}
    assert not person.decides_alone(on=clock.day_of(TUESDAY), since_age=14)


def test_a_full_name_typed_is_looked_at_again_and_not_refused(cast: Cast, ines: Client) -> None:
    named = typed(cast, her_words="Pas Steve Tremblay.")

    looked = send(ines, new(cast), **named)
    again = send(ines, new(cast), **named, looked_again="yes")

    assert (looked.status_code, again.status_code) == (422, 200)
    assert "What it changes" in main(again)


def test_the_notice_on_paper_says_what_the_regulation_asks(cast: Cast, ines: Client) -> None:
    which = bar(cast, Barred(user_id=cast.yanick.user_id), contact="par Inès")

    with clock.at(TUESDAY):
        made = ines.post(where(cast, "notice", which))

    said = PdfReader(io.BytesIO(made.content)).pages[0].extract_text()
    asked = (
        "Notice of restriction of access", "R-22.1", "Maya", "par Inès", "Yanick",
        "the whole file", "C’est entre nous.", "March 3", "Inès",
        "Signature of the person who restricts", "Date",
    )  # fmt: skip
    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"] == 'attachment; filename="notice.pdf"'
    assert [words for words in asked if words not in said.replace("\n", " ")] == []
    with acting(cast.ines, TUESDAY):
        assert Event.objects.filter(
            chain_id=cast.maya.file_id, action="restriction.on_paper"
        ).exists()


def test_lifted_from_the_page_it_stays_readable_with_its_dates(cast: Cast, ines: Client) -> None:
    which = bar(cast, Barred(user_id=cast.samir.user_id))

    lifted = send(ines, where(cast, "lift", which), her_words="C’est correct.")

    page = main(get(ines, where(cast)))
    assert (lifted.status_code, "Does not see" in page) == (302, False)
    assert "C’est correct." in page


def test_refusals_stand_once_on_the_file_and_are_taken_back(cast: Cast, ines: Client) -> None:
    said = {"relatives": ["PARENTS", "SIBLINGS"], "themes": ["health"], **explained(cast)}
    send(ines, where(cast, "refuse"), **said)
    refuse(cast, ("RELATIVES", "PARENTS"))
    file = main(get(ines, reverse("dossier:file", args=[cast.maya.file_id])))
    with acting(cast.ines, TUESDAY):
        rows = list(queries.refusals(cast.maya.file_id, actor=cast.ines))
        mother = next(one for one in rows if one.code == "PARENTS")

    with clock.at(TUESDAY):
        for _twice in range(2):
            ines.post(where(cast, "take_back", mother.pk))

    after = main(get(ines, reverse("dossier:file", args=[cast.maya.file_id])))
    assert len(rows) == 3
    assert "Say nothing to their parents, their brothers and sisters." in file
    assert "Say nothing to their brothers and sisters." in after


def refuse(cast: Cast, *wanted: tuple[str, str]) -> None:
    with acting(cast.ines, TUESDAY):
        actions.refuse(
            cast.maya.file_id,
            uuid4(),
            wanted,
            decider=SaidBy.HERSELF,
            decides_alone=True,
            by=cast.ines,
            at=TUESDAY,
        )


def test_whoever_answers_for_her_worker_reads_to_whom_nothing_is_said(cast: Cast) -> None:
    refuse(cast, ("RELATIVES", "PARENTS"), ("RESEARCH", "health"))

    with acting(cast.ines, TUESDAY):
        locked = on_file.say_nothing(cast.maya.file_id, actor=cast.ines)
        block = locked.block()
    assert locked.for_a_while
    assert block is not None
    assert str(block.says["whom"])


@pytest.mark.parametrize(
    ("refused", "left_out"),
    [("health", {"health"}), ("any", {"health", "justice"}), ("justice", {"justice"})],
)
def test_an_extract_leaves_out_whoever_refuses_its_theme(
    cast: Cast, refused: str, left_out: set[str]
) -> None:
    refuse(cast, ("RESEARCH", refused), ("RELATIVES", "PARENTS"))

    with acting(cast.ines, TUESDAY):
        found = {
            theme
            for theme in ("health", "justice")
            if queries.refused_research(theme, actor=cast.ines) == {cast.maya.file_id}
        }
        assert queries.refused_research("PARENTS", actor=cast.ines) == (
            {cast.maya.file_id} if refused == "any" else set()
        )
    assert found == left_out


def test_an_empty_refusal_is_said_beside_the_question(cast: Cast, ines: Client) -> None:
    assert send(ines, where(cast, "refuse")).status_code == 422
    with acting(cast.ines, TUESDAY):
        assert not Refusal.objects.exists()


def test_whoever_no_longer_works_here_is_not_proposed(cast: Cast, ines: Client) -> None:
    with acting(LOADER):
        User.objects.filter(pk=cast.yanick.user_id).update(is_active=False)

    assert "Yanick" not in main(get(ines, new(cast)))


@pytest.mark.parametrize("page", ["page", "choose", "anywhere", "refuse"])
@pytest.mark.parametrize("who", ["samir", "karim", "louise", "roy", "nadia", "amrani", "yanick"])
def test_whoever_does_not_walk_with_her_finds_no_such_page(cast: Cast, who: str, page: str) -> None:
    assert get(at_the_desk(getattr(cast, who)), where(cast, page)).status_code == 404
