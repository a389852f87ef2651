"""What is done on a telephone in the street, and what of it would a thief find there?"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.story import Story

HERS = "J’ai dormi chez une amie, ça va."
SEEN = "Vue trois minutes devant la station."
# All that a browser holds of a site, as text: what a thief who knows the telephone would read.
HELD = """async () => {
  const rows = await new Promise((done) => {
    const asked = indexedDB.open("street");
    asked.onsuccess = () => {
      const all = asked.result.transaction("entries").objectStore("entries").getAll();
      all.onsuccess = () => done(all.result);
    };
  });
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) kept.push(await (await cache.match(one)).text());
  }
  return {rows, all: JSON.stringify([rows, kept, {...localStorage}, {...sessionStorage}])};
}"""

# For which key the browser would seal: nobody's, once it was removed or is another's.
SEALS_FOR = """() => new Promise((done) => {
  const asked = indexedDB.open("street");
  asked.onsuccess = () => {
    const all = asked.result.transaction("device").objectStore("device").getAll();
    all.onsuccess = () => done(all.result.map((one) => one.key));
  };
})"""

# The key held is another one: of an older key file, or of whoever had the telephone in hand.
ANOTHER_KEY = """async () => {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const made = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", made.publicKey));
  const key = btoa(String.fromCharCode(...point));
  await new Promise((done) => {
    const asked = indexedDB.open("street");
    asked.onsuccess = () => {
      const work = asked.result.transaction("device", "readwrite");
      const held = work.objectStore("device").get(1);
      held.onsuccess = () => work.objectStore("device").put({ ...held.result, key });
      work.oncomplete = done;
    };
  });
  return key;
}"""

# What is held is changed by hand: its age, its bytes.
EDIT = """() => new Promise((done) => {
  const asked = indexedDB.open("street");
  asked.onsuccess = () => {
    const work = asked.result.transaction("entries", "readwrite");
    const rows = work.objectStore("entries").getAll();
    rows.onsuccess = () => {
      for (const row of rows.result) {
        work.objectStore("entries").delete(row.id);
        CHANGE;
        work.objectStore("entries").put(row);
      }
    };
    work.oncomplete = done;
  };
})"""


def comes_in(story: Story, person: str, page: Page | None = None) -> Page:
    page = page or story.screen_of(person)
    page.goto(f"{story.site.staff}/sign-in/")
    page.locator(".door-person", has=page.locator(f"strong:text-is('{person}')")).click()
    expect(page).not_to_have_url(re.compile("/sign-in/"))
    return page


def prepared(story: Story, person: str, phone: Page | None = None) -> Page:
    """Before going out: one press, with a network."""
    page = comes_in(story, person, phone)
    page.goto(f"{story.site.staff}/street/")
    if phone is None:
        story.reads_clearly(person)
    page.locator("[data-prepare]").click()
    expect(page.locator('[data-says="ready"]')).to_be_visible()
    return page


def without_a_network(page: Page, story: Story) -> None:
    page.context.set_offline(True)
    page.goto(f"{story.site.staff}/street/write/")
    expect(page.locator("form")).to_be_visible()


def keep(page: Page, *, hers: str = HERS, seen: str = SEEN, mark: str = "Hirondelle") -> None:
    assert not page.locator("#need").is_visible()  # a contact is written: no need is asked
    page.fill("#mark", mark)
    page.fill("#her_words", hers)
    page.fill("#observation", seen)
    page.locator("form button").click()
    expect(page.locator('[data-says="kept"]')).to_be_visible()
