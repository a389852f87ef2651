"""Does loading do what its preview said, once, and never more than it may?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from spheres.accounts.models import Membership, Organisation, User
from spheres.audit.models import Event
from spheres.core import context
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER
from spheres.regions.models import HelpLine, Region, RetentionRule, Term, Text, identifier
from spheres.regions.reading import Refused
from spheres.regions.tests.conftest import SATURDAY
from tests.cast import acting

pytestmark = pytest.mark.django_db
LATER = SATURDAY + timedelta(days=3)


def counts() -> dict[str, int]:
    models = (Region, Term, HelpLine, Text, RetentionRule, Organisation, User, Membership)
    return {model.__name__: model.objects.count() for model in models}


def refusal_of(folder, at=SATURDAY) -> str:
    with translation.override("en"), pytest.raises(Refused) as refusal:
        folder.load(at)
    return str(refusal.value)


def memberships(slug: str) -> list[tuple[str, datetime | None]]:
    who = identifier("demo", "person", slug)
    with acting(LOADER):
        rows = Membership.objects.filter(user_id=who).order_by("starts_at", "role", "pk")
        return [(row.role, row.ends_at) for row in rows]


def test_the_fictional_region_is_loaded_whole(demo):
    demo.load()

    with acting(LOADER):
        assert counts() == {
            "Region": 1, "Term": 465, "HelpLine": 12, "Text": 154, "RetentionRule": 26,
            "Organisation": 11, "User": 40, "Membership": 53,
        }  # fmt: skip
    assert (queries.region().slug, queries.region().is_demo) == ("demo", True)
    assert queries.region().desk_organisation_id == identifier("demo", "organisation", "institut")


def test_montreal_is_loaded_without_people_and_without_the_mark(montreal):
    montreal.load()

    with acting(LOADER):
        found = counts()
    assert (found["Organisation"], found["User"], found["Membership"]) == (7, 0, 0)
    assert (queries.region().slug, queries.region().is_demo) == ("montreal", False)
    assert queries.is_demo_database() is False


def test_loading_is_written_in_the_loaders_chain(demo):
    demo.load()

    with acting(LOADER):
        events = Event.objects.filter(chain_id=LOADER.user_id).order_by("number")
        assert [(event.action, event.basis, event.chain) for event in events] == [
            ("region.loaded", "demo", "SERVICE")
        ]


def test_loading_twice_changes_nothing(demo):
    demo.load()
    with acting(LOADER):
        before = counts()

    again = demo.plan(LATER)
    demo.load(LATER)

    assert again == {}
    with acting(LOADER):
        assert counts() == before
        assert loading.is_loaded(demo.path, by=LOADER) is not None


def test_a_changed_byte_is_read_again(demo):
    demo.load()
    demo.change("region.yaml", "# A fictional", "# An invented")

    with acting(LOADER):
        assert loading.is_loaded(demo.path, by=LOADER) is None
    assert demo.plan() == {}


def test_what_was_changed_added_and_taken_away_is_said_then_done(demo):
    demo.load()
    demo.change("organisations.yaml", "    en: La Maison\n", "    en: The House\n")
    demo.change(
        "vocabularies.yaml",
        "{code: online, fr: En ligne, en: Online}",
        "{code: video, fr: Vidéo, en: Video}",
    )
    demo.change("people.yaml", "roles: [coordinator]", "roles: [coordinator, trainer]")
    demo.change("help_lines.yaml", "- slug: urgence", "- slug: secours")

    said = demo.plan()
    demo.load()

    assert said == {
        "vocabularies": [
            ("added", "contact_kinds.video", ()),
            ("kept", "contact_kinds.online", ()),
        ],
        "help_lines": [("added", "secours", ()), ("removed", "urgence", ())],
        "organisations": [("changed", "La Maison", ("name_en",))],
        "people": [("changed", "Louise Charbonneau", ("+trainer",))],
    }
    assert demo.plan() == {}
    with translation.override("en"):
        offered = dict(queries.choices("contact_kinds"))
        assert (offered["video"], "online" in offered) == ("Video", False)
        assert queries.label("contact_kinds", "online") == "Online"


def test_a_term_that_comes_back_is_offered_again(demo):
    term = "{code: online, fr: En ligne, en: Online}"
    demo.load()
    demo.change("vocabularies.yaml", f"    - {term}\n", "")
    demo.load()
    demo.change("vocabularies.yaml", "- {code: letter,", f"- {term}\n    - {{code: letter,")

    demo.load()

    assert "online" in dict(queries.choices("contact_kinds"))


def test_access_begins_and_ends_at_midnight_where_the_region_is(demo):
    demo.load()

    with acting(LOADER):
        yanick = Membership.objects.get(user_id=identifier("demo", "person", "yanick"))
    # 21 November less 980 days, and the end of the 21st day to come (in winter, five hours).
    assert yanick.starts_at == datetime(2024, 3, 16, 4, 0, tzinfo=UTC)
    assert yanick.ends_at == datetime(2026, 12, 13, 5, 0, tzinfo=UTC)


def test_a_second_loading_counts_days_from_the_first(demo):
    demo.load()
    demo.change("people.yaml", "until: +21", "until: +22")

    demo.load(SATURDAY + timedelta(days=10))

    assert memberships("yanick") == [("youth_worker", datetime(2026, 12, 14, 5, 0, tzinfo=UTC))]


def without(demo, slug: str) -> None:
    text = (demo.path / "people.yaml").read_text(encoding="utf-8")
    start = text.index(f"- slug: {slug}\n")
    demo.write("people.yaml", text[:start] + text[text.index("\n- slug: ", start) + 1 :])


def test_who_leaves_the_file_loses_access_at_once_and_is_not_deleted(demo):
    demo.load()
    without(demo, "ines")

    said = demo.plan(LATER)
    demo.load(LATER)

    assert said == {"people": [("ended", "Inès Belhadj", ("youth_worker",))]}
    assert memberships("ines") == [("youth_worker", LATER)]
    with acting(LOADER):
        assert User.objects.filter(name="Inès Belhadj", is_active=True).count() == 1


def test_who_comes_back_has_another_membership(demo):
    demo.load()
    whole = (demo.path / "people.yaml").read_text(encoding="utf-8")
    without(demo, "ines")
    demo.load(LATER)
    demo.write("people.yaml", whole)

    demo.load(LATER + timedelta(days=1))

    assert memberships("ines") == [("youth_worker", LATER), ("youth_worker", None)]
    assert demo.plan(LATER + timedelta(days=2)) == {}


@pytest.mark.parametrize("last_at", [SATURDAY, LATER + timedelta(days=30)])
def test_what_a_manager_ended_no_file_opens_again(demo, last_at):
    demo.load()
    with acting(LOADER):
        ines = Membership.objects.filter(user_id=identifier("demo", "person", "ines"))
        ines.update(ends_at=last_at, is_ended_by_hand=True)
    demo.change("people.yaml", "Drop-in Worker", "Drop-in youth worker")

    demo.load(LATER)

    assert memberships("ines") == [("youth_worker", last_at)]


def test_a_partner_that_left_no_older_file_makes_a_partner_of_again(demo):
    demo.load()
    with acting(LOADER):
        la_maison = Organisation.objects.filter(pk=identifier("demo", "organisation", "la-maison"))
        la_maison.update(is_partner=False, left_at=SATURDAY)

    demo.load(LATER)

    with acting(LOADER):
        assert la_maison.values_list("is_partner", "left_at").get() == (False, SATURDAY)
    assert demo.plan(LATER) == {}


def test_who_is_taken_on_again_says_since_when(demo):
    demo.load()
    with acting(LOADER):
        ines = Membership.objects.filter(user_id=identifier("demo", "person", "ines"))
        ines.update(ends_at=SATURDAY, is_ended_by_hand=True)
    demo.change("people.yaml", "since: -1120", "since: 2026-12-01")

    demo.load(LATER + timedelta(days=60))

    assert memberships("ines") == [
        ("youth_worker", SATURDAY),
        ("youth_worker", None),
    ]


def test_a_membership_no_file_made_is_left_alone(demo):
    demo.load()
    with acting(LOADER):
        ines = Membership.objects.get(user_id=identifier("demo", "person", "ines"))
        ines.id = identifier("demo", "x", "y").__class__("7f0c1f5e-3f3f-4a9b-8d64-1f2d3c4b5a69")
        ines.role = "trainer"
        Membership.objects.bulk_create([ines])

    assert demo.plan() == {}


def test_her_language_is_hers_once_she_has_an_account(demo):
    demo.load()
    with acting(LOADER):
        User.objects.filter(name="Inès Belhadj").update(language="en")

    assert demo.plan() == {}


def test_a_database_with_accounts_never_becomes_a_demonstration(people, demo):
    assert refusal_of(demo) == (
        "regions/demo/region.yaml: this database already holds accounts: it never becomes a "
        "demonstration. Load it in an empty database."
    )
    assert queries.is_demo_database() is False


def test_a_real_region_never_becomes_a_demonstration(montreal):
    montreal.load()
    montreal.change("region.yaml", "demo: no", "demo: yes")

    assert refusal_of(montreal) == (
        "regions/montreal/region.yaml: this database serves a real region: "
        "it never becomes a demonstration."
    )


def test_a_real_region_never_becomes_a_demonstration_even_without_the_loader(montreal):
    montreal.load()

    with acting(LOADER), pytest.raises(DatabaseError, match="never becomes"), transaction.atomic():
        Region.objects.update(is_demo=True)


def test_a_demonstration_never_becomes_a_real_region(demo):
    demo.load()
    demo.change("region.yaml", "demo: yes", "demo: no")

    assert refusal_of(demo) == (
        "regions/demo/region.yaml: this database is a demonstration, with invented accounts: "
        "it never becomes a real region. Load it in an empty database."
    )


def test_one_database_holds_one_region(montreal, demo):
    montreal.load()

    assert refusal_of(demo) == (
        "regions/demo/region.yaml: this database already holds the region «montreal»: "
        "one database, one region."
    )


def test_a_real_region_may_be_loaded_where_accounts_already_are(people, montreal):
    montreal.load()

    assert queries.region().is_demo is False


def test_nobody_but_the_loader_writes_a_region(people, demo_row):
    for actor in (people.louise, people.ines):
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            Term.objects.bulk_create([demo_row])
        with acting(actor):
            assert Region.objects.update(minimum_group=1) == 0


@pytest.fixture
def demo_row() -> Term:
    return Term(
        id=identifier("demo", "term", "x.y"), vocabulary="x", code="y", fr="y", en="y", position=0
    )


def test_invented_lives_belong_to_a_demonstration(montreal):
    montreal.write("life/maya.yaml", "- slug: maya\n")

    with context.unit_of_work(LOADER):
        assert montreal.faults() == [
            "regions/montreal/life/maya.yaml, line 1: "
            "invented lives belong to a demonstration only (demo: yes)."
        ]
