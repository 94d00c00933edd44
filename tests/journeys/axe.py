"""What axe finds on a page."""

from functools import cache

from axe_playwright_python.sync_playwright import Axe

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told in full: to describe what is right takes axe half its time.
_RUN = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(found => found.violations)"""


def findings(page) -> list[str]:
    """What is wrong, and with which element; nothing when the page is as it should be."""
    page.evaluate(_program())
    found = page.evaluate(_RUN, _RULES)
    return [f"{page.url}: {one['help']}: {node['html']}" for one in found for node in one["nodes"]]


@cache
def _program():
    return Axe().axe_script
