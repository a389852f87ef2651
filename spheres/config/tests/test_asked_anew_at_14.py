"""At 14, is what another agreed to for her asked of her alone, and is her no kept?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from spheres.audit.models import Event
from spheres.config.tests.test_turning_14 import says_born_on
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.consents import copied, queries
from spheres.followup.consents.models import Declined
from spheres.followup.consents.tests.factories import LATER, share
from spheres.sharing.models import Consent
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
By = Consent.Giver
ANEW = "go over each, and the person alone says yes or no"


def tutor_agreed(cast: Cast, *, born: date = date(2012, 2, 1)) -> None:
    """Her tutor shares with a partner, until September; then her day of birth is learnt."""
    says_born_on(cast, date(2012, 12, 1), at=MONDAY + timedelta(minutes=10))
    share(cast, given_by=By.TUTOR, giver="Sa tante", at=MONDAY + timedelta(minutes=20))
    says_born_on(cast, born, which="learnt", at=LATER)


def hers(cast: Cast, actor: Actor | None = None, language: str = "en") -> str:
    with clock.at(TUESDAY):
        client = signed_in(actor or cast.ines, at=TUESDAY, language=language)
        return client.get(f"/files/{cast.maya.file_id}/sharing/").content.decode()


def no_url(cast: Cast) -> str:
    return f"/files/{cast.maya.file_id}/sharing/{uuid_of('a consent')}/no/"


def says_no(cast: Cast, how: str = "ON_SCREEN", actor: Actor | None = None) -> int:
    with clock.at(TUESDAY):
        client = signed_in(actor or cast.ines, at=TUESDAY, language="en")
        form_id = Page(client.get(no_url(cast)).content.decode()).fields.get("form_id", "")
        return client.post(no_url(cast), {"form_id": form_id, "form": how}).status_code


def test_her_no_is_kept_once_and_it_is_asked_no_more(cast: Cast) -> None:
    tutor_agreed(cast)
    before = hers(cast)
    answers = [says_no(cast) for _twice in range(2)]
    after = hers(cast)

    assert answers == [302, 302]
    assert [ANEW in page for page in (before, after)] == [True, False]
    assert [no_url(cast) in page for page in (before, after)] == [True, False]
    assert ["Say it anew" in page for page in (before, after)] == [True, False]
    assert "Asked again on March 3, 2026: the person said no." in after
    with acting(cast.ines, TUESDAY):
        [kept] = Declined.objects.all()
        told = Event.objects.filter(chain_id=cast.maya.file_id, action="consent.declined")
        assert [one.record_ids for one in told] == [[uuid_of("a consent")]]
    assert (kept.pk, kept.form, kept.written_by) == (
        uuid_of("a consent"), "ON_SCREEN", cast.ines.user_id,
    )  # fmt: skip


def test_she_may_share_it_again_whenever_she_wishes(cast: Cast) -> None:
    tutor_agreed(cast)
    says_no(cast)
    share(cast, "hers", at=TUESDAY + timedelta(hours=1))

    with acting(cast.ines, TUESDAY + timedelta(hours=2)):
        found = queries.of_file(cast.maya.file_id, actor=cast.ines, at=TUESDAY + timedelta(hours=2))
    assert [(one.consent.giver, one.is_live) for one in found] == [
        ("HERSELF", True), ("TUTOR", False),
    ]  # fmt: skip


def test_her_copy_tells_her_no(cast: Cast) -> None:
    tutor_agreed(cast)
    says_no(cast)

    with acting(cast.ines, TUESDAY), translation.override("fr"):
        register = copied.register(cast.maya.file_id, actor=cast.ines, at=TUESDAY)
        [line] = register.make()
    assert line.sentences[-1].replace("\u00a0", " ") == "Redemandé le 3 mars 2026 : tu as dit non."


@pytest.mark.parametrize(
    ("giver", "born"),
    [
        (By.HERSELF, date(2012, 2, 1)),  # she gave it herself: she takes it back
        (By.TUTOR, date(2012, 11, 1)),  # she is not 14: whoever agreed answers
    ],
)
def test_it_is_asked_of_nobody_else(cast: Cast, giver: str, born: date) -> None:
    if giver == By.HERSELF:
        share(cast)
        says_born_on(cast, born, which="learnt", at=LATER)
    else:
        tutor_agreed(cast, born=born)

    assert no_url(cast) not in hers(cast)
    with acting(cast.ines, TUESDAY):
        assert not Declined.objects.exists()
    assert says_no(cast) in {403, 404}
    with acting(cast.ines, TUESDAY):
        assert not Declined.objects.exists()


def test_a_partner_reads_no_no_of_hers_and_writes_none(cast: Cast) -> None:
    tutor_agreed(cast)

    assert says_no(cast, actor=cast.samir) == 404
    says_no(cast)
    with acting(cast.samir, TUESDAY):
        assert not Declined.objects.exists()


def test_nonsense_is_refused_with_a_sentence_and_nothing_is_kept(cast: Cast) -> None:
    tutor_agreed(cast)

    assert says_no(cast, how="by pigeon") == 422
    with acting(cast.ines, TUESDAY):
        assert not Declined.objects.exists()


def test_it_is_read_in_french(cast: Cast) -> None:
    tutor_agreed(cast)
    with untranslated() as missing, clock.at(TUESDAY):
        page = signed_in(cast.ines, at=TUESDAY).get(no_url(cast)).content.decode()

    assert missing == set()
    assert "La personne n’en veut plus" in page
    assert "Noter son refus" in page
