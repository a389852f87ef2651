"""How does somebody who has no mouse go through a page? Tab by tab, seeing where they are."""

from __future__ import annotations

from playwright.sync_api import Page

STOPS = 90
FOCUSED = """(selector) => {
  const here = document.activeElement, style = getComputedStyle(here);
  return [here.matches(selector), here.getBoundingClientRect().width > 0,
          style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          here.outerHTML.slice(0, 120)];
}"""


def tabs_to(page: Page, selector: str) -> None:
    """Until this one is focused; wherever it goes on the way is seen."""
    met = []
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        is_it, has_place, is_seen, what = page.evaluate(FOCUSED, selector)
        met.append(what)
        if is_it:
            assert (has_place, is_seen) == (True, True), what
            return
    raise AssertionError(f"No Tab leads to {selector}: {met}")


def tabs_to_link(page: Page, address: str) -> None:
    tabs_to(page, f"a[href='{address}']")
