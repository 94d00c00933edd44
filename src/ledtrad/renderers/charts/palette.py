"""The inks of a chart: on the web they follow the page, on paper they are fixed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours and font as they stand in SVG attributes. `knockout` is the halo that keeps labels readable."""

    ink: str
    muted: str
    hairline: str
    total: str
    women: str
    men: str
    target: str
    paper: str
    font: str
    size: int


# The fallbacks have at least 3:1 against white and against a near-black page, so the chart stands without tokens.
WEB = Palette(
    ink="currentColor",
    muted="var(--chart-muted, currentColor)",
    hairline="var(--chart-hairline, currentColor)",
    total="var(--chart-total, #22877b)",
    women="var(--chart-women, #b0682a)",
    men="var(--chart-men, #5b7cb8)",
    target="var(--chart-target, currentColor)",
    paper="var(--chart-paper, Canvas)",
    font="system-ui, sans-serif",
    size=14,
)
PRINT = Palette(
    ink="#1c1f1e",
    muted="#5c6462",
    hairline="#8b9391",
    total="#17645a",
    women="#9a5518",
    men="#3d5f9e",
    target="#1c1f1e",
    paper="#ffffff",
    font="Libertinus Serif",
    size=14,
)
