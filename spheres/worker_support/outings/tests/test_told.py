"""Does each who looks for a worker who is late read what is theirs to do, and of nobody gone?"""

from __future__ import annotations

import pytest
from django.urls import reverse

from spheres.accounts.models import Membership, Role
from spheres.core import clock
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover
from spheres.worker_support.outings import queries
from spheres.worker_support.outings.tests.factories import OUT, goes_out, minutes
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def test_whoever_was_on_call_and_is_gone_is_not_named_as_told(cast: Cast) -> None:
    with acting(LOADER):
        manon = add_person("Manon", cast.la_maison, Role.YOUTH_WORKER)
    with acting(cast.karim):
        sharing.cover(
            uuid_of("Manon is on call"), kind=Cover.Kind.ON_CALL, for_user_id=cast.ines.user_id,
            user_id=manon.user_id, starts_at=minutes(-300), ends_at=minutes(300), by=cast.karim,
            at=MONDAY,
        )  # fmt: skip
    goes_out(cast)

    def told() -> list[str]:
        with acting(cast.ines):
            outing = queries.mine(actor=cast.ines)
            assert outing is not None
            return queries.whom_to_tell_next(outing, actor=cast.ines, at=MONDAY)

    before = told()
    with acting(LOADER):
        Membership.objects.filter(user_id=manon.user_id).update(ends_at=MONDAY)

    assert (before, told()) == (["Karim", "Manon"], ["Karim"])


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        (
            "yanick",
            ["call those named below.", "From 11:15 a.m.: you.", "From 11:30 a.m.: Karim."],
        ),
        (
            "karim",
            ["first, then Yanick.", "From 11:15 a.m.: Yanick.", "From 11:30 a.m.: you."],
        ),
    ],
)
def test_each_who_looks_for_her_reads_what_is_theirs_to_do(
    cast: Cast, reader: str, told: list[str]
) -> None:
    goes_out(cast)
    actor, at = getattr(cast, reader), minutes(40)
    with clock.at(at):
        client = signed_in(actor, at=at, language="en")
        page = client.get(reverse("outings:detail", args=[OUT])).content.decode()
    page = page.replace("\xa0", " ")

    assert "Inès has not said that they are back" in page
    assert [words for words in told if words not in page] == []
    assert "Nobody else is told" not in page
