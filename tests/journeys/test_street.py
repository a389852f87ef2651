"""SC-14, its side of the outbox: without a network, is what is typed kept for the server alone?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.core import clock
from spheres.followup.notes.models import Note
from spheres.followup.street import actions, queries
from spheres.followup.street.models import MOST_WAITING, Arrival, Entry
from spheres.followup.street.tests.factories import wait
from spheres.followup.street.typed import EVENT
from tests.cast import acting
from tests.journeys.conftest import Way
from tests.journeys.server import window
from tests.journeys.story import Story, told
from tests.journeys.telephone import (
    ANOTHER_KEY,
    EDIT,
    HELD,
    HERS,
    SEALS_FOR,
    SEEN,
    comes_in,
    keep,
    prepared,
    without_a_network,
)

pytestmark = pytest.mark.browser
THIS_ONE = {"fr": "celui-ci", "en": "this one"}


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Lou {way.number}") as one:
        yield one


def test_what_is_typed_without_a_network_becomes_a_note(story: Story) -> None:
    ines = story.cast.ines
    page = prepared(story, "Inès")
    without_a_network(page, story)
    keep(page)

    expect(page.locator("[data-waiting] [data-number]")).to_have_text("1")
    assert page.input_value("#her_words") == ""
    held = page.evaluate(HELD)
    assert len(held["rows"]) == 1
    assert all(word not in held["all"] for word in (HERS, SEEN, "Hirondelle", "Maya"))

    page.context.set_offline(False)
    page.goto(f"{story.site.staff}/street/")
    expect(page).to_have_url(re.compile("sent=1"))
    assert page.evaluate(HELD)["rows"] == []
    story.reads_clearly("Inès")
    entry_id = held["rows"][0]["id"]
    page.locator(f"a[href='/street/{entry_id}/']").click()
    story.reads_clearly("Inès")
    page.select_option("#id_person", label="Maya")
    page.locator("main form .button-primary").click()
    expect(page).to_have_url(re.compile(r"/notes/new/\?draft="))
    assert page.input_value("[name=her_words]") == HERS
    page.locator("main form .button-primary").last.click()
    expect(page).to_have_url(re.compile(r"/files/[0-9a-f-]+/$"))

    with story.site.at_home(), acting(ines, clock.now()):
        assert Note.objects.filter(pk=entry_id).count() == 1
        assert not Entry.objects.filter(pk=entry_id).exists()


def test_an_event_typed_without_a_network_is_kept_on_its_page(story: Story) -> None:
    """What is asked is what an event records; what was typed of somebody before does not follow."""
    page = prepared(story, "Inès")
    without_a_network(page, story)
    page.fill("#her_words", HERS)
    page.check("#kind-event")
    expect(page.locator("#her_words")).to_be_hidden()
    story.reads_clearly("Inès")
    page.select_option("#event", "kiosk")
    page.fill("#organisation", "École des Tilleuls")
    page.fill("#questions", "Est-ce que c’est gratuit?")
    page.locator("form button").click()
    expect(page.locator('[data-says="kept"]')).to_be_visible()

    page.context.set_offline(False)
    page.goto(f"{story.site.staff}/street/")
    expect(page).to_have_url(re.compile("sent=1"))
    with story.site.at_home(), acting(story.cast.ines, clock.now()):
        mine = queries.arrived(actor=story.cast.ines)
    [entry] = [one for one in mine if one.typed and one.typed.kind == EVENT]
    assert entry.typed
    assert (entry.typed.event, entry.typed.her_words) == ("kiosk", "")
    page.locator(f"a[href='/street/{entry.id}/']").click()
    story.reads_clearly("Inès")
    page.locator("main a.button-primary").click()
    expect(page.locator("[name=kind][value=kiosk]")).to_be_checked()
    expect(page.locator("[name=organisation]")).to_have_value("École des Tilleuls")
    page.locator("main form .button-primary").last.click()
    expect(page).to_have_url(re.compile(f"/outreach/{entry.id}/$"))
    expect(page.locator("main")).to_contain_text("Est-ce que c’est gratuit?")
    page.goto(f"{story.site.staff}/street/")
    assert page.locator(f"a[href='/street/{entry.id}/']").count() == 0


def test_samir_s_lost_phone_is_not_listened_to_and_forgets_what_waited(story: Story) -> None:
    """Two texts wait on it; he removes it from his desk; then nobody sends them, nor reads them."""
    lost = window(story.browser, language=story.language, size=story.size, site=story.site)
    phone = prepared(story, "Samir", lost.new_page())
    without_a_network(phone, story)
    keep(phone)
    keep(phone, hers="Un autre.", mark="Érable")
    desk = comes_in(story, "Samir")
    desk.goto(f"{story.site.staff}/account/devices/")
    other = desk.locator("main .kept > li").filter(has_not_text=THIS_ONE[story.language])
    other.locator("form[action='/account/devices/remove/'] button").click()
    expect(desk).to_have_url(re.compile("/removed/$"))

    # Whoever found it meets the door: nothing leaves, and what waits is read by nobody.
    phone.context.set_offline(False)
    phone.goto(f"{story.site.staff}/street/")
    expect(phone).to_have_url(re.compile("/sign-in/"))
    held = phone.evaluate(HELD)
    assert len(held["rows"]) == 2
    assert all(word not in held["all"] for word in (HERS, "Un autre.", "Érable"))

    # Found again, he comes in with it: it is another telephone, and the old one's texts are wiped.
    comes_in(story, "Samir", phone)
    phone.goto(f"{story.site.staff}/street/")
    expect(phone.locator('[data-says="revoked"]')).to_be_visible()
    assert phone.evaluate(HELD)["rows"] == []
    writes_no_more(phone, story)
    with story.site.at_home(), acting(story.cast.samir, clock.now()):
        assert (Entry.objects.count(), Arrival.objects.count()) == (0, 0)
    lost.close()


def test_what_waits_for_more_than_a_day_is_said(story: Story) -> None:
    page = prepared(story, "Inès")
    without_a_network(page, story)
    keep(page, mark="Neige")
    expect(page.locator("[data-old]")).to_be_hidden()
    page.evaluate(EDIT.replace("CHANGE", "row.at -= 25 * 60 * 60 * 1000"))

    page.reload()
    expect(page.locator("[data-old]")).to_be_visible()
    story.reads_clearly("Inès")
    page.context.set_offline(False)
    page.context.route("**/street/entries/", lambda route: route.abort())
    page.goto(f"{story.site.staff}/street/")
    expect(page.locator("[data-old]")).to_be_visible()
    story.reads_clearly("Inès")


def test_a_text_that_cannot_be_read_holds_back_no_other(story: Story) -> None:
    """The first that waits was altered; the one behind it arrives, and the page says the rest."""
    page = prepared(story, "Inès")
    without_a_network(page, story)
    keep(page, hers="Altéré.", mark="Grêle")
    page.evaluate(
        EDIT.replace(
            "CHANGE", "row.id = '00000000-0000-4000-8000-000000000000'; row.sealed = btoa('spoilt')"
        )
    )
    keep(page, hers="Intact.", mark="Givre")

    page.context.set_offline(False)
    page.goto(f"{story.site.staff}/street/")
    expect(page).to_have_url(re.compile("sent=1"))
    expect(page.locator('[data-says="altered"]')).to_be_visible()
    assert [row["sealed"] for row in page.evaluate(HELD)["rows"]] == ["c3BvaWx0"]
    story.reads_clearly("Inès")
    page.locator("[data-erase]").click()
    expect(page.locator('[data-says="altered"]')).to_be_hidden()
    assert page.evaluate(HELD)["rows"] == []


def test_opened_with_a_network_the_page_gives_the_key_of_today(story: Story) -> None:
    """The key file changed since the telephone was prepared; a page of writing stayed open."""
    page = prepared(story, "Inès")
    spoilt = page.evaluate(ANOTHER_KEY)
    page.goto(f"{story.site.staff}/street/write/")
    expect(page.locator("form")).to_be_visible()
    assert page.evaluate(SEALS_FOR) == [spoilt]

    home = page.context.new_page()
    home.goto(f"{story.site.staff}/street/")
    expect(home.locator('[data-says="ready"]')).to_be_visible()
    todays = home.locator("[data-street]").get_attribute("data-key")
    assert home.evaluate(SEALS_FOR) == [todays]
    home.close()

    page.context.set_offline(True)
    keep(page, mark="Serrure")
    page.context.set_offline(False)
    page.goto(f"{story.site.staff}/street/")
    expect(page).to_have_url(re.compile("sent=1"))
    expect(page.locator("main")).to_contain_text("Serrure")
    assert page.evaluate(HELD)["rows"] == []


def test_past_the_most_that_wait_the_rest_stays_until_some_are_placed(story: Story) -> None:
    karim = story.cast.karim
    page = prepared(story, "Karim")
    with story.site.at_home(), acting(karim, clock.now()):
        room = MOST_WAITING - queries.waiting(actor=karim)
        before = wait(karim, room - 1)
    without_a_network(page, story)
    keep(page, mark="Cerise")
    keep(page, mark="Prune")

    page.context.set_offline(False)
    page.goto(f"{story.site.staff}/street/")
    expect(page).to_have_url(re.compile("sent=1"))
    expect(page.locator('[data-says="many"]')).to_be_visible()
    expect(page.locator("[data-waiting] [data-number]")).to_have_text("1")
    story.reads_clearly("Karim")

    with story.site.at_home(), acting(karim, clock.now()):
        for each in before:
            actions.put_away(each, by=karim)
    page.goto(f"{story.site.staff}/street/")
    expect(page).to_have_url(re.compile("sent=1"))
    assert page.evaluate(HELD)["rows"] == []
    for mark in ("Cerise", "Prune"):
        expect(page.locator("main")).to_contain_text(mark)


def writes_no_more(page: Page, story: Story) -> None:
    """The page that opens without a network says so, and keeps nothing."""
    assert page.evaluate(SEALS_FOR) == []
    page.context.set_offline(True)
    page.goto(f"{story.site.staff}/street/write/")
    expect(page.locator('[data-says="unready"]')).to_be_visible()
    assert not page.locator("form").is_visible()
    page.context.set_offline(False)


def test_on_a_telephone_of_two_nobody_seals_for_the_other_and_nothing_is_lost(
    story: Story,
) -> None:
    page = prepared(story, "Inès")
    without_a_network(page, story)
    keep(page, mark="Rivière")
    page.context.set_offline(False)
    page.context.route("**/street/entries/", lambda route: route.abort())
    page.goto(f"{story.site.staff}/street/")
    goes_out(page)
    page.context.unroute("**/street/entries/")

    # Karim, on the same browser: what waits is not his, is not sent, and is not wiped.
    page.goto(f"{story.site.staff}/sign-in/")
    page.locator(".door-person", has=page.locator("strong:text-is('Karim')")).click()
    expect(page).not_to_have_url(re.compile("/sign-in/$"))
    page.goto(f"{story.site.staff}/street/")
    expect(page.locator('[data-says="not_ready"]')).to_be_visible()
    writes_no_more(page, story)
    assert len(page.evaluate(HELD)["rows"]) == 1
    page.goto(f"{story.site.staff}/street/")
    goes_out(page)

    comes_in(story, "Inès")
    page.goto(f"{story.site.staff}/street/")
    expect(page).to_have_url(re.compile("sent=1"))
    assert page.evaluate(HELD)["rows"] == []


def goes_out(page: Page) -> None:
    page.locator("form[action='/sign-out/'] button").first.click()
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_signing_out_leaves_what_waits_and_nothing_else(story: Story) -> None:
    page = prepared(story, "Inès")
    without_a_network(page, story)
    keep(page, mark="Pluie")
    page.context.set_offline(False)
    page.context.route("**/street/entries/", lambda route: route.abort())
    page.goto(f"{story.site.staff}/street/")
    expect(page.locator('[data-says="cut"]')).to_be_visible()
    goes_out(page)
    page.context.unroute("**/street/entries/")

    comes_in(story, "Inès")
    page.goto(f"{story.site.staff}/street/")
    expect(page).to_have_url(re.compile("sent=1"))
    goes_out(page)
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases()") == []
