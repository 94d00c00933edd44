"""Verdict symbols and tally bars, drawn as SVG without inline styles so that they stand under a strict policy.

A symbol is decoration: the word stands beside it, or the caller gives the accessible name.
"""

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

from ledtrad.core.assessment import Tally, Verdict

VERDICTS: tuple[Verdict | None, ...] = (*Verdict, None)

_RING = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
_DRAWINGS = {
    "met": '<circle cx="8" cy="8" r="7" fill="currentColor"/>',
    "partly": _RING + '<path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor"/>',
    "not_met": _RING,
    "none": '<path d="M1 8h3.4M6.3 8h3.4M11.6 8H15" fill="none" stroke="currentColor" stroke-width="2"/>',
}
_BAR_WIDTH, _BAR_HEIGHT, _SEAM = 400.0, 8, 2.0


def slug(verdict: Verdict | None) -> str:
    """The verdict's name in class names and ids; "none" where there is no verdict."""
    return verdict.value if verdict else "none"


def symbol(verdict: Verdict | None) -> Markup:
    """The drawn symbol, hidden from assistive technology. Coloured by its class."""
    name = slug(verdict)
    return Markup(f'<svg class="symbol is-{name}" viewBox="0 0 16 16" aria-hidden="true">{_DRAWINGS[name]}</svg>')


def sprite() -> Markup:
    """All four symbols once, for pages with hundreds of them: each is then a `<use href="#v-met">`."""
    shapes = "".join(f'<symbol id="v-{name}" viewBox="0 0 16 16">{shape}</symbol>' for name, shape in _DRAWINGS.items())
    return Markup(f'<svg class="sprite" width="0" height="0" aria-hidden="true">{shapes}</svg>')


def use(name: str) -> Markup:
    """A symbol out of the `sprite`, by the verdict's name in class names."""
    return Markup(f'<svg class="symbol is-{name}" aria-hidden="true"><use href="#v-{name}"/></svg>')


@lru_cache(maxsize=4096)
def bar(tally: Tally) -> Markup:
    """A thin stacked bar of the tally: met, partly, not met, and a hatch for those without a verdict."""
    segments = "".join(_segments(tally))
    return Markup(
        f'<svg class="bar" viewBox="0 0 {_BAR_WIDTH:.0f} {_BAR_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f"{segments}</svg>"
    )


def _segments(tally: Tally) -> Iterator[str]:
    if not tally.total:
        return
    counts = [(slug(verdict), tally.count(verdict)) for verdict in Verdict] + [("none", tally.without)]
    start = 0.0
    for name, count in counts:
        if count:
            width = _BAR_WIDTH * count / tally.total
            yield _segment(name, start, max(width - _SEAM, 1.0))
            start += width


def _segment(name: str, start: float, width: float) -> str:
    if name != "none":
        return f'<rect class="bar-{name}" x="{start:.1f}" y="0" width="{width:.1f}" height="{_BAR_HEIGHT}"/>'
    strokes = "".join(f"M{start + step:.1f} {_BAR_HEIGHT}l4-{_BAR_HEIGHT}" for step in range(0, int(width) - 3, 8))
    edge = f"M{start + 0.5:.1f} .5h{max(width - 1, 0):.1f}v{_BAR_HEIGHT - 1}h-{max(width - 1, 0):.1f}z"
    return f'<path class="bar-none" d="{edge}{strokes}" vector-effect="non-scaling-stroke"/>'
