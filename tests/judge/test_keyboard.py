"""Every public page by keyboard alone: the skip link, a focus that is seen, nothing in its way, no trap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .places import PLACES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.judge

# Long lists are all alike.
STEPS = 60
# What has the focus: where it is, whether it is marked, and whether something else lies over all of it (WCAG 2.4.11).
FOCUSED = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const at = (x, y) => {
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element) || top.closest("label")?.contains(element));
  };
  const places = [...element.getClientRects()].flatMap((each) => [
    [each.left + each.width / 2, each.top + each.height / 2], [each.left + 2, each.top + 2],
    [each.right - 2, each.bottom - 2],
  ]);
  return {
    what: element.outerHTML.slice(0, 120),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && places.some(([x, y]) => at(x, y)),
  };
}
"""
FOCUSABLE = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]"
CALM = """
() => {
  const moves = [...document.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    const lasts = (value) => value.split(",").some((each) => parseFloat(each) > 0.01);
    return (style.animationName !== "none" && lasts(style.animationDuration))
      || lasts(style.transitionDuration) || style.scrollBehavior === "smooth";
  });
  return moves.map((element) => element.outerHTML.slice(0, 120));
}
"""


def walked(tab: Page) -> list[dict[str, Any]]:
    """Return what has the focus at each step, until it leaves the page or many steps are done."""
    found: list[dict[str, Any]] = []
    for _step in range(STEPS):
        tab.keyboard.press("Tab")
        here = tab.evaluate(FOCUSED)
        if here is None:
            break
        found.append(here)
    return found


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_the_focus_is_always_seen(city, place, width, reading):
    tab = reading.open(city[place], width=width)

    steps = walked(tab)

    assert steps
    assert [step["what"] for step in steps if not step["marked"]] == []
    assert [step["what"] for step in steps if not step["seen"]] == []
    # Whoever stays where he is is trapped, unless nowhere else is to go.
    assert len({step["what"] for step in steps}) > 1 or len(steps) == 1 or tab.locator(FOCUSABLE).count() == 1


@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_the_first_link_leads_to_the_content(city, place, reading):
    tab = reading.open(city[place])
    if tab.locator(".skip").count() == 0:
        pytest.skip("a page for a frame of another site: it has nothing to skip")

    tab.keyboard.press("Tab")
    first = tab.evaluate("document.activeElement.className")
    tab.keyboard.press("Enter")

    assert first == "skip"
    assert tab.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_who_wants_no_motion_sees_none(city, place, reading):
    tab = reading.open(city[place])
    tab.emulate_media(reduced_motion="reduce")

    moving = tab.evaluate(CALM)
    tab.emulate_media(reduced_motion="no-preference")

    assert moving == []
