"""Do the roll-ups say what a live count over the tables says?"""

from __future__ import annotations

from datetime import date

from spheres.evaluation.indicators import actions
from spheres.evaluation.indicators.models import Span, Tally
from spheres.evaluation.indicators.tests.factories import APRIL, ROLLUPS
from tests.cast import follow

# What a monthly report asks, straight from the tables, by someone whom nothing is hidden from.
LIVE = """
select 'REFERRALS', '', count(*) from admission_referral group by date_trunc('month', received_at)
union all
select 'FOLLOW_UPS', '', count(*) from participants_followup
  group by date_trunc('month', opened_at)
union all
select 'CONTACTS', kind, count(*) from notes_note group by kind, date_trunc('month', written_at)
"""


def test_a_live_count_from_outside_gives_the_same_numbers(world):
    cast = world.cast
    with world.acting(cast.louise):
        follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.samir)
    with world.acting(ROLLUPS, APRIL):
        actions.count(by=ROLLUPS, at=APRIL)

    with world.acting(ROLLUPS):
        rolled: dict[tuple[str, str], int] = {}
        for row in Tally.objects.filter(span=Span.MONTH, starts_on=date(2026, 3, 1)):
            rolled[row.measure, row.kind] = rolled.get((row.measure, row.kind), 0) + row.number
    with world.admin() as admin:
        live = {(measure, kind): number for measure, kind, number in admin.execute(LIVE)}

    assert rolled == live
    assert live == {("REFERRALS", ""): 2, ("FOLLOW_UPS", ""): 2, ("CONTACTS", "meeting"): 2}
