"""What does the database itself let the roll-ups' service read, and who reads its rows?"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts.models import Role
from spheres.core.actor import VISITOR, Actor, service
from spheres.evaluation.indicators.models import READERS, Figure, OwnFigure, Tally
from spheres.evaluation.indicators.tests.factories import APRIL, ROLLUPS, count
from spheres.sharing.compile import our_models
from tests.cast import acting, uuid_of

pytestmark = pytest.mark.django_db
ASK = "select * from access.figures('month', 'UTC', '-infinity', 'infinity')"
OTHERS = [VISITOR, *(service(name) for name in ("loader", "doorkeeper", "expiry", "sealer"))]


def in_role(cast, role: Role) -> Actor:
    return Actor(uuid_of(role), cast.la_maison.id, frozenset({role}))


def test_the_service_reads_no_row_about_anybody(cast):
    """Every table: what it reads are its own counts, and what anybody may read of the region."""
    count()
    readable = set()
    with acting(ROLLUPS, APRIL), connection.cursor() as cursor:
        for model in our_models():
            table = model._meta.db_table
            try:
                with transaction.atomic():
                    cursor.execute(f"select exists (select from {table})")
                    if cursor.fetchone()[0]:
                        readable.add(table)
            except ProgrammingError:
                continue  # no right at all

    assert readable == {
        "audit_event",  # its own chain
        "exercises_exercise",  # what a region asks, which anybody may read
        "identity_suggestedtraining",  # what a region suggests
        "indicators_figure", "indicators_tally",
        "instruments_instrument",  # what a region may offer: it names nobody
        "regions_committee", "regions_helpline", "regions_region", "regions_retentionrule",
        "regions_term", "regions_text", "rounds_questionset",
        "self_assessment_statementset",  # what partners ask themselves, the same for all
        "theory_theory",  # what is expected of what is done
    }  # fmt: skip


def test_the_function_gives_numbers_to_its_service(cast):
    with acting(ROLLUPS, APRIL), connection.cursor() as cursor:
        cursor.execute(ASK)
        columns = [column.name for column in cursor.description]
        rows = cursor.fetchall()

    assert columns == ["begins_on", "of_organisation", "of_measure", "of_kind", "counted"]
    assert sorted(rows, key=str) == sorted(
        [
            (date(2026, 3, 1), cast.institute.id, "REFERRALS", "", 1),
            (date(2026, 3, 1), cast.la_maison.id, "FOLLOW_UPS", "", 1),
            (date(2026, 3, 1), cast.la_maison.id, "CONTACTS", "meeting", 1),
            (date(2026, 3, 1), cast.la_maison.id, "PEOPLE", "", 1),
            (date(2026, 3, 1), cast.la_maison.id, "INTENSITY", "ONE", 1),
            (date(2026, 3, 1), cast.la_maison.id, "FIRST_WAIT", "THREE_DAYS", 1),
            (date(2026, 3, 1), cast.la_maison.id, "OPENINGS", "FIRST", 1),
        ],
        key=str,
    )


@pytest.mark.parametrize("who", [*Role, *OTHERS], ids=str)
def test_nobody_else_may_ask_it(cast, who):
    actor = in_role(cast, who) if isinstance(who, Role) else who

    with (
        pytest.raises(ProgrammingError, match="only service:rollups"),
        acting(actor),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(ASK)


@pytest.mark.parametrize("who", [*Role, *OTHERS], ids=str)
def test_true_counts_are_its_services_and_published_figures_their_readers(cast, who):
    count()
    actor = in_role(cast, who) if isinstance(who, Role) else who

    with acting(actor):
        seen = Tally.objects.exists(), Figure.objects.exists()

    assert seen == (False, who in READERS)


@pytest.mark.parametrize("who", [Role.COORDINATOR, Role.RESEARCHER, *OTHERS], ids=str)
@pytest.mark.parametrize("model", [Tally, Figure, OwnFigure])
def test_nobody_else_writes_a_figure(cast, who, model):
    actor = in_role(cast, who) if isinstance(who, Role) else who
    row = model(id=uuid_of("a figure"), starts_on=date(2026, 3, 1), measure="LEFT", number=9)
    if model is not OwnFigure:
        row.span = "MONTH"
    if model is not Figure:
        row.organisation = cast.la_maison

    with pytest.raises(ProgrammingError), acting(actor), transaction.atomic():
        model.objects.bulk_create([row])
