"""What axe finds on a page.

Whether a text can be told from its ground hangs on its colours, its size and what lies beneath, and to find that out
takes axe more than half its time. So a look for which axe has been content once is not tried again in the same run;
what axe could not decide, or did not see, is. All other rules are tried on every page; in print there are none, since
nothing but the eye reads paper, and on a page that has been tried and is only shown anew, wider or in other colours,
there is the one on how much room the finger has.
"""

from functools import cache

from axe_playwright_python.sync_playwright import Axe

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_BY_LOOKS = ["color-contrast", "link-in-text-block"]
_BY_PLACE = {"type": "rule", "values": ["target-size"]}
# Only what is wrong is told in full: to describe what is right takes axe half its time. Nothing is fetched again: what
# axe would look for there (sound that starts by itself) no page has.
_RUN = """({only, but}) => axe.run(document, {
    runOnly: only,
    rules: Object.fromEntries(but.map(rule => [rule, {enabled: false}])),
    resultTypes: ["violations"], preload: false,
}).then(found => found.violations.map(({help, nodes}) => ({help, nodes: nodes.map(node => node.html)})))"""
_RUN_BY_LOOKS = """async ({looks, tried}) => {
    const grounds = new Map(), known = new Set(tried), fresh = new Map();
    const ground = element => {
        if (!element) return "";
        if (!grounds.has(element)) {
            const {backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode}
                = getComputedStyle(element);
            const parts = [backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode];
            const own = parts.join() === "rgba(0, 0, 0, 0),none,1,static,none,normal" ? "" : `${parts}>`;
            grounds.set(element, ground(element.parentElement) + own);
        }
        return grounds.get(element);
    };
    const letters = element => {
        const {color, fontSize, fontWeight, textShadow, textDecorationLine, borderBottom} = getComputedStyle(element);
        return [color, fontSize, fontWeight, textShadow, textDecorationLine, borderBottom].join();
    };
    const look = element => [
        ground(element), letters(element), element.tagName === "A" ? letters(element.parentElement) : "",
        !!element.closest(":disabled, [aria-disabled=true]"),
    ].join("|");
    const speaks = element => element.matches("input, textarea, select, button")
        || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    for (const element of document.body.querySelectorAll("*")) {
        if (speaks(element) && !known.has(look(element))) fresh.set(element, look(element));
    }
    if (!fresh.size) return {wrong: [], content: []};
    const found = await axe.run({include: [...fresh.keys()]}, {
        runOnly: {type: "rule", values: looks}, elementRef: true,
        resultTypes: ["violations", "passes", "incomplete"], preload: false,
    });
    const of = results => results.flatMap(one => one.nodes.map(node => fresh.get(node.element)));
    const doubted = new Set(of([...found.violations, ...found.incomplete]));
    return {
        wrong: found.violations.map(({help, nodes}) => ({help, nodes: nodes.map(node => node.html)})),
        content: [...new Set(of(found.passes))].filter(one => one && !doubted.has(one)),
    };
}"""
_content_with: set[str] = set()


def findings(page, *, shown_anew=False) -> list[str]:
    """What is wrong, and with which element; nothing when the page is as it should be.

    `shown_anew` when the page has been tried as it stands, and only its width or its colours are others.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_program())
    by_looks = page.evaluate(_RUN_BY_LOOKS, {"looks": _BY_LOOKS, "tried": sorted(_content_with)})
    _content_with.update(by_looks["content"])
    found = [*_by_structure(page, shown_anew), *by_looks["wrong"]]
    return [f"{page.url}: {one['help']}: {node}" for one in found for node in one["nodes"]]


def assert_nothing_found(page) -> None:
    assert findings(page) == []


def _by_structure(page, shown_anew):
    if page.evaluate("matchMedia('print').matches"):
        return []
    if shown_anew:
        return page.evaluate(_RUN, {"only": _BY_PLACE, "but": []})
    return page.evaluate(_RUN, {"only": {"type": "tag", "values": _TAGS}, "but": _BY_LOOKS})


@cache
def _program():
    return Axe().axe_script
