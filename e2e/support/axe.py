"""What axe-core finds on a page, and whether the page is wider than its window."""

from functools import lru_cache

from playwright.sync_api import Page

from support.layout import FRONTEND

# Every rule, and the size of targets besides (WCAG 2.2), which axe leaves out by default.
# React Aria's announcer keeps what it said for some seconds, when the words are gone already.
RUN = """async (rules) => {
  const found = await axe.run({ exclude: [["[data-live-announcer]"]] }, {
    resultTypes: ["violations"],
    ...(rules.length && { runOnly: { type: "rule", values: rules } }),
    ...(!rules.length && { rules: { "target-size": { enabled: true } } }),
  });
  return found.violations.map((rule) =>
    rule.id + ": " + rule.help + "\\n" + rule.nodes.map((node) =>
      "    " + node.html.slice(0, 300) + "\\n    " + node.failureSummary).join("\\n"));
}"""
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SETTLED = """() => document.fonts.status === "loaded" && document.getAnimations()
  .every((one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""
WIDEST = """() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > width + 1
      || one.getBoundingClientRect().left < -1)
    .map((one) => one.outerHTML.slice(0, 160)).slice(0, 5);
}"""


@lru_cache
def source() -> str:
    file = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
    return file.read_text(encoding="utf-8")


def violations(page: Page, *, colour_only: bool = False) -> list[str]:
    """Return what axe finds, each rule with the elements at fault."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source())
    page.wait_for_function(SETTLED)
    found: list[str] = page.evaluate(RUN, COLOUR_RULES if colour_only else [])
    return found


def overflowing(page: Page) -> list[str]:
    """Return elements that stick out when the page scrolls sideways."""
    found: list[str] = page.evaluate(WIDEST)
    return found
