"""A partner reads its own part and says what comes next, as long as she shares; nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from spheres.accounts.models import Organisation, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.followup.consents.tests.factories import share, take_back
from spheres.followup.parts import actions, queries
from spheres.followup.parts.models import OwnPart, Part
from spheres.followup.parts.tests.factories import NEXT, WHAT, say
from spheres.sharing import actions as sharing
from spheres.sharing.models import Restriction
from tests.cast import (
    LOADER,
    MONDAY,
    Cast,
    acting,
    add_person,
    uuid_of,
    yanick_answers_for_ines,
)
from tests.pages import Page, signed_in, untranslated

from .test_answered_elsewhere import WEDNESDAY, agree, be_away

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SOON, LATER = MONDAY + HOUR, MONDAY + 2 * HOUR
OURS = "Préparer la quatrième nuit avec elle."


def show(cast: Cast, which: str = "a part", **other: Any) -> UUID:
    """Inès writes it with Maya, who agrees that Elsewhere reads it."""
    return say(cast, which, **({"is_shown": True} | other))


def shared(actor: Actor) -> Actor:
    return replace(actor, purpose=SHARED)


def reads(actor: Actor, cast: Cast, at: Any = SOON) -> int:
    with acting(shared(actor), at) as who:
        return len(queries.ours(cast.maya.file_id, actor=who))


def says(
    actor: Actor, cast: Cast, words: str = OURS, which: str = "a step", at: Any = SOON
) -> None:
    with acting(shared(actor), at) as who, transaction.atomic():
        [own] = queries.ours(cast.maya.file_id, actor=who)
        actions.say_next(own, uuid_of(which), next_step=words, next_on=None, by=who, at=at)


def page(actor: Actor, address: str, at: Any = LATER, language: str = "fr") -> tuple[int, str]:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get(address)
    return answer.status_code, answer.content.decode().replace("\u00a0", " ")


def on_shared_page() -> str:
    return reverse("consents:shared", args=[uuid_of("a consent")])


def on_its_own(part: UUID) -> str:
    return reverse("parts:ours", args=[uuid_of("a consent"), part])


def test_it_is_read_only_once_it_is_shown_and_she_shares(cast: Cast) -> None:
    say(cast)
    share(cast)
    hidden = reads(cast.samir, cast)
    show(cast, "anew", of=uuid_of("a part"), on=1)
    open_now = reads(cast.samir, cast)
    take_back(cast, at=SOON)

    assert (hidden, open_now, reads(cast.samir, cast, LATER)) == (0, 1, 0)


def test_on_its_page_a_partner_reads_what_it_does_and_not_who_is_named_nor_what_others_do(
    cast: Cast,
) -> None:
    part = show(cast)
    show(cast, "of the foundation", organisation_id=cast.foundation.pk, what="Un suivi, le mardi.")
    share(cast)

    status, said = page(cast.samir, on_shared_page())

    assert status == 200
    assert [words in said for words in (WHAT, NEXT, "12 janvier", "Samir, hébergement")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert ("Un suivi, le mardi." in said, on_its_own(part) in said) == (False, True)


def test_it_says_what_comes_next_and_her_worker_and_she_read_it(cast: Cast) -> None:
    part = show(cast)
    share(cast)
    client = signed_in(cast.samir, at=SOON)
    with clock.at(SOON):
        form = Page(client.get(on_its_own(part)).content.decode()).fields["form_id"]
        sent = {"form_id": form, "next_step": OURS}
        answers = [client.post(on_its_own(part), sent).status_code for _twice in range(2)]

    hers = [
        page(cast.ines, reverse(name, args=[cast.maya.file_id]))[1]
        for name in ("parts:page", "parts:together")
    ]
    theirs = page(cast.samir, on_shared_page())[1]

    assert answers == [302, 302]
    assert [OURS in said for said in (*hers, theirs)] == [True] * 3
    with acting(cast.ines, LATER):
        [told] = Event.objects.filter(action="part.next_said")
        assert (told.chain_id, told.actor_id) == (cast.maya.file_id, cast.samir.user_id)
        assert OwnPart.objects.filter(is_from_there=True).count() == 1
    assert (
        "a écrit la suite de ce qu’on fait là-bas pour toi"
        in page(cast.ines, reverse("dossier:who", args=[cast.maya.file_id]))[1]
    )


def test_said_anew_by_her_worker_what_the_partner_said_before_no_longer_stands(cast: Cast) -> None:
    show(cast)
    share(cast)
    says(cast.samir, cast)
    show(cast, "anew", of=uuid_of("a part"), on=1, next_step="Deux nuits.", at=LATER)

    said = page(cast.samir, on_shared_page(), LATER + HOUR)[1]
    assert ("Deux nuits." in said, OURS in said) == (True, False)


def test_two_at_once_the_second_sees_that_somebody_said_it_otherwise(cast: Cast) -> None:
    show(cast)
    share(cast)
    with acting(shared(cast.samir), SOON) as who:
        [own] = queries.ours(cast.maya.file_id, actor=who)
        said = {"next_on": None, "by": who, "at": SOON}
        actions.say_next(own, uuid_of("one"), next_step="Lundi.", **said)
        with pytest.raises(actions.Overtaken), transaction.atomic():
            actions.say_next(own, uuid_of("two"), next_step="Mardi.", **said)


def test_it_is_over_or_no_longer_shown_and_nothing_is_read_any_more(cast: Cast) -> None:
    show(cast)
    share(cast)
    before = reads(cast.samir, cast)
    say(cast, "hidden", of=uuid_of("a part"), on=1, at=SOON)

    assert (before, reads(cast.samir, cast, LATER)) == (1, 0)
    assert page(cast.samir, on_its_own(uuid_of("a part")))[0] == 404


@pytest.mark.parametrize("who", ["amrani", "roy", "louise", "karim", "nadia", "yanick"])
def test_nobody_else_reads_it_nor_writes_it(cast: Cast, who: str) -> None:
    part = show(cast)
    share(cast)
    other: Actor = getattr(cast, who)

    assert reads(other, cast) == 0
    assert page(other, on_its_own(part))[0] in {403, 404}
    with acting(shared(other), SOON), pytest.raises(DatabaseError), transaction.atomic():
        OwnPart.objects.bulk_create([row(cast, other)])


def row(cast: Cast, by: Actor, **other: Any) -> OwnPart:
    said: dict[str, Any] = {
        "organisation_id": by.organisation_id, "is_shown": True, "is_from_there": True, "number": 2,
        "part_id": uuid_of("a part"), "what": b"", "next_step": b"", "file_id": cast.maya.file_id,
        "written_by": by.user_id,
    } | other  # fmt: skip
    return OwnPart(id=uuid4(), written_at=SOON, **said)


@pytest.mark.parametrize(
    "forged",
    [
        {"number": 3},
        {"what": b"something else"},
        {"since_on": MONDAY.date()},
        {"is_shown": False},
        {"is_from_there": False},
        {"part_id": uuid_of("of nobody")},
        {"organisation_id": uuid_of("another")},
        {"written_by": uuid_of("another")},
    ],
)
def test_the_table_lets_a_partner_say_its_next_step_and_nothing_else(
    cast: Cast, forged: dict[str, Any]
) -> None:
    show(cast)
    share(cast)

    with acting(shared(cast.samir), SOON), pytest.raises(DatabaseError), transaction.atomic():
        OwnPart.objects.bulk_create([row(cast, cast.samir, **forged)])
    with acting(shared(cast.samir), SOON):
        OwnPart.objects.bulk_create([row(cast, cast.samir)])


def test_whoever_answers_for_her_worker_shows_nothing_to_a_partner(cast: Cast) -> None:
    show(cast)
    share(cast)
    yanick_answers_for_ines(cast)

    shown = row(cast, cast.yanick, organisation_id=cast.elsewhere.pk, is_from_there=False, number=2)
    with acting(cast.yanick, LATER), pytest.raises(DatabaseError), transaction.atomic():
        OwnPart.objects.bulk_create([shown])


def test_it_opens_nothing_on_an_ordinary_page_and_no_other_text_of_her_file(cast: Cast) -> None:
    show(cast)
    share(cast)

    with acting(cast.samir, SOON):
        assert not OwnPart.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            OwnPart.objects.bulk_create([row(cast, cast.samir)])
    with acting(shared(cast.samir), SOON):
        assert not Part.objects.exists()


def test_whom_she_bars_and_a_partner_that_left_read_nothing(cast: Cast) -> None:
    show(cast)
    share(cast)
    with acting(LOADER):
        rose = add_person("Rose", cast.elsewhere, Role.YOUTH_WORKER)
    bars = Restriction(
        id=uuid4(), file_id=cast.maya.file_id, user_id=cast.samir.user_id,
        faces=["identity", "contact"], taken_by=cast.ines.user_id, taken_at=MONDAY,
        starts_at=MONDAY,
    )  # fmt: skip
    with acting(cast.ines):
        sharing.restrict(bars, by=cast.ines)
    barred = (reads(cast.samir, cast), reads(rose, cast))
    with acting(LOADER):
        Organisation.objects.filter(pk=cast.elsewhere.pk).update(is_partner=False)

    assert (barred, reads(rose, cast)) == ((0, 1), 0)


@pytest.mark.parametrize("of", ["police", "la_maison"])
def test_the_police_and_one_s_own_are_never_shown_a_part(cast: Cast, of: str) -> None:
    organisation: Organisation = getattr(cast, of)
    show(cast, organisation_id=organisation.pk, is_named_by_her=True)

    with acting(cast.ines, SOON):
        assert not OwnPart.objects.exists()


def test_its_page_is_in_english_too(cast: Cast) -> None:
    part = show(cast)
    share(cast)

    assert "What you do for them" in page(cast.samir, on_its_own(part), language="en")[1]
    with untranslated() as missing:
        page(cast.samir, on_its_own(part))
        page(cast.samir, on_shared_page())
        page(cast.ines, reverse("parts:change", args=[cast.maya.file_id, part]))
    assert missing == set()


def test_of_one_absence_nothing_of_a_part_is_read(cast: Cast) -> None:
    """Whoever answers for a colleague is no partner of hers."""
    show(cast)
    be_away(cast)
    agree(cast)

    assert reads(cast.samir, cast, WEDNESDAY) == 0
