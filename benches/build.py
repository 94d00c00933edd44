"""One year's report as an accessible PDF, against WeasyPrint's PDF/UA-1 of the same content.

12 goals with 120 indicators and charts, about 150 pages, PDF/UA-1 and PDF/A-2a at once. The figure is the time in a
process that has set the report before. Beside it, in the conditions: the first time, after one changed sentence,
HTML + PDF + DOCX with and without charts in the cache, growth from 12 to 48 goals, and what page-validation finds.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import page
import typst
from tests.renderers.samples import year_document

from ledtrad.core.document import Document, Paragraph, Section
from ledtrad.renderers import charts, docx, html, pdf

GOALS, INDICATORS, PARAGRAPHS = 12, 10, 24
PROFILES = ("ua1", "2a")
ROOT = Path(__file__).resolve().parent.parent
# The peer's sheet is plain, and set so that the report comes out at about as many pages as ours.
PAPER = (
    "@page {size: A4; margin: 30mm 28mm 25mm 33mm} body {font: 10.5pt/1.4 serif}"
    "h2, h3, h4 {font-size: 11pt; margin: 6pt 0 4pt}"
    "p, dl, figure {margin: 4pt 0} .symbol {width: 8pt} .bar {width: 100%; height: 5pt} .chart svg {width: 105mm}"
    "table {width: 100%; font-size: 8pt; line-height: 1.1}"
)


def run() -> dict[str, object]:
    year = _year(GOALS)
    first, content = _timed(lambda: pdf.render(year))
    warm = statistics.median(_timed(lambda: pdf.render(year))[0] for _ in range(5))
    changed = _timed(lambda: pdf.render(_with_one_changed_sentence(year)))[0]
    peer, peer_pages = _weasyprint(year)
    return {
        "name": "build",
        "figure": round(warm, 3),
        "unit": "seconds for the PDF",
        "peer": "WeasyPrint, PDF/UA-1",
        "peer_figure": peer and round(peer, 2),
        "ratio": peer and round(peer / warm, 1),
        "conditions": {
            "goals": GOALS,
            "load_average": round(os.getloadavg()[0], 1),
            "indicators": GOALS * INDICATORS,
            "pages": page.validate_pdf_bytes(content, profile="ua1").document.page_count,
            "peer_pages": peer_pages,
            "first_seconds": round(first, 2),
            "ratio_first_time": peer and round(peer / first, 1),
            "one_sentence_changed_seconds": round(changed, 3),
            **_all_formats(),
            **_growth(),
            "validation_failures": _failures(content),
            "planted_failures_found": _failures(_planted()),
        },
    }


def _year(goals: int) -> Document:
    return year_document(goals, indicators=INDICATORS, paragraphs=PARAGRAPHS)


def _timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    start = time.perf_counter()
    content = work()
    return time.perf_counter() - start, content


def _with_one_changed_sentence(year: Document) -> Document:
    """The aim of the sixth goal reworded: what an editor waits for."""
    goal = year.sections[5]
    aim = goal.sections[0]
    assert isinstance(aim.blocks[0], Paragraph)
    sentence = replace(aim.blocks[0].sentences[0], text="Målet har fått en ny lydelse.")
    changed = Section(aim.id, aim.title, (Paragraph((sentence,)),))
    goal = replace(goal, sections=(changed, *goal.sections[1:]))
    return replace(year, sections=(*year.sections[:5], goal, *year.sections[6:]))


def _weasyprint(year: Document) -> tuple[float | None, int | None]:
    """Seconds and pages. None, said aloud, where the peer or its system libraries are missing."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        print(f"NOT MEASURED: WeasyPrint cannot be loaded ({error}); it needs Pango from the system.", file=sys.stderr)
        return None, None
    text = f"<html lang=sv><title>{year.title}</title><style>{PAPER}</style>{html.section_html(year)}</html>"
    start = time.perf_counter()
    content = weasyprint.HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")
    seconds = time.perf_counter() - start
    return seconds, page.validate_pdf_bytes(content, profile="ua1").document.page_count


# --- all three formats, in a process that starts from nothing ------------------------------------


def _all_formats() -> dict[str, float]:
    """The same work in new processes: no charts in the folder, then all of them (twice, and the better counts)."""
    with tempfile.TemporaryDirectory() as folder:
        without, *cached = (_in_new_process("three_formats", folder) for _ in range(3))
    return {"html_pdf_docx_no_charts_cached_seconds": without, "html_pdf_docx_charts_cached_seconds": min(cached)}


def three_formats(folder: str) -> float:
    year = _year(GOALS)
    start = time.perf_counter()
    html.page(year)
    pdf.render(year)
    docx.render(year, cache=charts.FolderCache(Path(folder)))
    return time.perf_counter() - start


def _growth() -> dict[str, float]:
    """Processor time of the first setting of 12 and of 48 goals, each in a new process.

    Four times the goals should be about four times the work, and nowhere near sixteen.
    """
    small, large = (_in_new_process("first_setting", str(goals)) for goals in (GOALS, 4 * GOALS))
    return {"cpu_seconds_12_goals": small, "cpu_seconds_48_goals": large, "growth": round(large / small, 2)}


def first_setting(goals: str) -> float:
    year = _year(int(goals))
    start = time.process_time()
    pdf.render(year)
    return time.process_time() - start


def _in_new_process(function: str, argument: str) -> float:
    code = f"import json; from benches import build; print(json.dumps(build.{function}({argument!r})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return round(float(json.loads(done.stdout.splitlines()[-1])), 2)


# --- validity ------------------------------------------------------------------------------------


def _failures(content: bytes) -> dict[str, int]:
    return {profile: len(page.validate_pdf_bytes(content, profile=profile).failures) for profile in PROFILES}


def _planted() -> bytes:
    """A PDF with neither tags nor title: the validator must object."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "planted.typ"
        source.write_text("= Utan taggar", encoding="utf-8")
        content = typst.compile(str(source), format="pdf", pdf_tags=False)
    assert isinstance(content, bytes)
    return content
