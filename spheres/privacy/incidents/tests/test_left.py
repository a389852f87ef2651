"""Does whoever left an organisation read its register no more, from wherever they work next?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from spheres.accounts.models import Membership, Role
from spheres.core import clock
from spheres.privacy.incidents import queries
from spheres.privacy.incidents.models import Addition, Assessment, Incident, Step
from spheres.privacy.incidents.tests import factories as incidents
from tests.cast import LOADER, TUESDAY, Cast, acting, uuid_of
from tests.pages import learn_french, signed_in

learn_french()
GONE = TUESDAY + timedelta(days=1)
SINCE = GONE + timedelta(hours=1)


def test_whoever_guards_privacy_elsewhere_since_reads_no_register_of_before(cast: Cast) -> None:
    incidents.tell(cast.nadia)
    incidents.assess(cast.nadia)
    incidents.add(cast.nadia, Addition.Item.MEASURES, words="Une enveloppe scellée.")
    incidents.give(cast.nadia, Step.Kind.CAI)
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.nadia.user_id).update(ends_at=GONE)
        there = Membership(
            id=uuid_of("nadia elsewhere"),
            user_id=cast.nadia.user_id,
            organisation_id=cast.elsewhere.pk,
            role=Role.PRIVACY_OFFICER,
            job_title_fr="",
            job_title_en="",
            starts_at=GONE,
        )
        Membership.objects.bulk_create([there])
    nadia = replace(cast.nadia, organisation_id=cast.elsewhere.pk)

    with acting(nadia, SINCE):
        told = queries.told_by_me(actor=nadia)
        rows = [model.objects.count() for model in (Incident, Addition, Assessment, Step)]
    with clock.at(SINCE):
        page = signed_in(nadia, at=SINCE).get(f"/incidents/{incidents.INCIDENT}/")

    assert (told, rows, page.status_code) == ([], [0, 0, 0, 0], 404)
