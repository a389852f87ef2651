"""Whose names does the database tell her in her notebook? Of her file alone, if she allowed."""

from __future__ import annotations

from spheres.accounts.models import Membership, User
from spheres.followup.consents.tests.factories import share
from spheres.portal.my_say.tests.factories import SAY, her_notebook
from spheres.portal.notebook.tests.factories import EVERYTHING, herself
from tests.cast import Cast, acting


def named(cast: Cast) -> set[str]:
    with acting(herself(cast)):
        return set(User.objects.values_list("name", flat=True))


def test_those_who_see_her_file_or_wrote_in_it_and_nobody_else(cast: Cast) -> None:
    her_notebook(cast)

    # Louise, of the desk, had the referral in her hands: the journal says so.
    assert named(cast) == {"Inès", "Louise"}


def test_those_with_whom_she_shares(cast: Cast) -> None:
    her_notebook(cast)
    share(cast, user_id=cast.samir.user_id)

    assert named(cast) == {"Inès", "Louise", "Samir"}


def test_nobody_before_she_allows_it(cast: Cast) -> None:
    her_notebook(cast, "WRITE", EVERYTHING - SAY)

    assert named(cast) == set()
    with acting(herself(cast)):
        assert Membership.objects.count() == 0
