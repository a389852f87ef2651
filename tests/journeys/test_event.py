"""An event on a phone leads to a request, a training and, later, a referral that nobody ties to it.

Inès notes a visit in a corridor; the school asks for a training, and the request opens with its
name; later a professional refers, and says how she knew of the programme. Louise reads the request,
what took place with the school, and the figures of the quarter that is over; nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.evaluation.indicators import actions as indicators
from spheres.evaluation.indicators.counting import FIGURES
from spheres.evaluation.indicators.tests.factories import ROLLUPS
from spheres.outreach.events.models import AskedFor, Event
from spheres.outreach.heard import actions as heard
from spheres.outreach.heard.models import Heard
from spheres.regions import queries as regions
from spheres.training.attestations import actions as attestations
from spheres.training.attestations.tests.factories import teach
from tests.cast import Cast, acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.server import Site, served
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
HOW = "Comment savoir si un jeune veut en parler?"
ANSWER = "On dit qu’on est là, et qu’on peut attendre."
FIGURE = {"fr": "Une présentation ou un événement", "en": "A presentation or an event"}
AT_DESK = {"fr": "La demande est à l’accueil", "en": "The request is at the desk"}


def the_quarter_before(cast: Cast) -> None:
    """Seven said that they knew of it by an event, in the quarter before this one."""
    today = clock.today()
    first = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    at = datetime.combine(first - timedelta(days=1), time(15), tzinfo=UTC)
    with acting(VISITOR, at):
        for _ in range(7):
            heard.say(Heard.How.EVENT, desk=cast.institute.id, by=VISITOR, at=at)
    now = clock.now()
    with acting(ROLLUPS, now):
        indicators.count(by=ROLLUPS, at=now)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[tuple[Site, Cast]]:
    gathered: list[Cast] = []
    logs = tmp_path_factory.mktemp("event")

    def prepare() -> None:
        gathered.append(Cast.gather())
        teach()
        the_quarter_before(gathered[0])

    with django_db_blocker.unblock(), served("test_event", logs=logs, prepare=prepare) as site:
        yield site, gathered[0]
    regions.forget()


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"École {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def said_by_event(story: Story) -> int:
    """How many said so in this quarter: what no page shows before it is over."""
    today = clock.today()
    first = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    with story.site.at_home(), acting(ROLLUPS, clock.now()), connection.cursor() as cursor:
        cursor.execute(
            f"select counted from access.{FIGURES.name}"
            "('quarter', 'America/Toronto', %s, %s) where of_measure = 'HEARD' "
            "and of_kind = 'EVENT'",
            [first - timedelta(days=1), today + timedelta(days=120)],
        )
        return sum(number for (number,) in cursor.fetchall())


def notes_a_visit(story: Story, who: str) -> str:
    """Kind, then keep: the day is today’s. What follows is for whoever has a minute."""
    page = story.screen_of(who)
    story.go(who, "/outreach/")
    story.reads_clearly(who)
    page.locator("main a[href='/outreach/new/']").click()
    story.reads_clearly(who)
    # Nothing is said yet: it says so, and keeps nothing.
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main .error-summary")).to_be_visible()
    story.reads_clearly(who)
    page.locator("[name=kind][value=visit]").check()
    page.locator("[name=organisation]").fill(story.name)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main h1")).to_be_visible()
    story.is_on(who, "/outreach/[0-9a-f-]{36}/")
    story.reads_clearly(who)
    return page.url.removeprefix(story.site.staff)


def test_an_event_leads_to_a_request_a_training_and_later_a_referral(story: Story) -> None:
    before = said_by_event(story)
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    where = notes_a_visit(story, "Inès")

    # What was asked there, then what was asked for: the request opens with the school.
    ines.locator("[name=questions]").fill(HOW)
    ines.locator("form[action$='/questions/'] button[type=submit]").click()
    expect(ines.locator("main")).to_contain_text(HOW)
    ines.locator("form:has([name=what][value=SUPPORT]) button").click()
    story.is_on("Inès", where)
    ines.locator("form:has([name=what][value=TRAINING]) button").click()
    story.is_on("Inès", "/training/requests/begin/[0-9a-f-]{36}/")
    expect(ines.locator("[name=organisation]")).to_have_value(story.name)
    story.reads_clearly("Inès")
    ines.locator("[name=environment]").select_option("school")
    for name, words in (
        ("people", "12"), ("group", "l’équipe du deuxième cycle"),
        ("needs", "Accueillir une confidence sans brusquer."), ("dates", "un jeudi"),
        ("reach", "450 555-0142, le midi"),
    ):  # fmt: skip
        ines.locator(f"[name={name}]").fill(words)
    ines.locator("main form button[type=submit]").first.click()
    if ines.locator("[name=looked_again]").count():
        story.reads_clearly("Inès")
        ines.locator("[name=looked_again]").check()
        ines.locator("main form button[type=submit]").first.click()
    expect(ines.locator("main h1")).to_have_text(AT_DESK[story.language])
    story.reads_clearly("Inès")

    # The coordination reads the request; the school is trained (by the actions themselves).
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/training/requests/")
    louise.get_by_role("link", name=story.name, exact=True).first.click()
    expect(louise.locator("main")).to_contain_text("Accueillir une confidence")
    with story.site.at_home():
        trained(story)

    # What took place with the school stands on one page, and its question is answered for all.
    story.go("Louise", where)
    louise.locator("main a[href*='/outreach/organisations/']").click()
    story.reads_clearly("Louise")
    expect(louise.locator("main .lines").first.locator("li")).to_have_count(3)
    story.go("Louise", "/outreach/questions/")
    story.reads_clearly("Louise")
    louise.locator("main a[href*='/outreach/questions/']").first.click()
    story.reads_clearly("Louise")
    louise.locator("[name=words]").fill(ANSWER)
    louise.locator("main form button[type=submit]").first.click()
    story.go("Inès", "/outreach/questions/")
    expect(ines.locator("main")).to_contain_text(ANSWER)
    story.reads_clearly("Inès")
    story.go("Inès", "/outreach/kit/")
    story.reads_clearly("Inès")

    # Later, somebody refers, and says how she knew of the programme: one more, and of nobody.
    story.a_referrer_writes("Mireille Fortin", chosen_name=f"Lou {story.name}", heard="EVENT")
    assert said_by_event(story) == before + 1
    # Figures speak of the quarter that is over, and of nothing since.
    story.go("Louise", "/figures/")
    row = louise.locator("tr", has_text=FIGURE[story.language])
    expect(row.locator("td").last).to_have_text("7")
    story.reads_clearly("Louise")
    story.signs_in("Roy")
    story.go("Roy", where)
    story.reads_clearly("Roy")
    expect(story.screen_of("Roy").locator("main")).to_contain_text(story.name)
    with story.site.at_home(), acting(story.cast.ines):
        event = Event.objects.get(pk=where.split("/")[2])
        counted = AskedFor.objects.filter(event_id=event.pk).values_list("what", flat=True)
        assert sorted(counted) == ["SUPPORT", "TRAINING"]


def trained(story: Story) -> None:
    """Somebody of the school followed a topic, and it is attested."""
    louise, now = story.cast.louise, clock.now()
    school = {"name": "Ève Roy", "organisation": story.name, "environment": "school"}
    with acting(louise, now):
        shown = attestations.Shown("first", clock.today(), "fr", **school)  # type: ignore[arg-type]
        attestations.attest(uuid_of(f"attested {story.name}"), shown, by=louise, at=now)
