"""Does any migration stop people from working while it runs, or break what still runs beside it?"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from spheres.config import cluster
from tests.proofs.databases import as_owner
from tests.proofs.figures import tell

SQUAWK = Path(sys.executable).parent / "squawk"

# The first migration of an area makes its tables: nobody waits for a table nobody has yet.
FIRST = {
    "prefer-text-field": "a length is part of what the model says; the table is new",
    "prefer-bigint-over-int": "small numbers by their meaning (a version, a count)",
    "prefer-bigint-over-smallint": "small numbers by their meaning (minutes, ages)",
    "adding-required-field": "a table and what joins it to another, in two steps of one migration",
    "adding-foreign-key-constraint": "the same",
    "disallowed-unique-constraint": "the same",
}
# Later ones of before the first release, each by its name; a new one is held to all the rules.
LATER = {
    # Of a few hundred rows at most: what is asked by law, and what of it is masked.
    ("access_requests", "0006_looked_at_again"): {"constraint-missing-not-valid"},
    ("legal_demands", "0002_the_same_twice"): {
        "ban-drop-constraint", "constraint-missing-not-valid",
    },
    ("reading", "0002_any_text"): {"changing-column-type", "prefer-text-field"},
    ("accounts", "0013_who_explains"): {"prefer-text-field"},
    ("admission", "0003_card_read"): {"prefer-text-field"},
    # Tables that nobody has yet.
    ("admission", "0004_agreed_anew"): {"prefer-text-field"},
    ("consents", "0002_declined"): {"prefer-text-field"},
    ("indicators", "0006_own_figures"): {"prefer-bigint-over-int", "prefer-text-field"},
    ("participants", "0005_told_of_an_opening"): {"prefer-text-field"},
    ("sharing", "0024_comes_back"): {
        "prefer-bigint-over-smallint", "constraint-missing-not-valid",
    },
    ("sharing", "0028_not_held"): {
        "prefer-bigint-over-smallint", "constraint-missing-not-valid",
    },
    # Written by nothing: no row says anything there.
    ("sharing", "0029_said_where_it_was_weighed"): {
        "ban-drop-column", "ban-drop-constraint", "constraint-missing-not-valid",
    },
    ("ical", "0002_of_one_committee"): {
        "ban-drop-constraint", "disallowed-unique-constraint", "constraint-missing-not-valid",
    },
    ("catalogue", "0002_who_teaches_and_with_what"): {
        "prefer-text-field", "prefer-bigint-over-smallint",
    },
    ("attestations", "0002_brought_and_given"): {"constraint-missing-not-valid"},
    ("brought_in", "0002_forgotten"): {"constraint-missing-not-valid", "ban-drop-constraint"},
    # A few hundred rows at most: the index takes no time.
    ("requests", "0002_under_a_code"): {
        "ban-drop-default", "require-concurrent-index-creation",
    },
    ("cards", "0002_what_it_offers"): {"prefer-text-field"},
    ("accounts", "0012_what_it_shares"): {"prefer-text-field"},
    ("committees", "0002_decided_roll"): {"prefer-bigint-over-smallint"},
    ("indicators", "0005_five_components"): {"prefer-bigint-over-smallint"},
    ("sessions", "0002_moved"): {"prefer-bigint-over-smallint", "constraint-missing-not-valid"},
    # A region, of a few hundred lists: the database keeps its default for the code of before.
    ("accounts", "0014_organisation_region"): {"prefer-text-field"},
    ("sessions", "0003_region"): {
        "ban-drop-constraint", "prefer-text-field", "constraint-missing-not-valid",
    },
    ("attestations", "0003_region"): {
        "ban-drop-constraint", "prefer-text-field", "constraint-missing-not-valid",
        "ban-drop-default",
    },
    ("incidents", "0002_reviewed"): {"prefer-text-field"},
    ("sharing", "0021_committees"): {"prefer-text-field", "prefer-bigint-over-smallint"},
    ("regions", "0005_committee"): {"prefer-text-field", "prefer-bigint-over-smallint"},
    ("accounts", "0002_sign_in"): {
        "prefer-text-field", "prefer-bigint-over-int", "ban-drop-default",
    },
    ("accounts", "0003_password_leavers_recovery"): {
        "constraint-missing-not-valid", "prefer-text-field",
    },
    ("accounts", "0004_role_with_link"): {"prefer-text-field"},
    # Tables that nobody has yet, in an area that stands.
    ("accounts", "0005_official_file_elsewhere"): {"prefer-text-field"},
    ("accounts", "0006_devices"): {"prefer-text-field"},
    ("notes", "0003_copied_to_the_official_file"): {"prefer-text-field"},
    ("likeness", "0002_newest_first"): {
        "require-concurrent-index-creation", "require-concurrent-index-deletion",
    },
    ("sharing", "0003_people_for_a_while"): {"prefer-text-field"},
    ("sharing", "0004_a_worker_named"): {"require-concurrent-index-creation"},
    ("sharing", "0005_said_by_her"): {"prefer-text-field"},
    ("sharing", "0006_exceptional_access"): {"prefer-text-field"},
    ("sharing", "0009_a_partner_leaves"): {"prefer-text-field"},
    ("audit", "0006_sealed_is_in_no_file"): {"constraint-missing-not-valid"},
    ("accounts", "0008_files_a_day"): {"prefer-bigint-over-smallint"},
    ("regions", "0004_files_a_day"): {"prefer-bigint-over-smallint"},
    ("sharing", "0008_disclosures"): {"prefer-text-field"},
    ("sharing", "0010_custody"): {"prefer-text-field"},
    ("accounts", "0011_clearance"): {"prefer-text-field"},
    ("sharing", "0012_seats"): {"prefer-text-field"},
    ("danger", "0002_no_report"): {"constraint-missing-not-valid"},
    ("sharing", "0015_decisions_fall"): {"constraint-missing-not-valid", "ban-drop-constraint"},
    ("access_requests", "0002_as_the_letter_says"): {"ban-drop-default"},
    ("access_requests", "0003_what_is_given"): {"constraint-missing-not-valid", "ban-drop-default"},
    ("access_requests", "0004_taken_back"): {
        "require-concurrent-index-creation", "require-concurrent-index-deletion",
    },
    ("sharing", "0014_keeping"): {"prefer-text-field", "prefer-bigint-over-smallint"},
    ("sharing", "0020_notebooks"): {"prefer-text-field", "prefer-bigint-over-smallint"},
    ("sharing", "0026_own_pages"): {"ban-drop-default"},
    ("advisory", "0002_from_paper"): {"ban-drop-default"},
    ("sharing", "0022_an_hour_more"): {"constraint-missing-not-valid", "ban-drop-constraint"},
    ("sharing", "0025_told_by_a_psychotherapist"): {
        "constraint-missing-not-valid", "ban-drop-constraint",
    },
    ("sharing", "0011_answered_elsewhere"): {"constraint-missing-not-valid"},
    # An exclusion is never «not valid»: it looks at the few consents of an absence alone.
    ("parts", "0002_own_part"): {"prefer-bigint-over-smallint"},
    ("sharing", "0016_once_an_absence"): {"constraint-missing-not-valid"},
    ("sharing", "0019_along"): {"prefer-text-field"},
    ("supervision", "0002_brought"): {"prefer-text-field"},
    ("events", "0002_where_and_how_long"): {
        "prefer-text-field", "ban-drop-default", "prefer-bigint-over-smallint",
    },
    ("identity", "0002_suggested_training"): {
        "prefer-text-field", "prefer-bigint-over-smallint",
    },
    ("notes", "0002_more_of_a_contact"): {"prefer-text-field"},
    ("notes", "0005_conversation_about_change"): {"prefer-text-field"},
    ("participants", "0002_reaching_her"): {"prefer-text-field"},
    ("participants", "0004_suspensions"): {"prefer-text-field"},
    ("regions", "0002_region_contact_confirm_days"): {"prefer-bigint-over-smallint"},
    ("regions", "0006_training_answer_days"): {"prefer-bigint-over-smallint"},
    ("regions", "0007_advice_answer_days"): {"prefer-bigint-over-smallint"},
    ("regions", "0008_notebook_answer_days"): {"prefer-bigint-over-smallint"},
    ("intervention_support", "0002_the_desk"): {"prefer-text-field", "ban-drop-default"},
    ("regions", "0003_outing_grace"): {"prefer-bigint-over-smallint"},
    # Her strengths have a folder of their own; nothing was released, so no line of them stands.
    ("activities", "0002_delete_strength"): {"ban-drop-table"},
    ("admission", "0002_question_and_code"): {
        "require-concurrent-index-creation", "prefer-text-field", "ban-drop-default",
    },
    ("sharing", "0002_one_desk_a_matter"): {"require-concurrent-index-creation"},
    # One need becomes several, before anything is released (ADR links).
    ("accompaniments", "0002_links"): {"prefer-text-field", "ban-drop-column"},
    ("activities", "0003_links"): {"prefer-text-field", "ban-drop-column"},
    ("exercises", "0002_needs_that_matter"): {"prefer-text-field"},
    ("life_plan", "0002_needs_of_a_step"): {"prefer-text-field"},
    ("audit", "0003_sealed_places"): {"disallowed-unique-constraint", "ban-drop-default"},
    ("vault", "0002_apart"): {"ban-set-schema"},
    ("vault", "0003_generations_and_tombstones"): {
        "ban-drop-constraint", "prefer-bigint-over-int", "ban-drop-default",
        "constraint-missing-not-valid", "disallowed-unique-constraint", "prefer-text-field",
        "ban-set-schema",
    },
}  # fmt: skip
EVERYWHERE = {
    "require-lock-timeout": "nothing is released; migrate must set it before",
    "require-statement-timeout": "the same",
}


def ours() -> list[tuple[str, str]]:
    loader = MigrationLoader(None)
    return sorted(
        key for key, made in loader.disk_migrations.items() if made.__module__.startswith("spheres")
    )


def findings(app: str, name: str, folder: Path) -> list[str]:
    said = io.StringIO()
    call_command("sqlmigrate", app, name, stdout=said)
    file = folder / f"{app}_{name}.sql"
    file.write_text(said.getvalue())
    done = subprocess.run(
        [SQUAWK, "--reporter", "json", "--pg-version", "15.0", file],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return [each["rule_name"] for each in json.loads(done.stdout or "[]")]


def test_no_migration_is_unsafe(django_db_setup, django_db_blocker, tmp_path):
    """What is found is right for a first migration, by the reasons above, or it is a mistake."""
    unsafe: list[str] = []
    rules: Counter[str] = Counter()
    migrations = ours()
    here = cluster.from_environment().for_database(settings.DATABASES["default"]["NAME"])
    with django_db_blocker.unblock(), as_owner(here):
        for app, name in migrations:
            explained = FIRST if name.startswith("0001") else LATER.get((app, name), set())
            right = {*explained, *EVERYWHERE}
            for rule in findings(app, name, tmp_path):
                rules[rule] += 1
                if rule not in right:
                    unsafe.append(f"{app} {name}: {rule}")

    tell(
        "migrations (T33)",
        f"{len(migrations)} migrations, {rules.total()} findings explained, {len(unsafe)} unsafe",
        "0 unsafe",
    )
    assert "\n".join(unsafe) == ""
    # No reason outlives its finding.
    assert rules.keys() == {*FIRST, *EVERYWHERE, *chain.from_iterable(LATER.values())}
