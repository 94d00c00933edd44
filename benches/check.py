"""Reading and checking Swedish report text, against spaCy merely splitting the same text into words and sentences.

The text is generated: goal sections with tallies, indicators, changes and narrative, figures that hold and figures
that do not, about as many claims to the page as a published section has. One core, processor time. Beside the figure,
in the conditions: the same at ten times the size, and on the founding page repeated where it lies beside the project.
"""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import spacy

from ledtrad.core.checking import CheckResult, check
from ledtrad.readers.report_text import read_report

T = TypeVar("T")
MEGABYTE = 1_000_000
SEED = Path(__file__).resolve().parents[2] / "shared" / "seed" / "000_2768c3cf11c22adc.txt"
_NARRATIVE = (
    "Arbetet har skett i nära samverkan mellan stadsdelarna, polisen och de lokala föreningarna.",
    "Under {year} har {some} nya mötesplatser öppnats i ytterstaden, och fler är på väg.",
    "I mätningen svarar {percent} procent att de känner sig trygga när de går hem på kvällen.",
    "Andelen som oroar sig för inbrott har minskat från {more} till {less} procent sedan förra mätningen.",
    "Nämnden har fördelat {amount} mnkr till belysning, sikt och skötsel av gångvägar.",
    "Dialogen med näringsidkare och fastighetsägare fortsätter, och erfarenheterna tas om hand i planeringen.",
    "Uppföljningen visar att entreprenörerna i huvudsak har levererat enligt avtal, men att städningen "
    "brister på helger.",
    "Personalen har fått utbildning i bemötande, och rutinerna för lägesbilder har setts över.",
    "Verksamheten har anpassats efter de boendes synpunkter, bland annat när det gäller öppettider och information.",
    "Erfarenheterna visar att tidiga insatser har betydelse, och arbetssättet sprids nu till fler "
    "verksamheter i staden.",
    "Samverkan med regionen har fördjupats, och ansvaret mellan verksamheterna är tydligare än tidigare.",
    "Många boende har lämnat synpunkter på belysningen i gångstråken, och åtgärder har påbörjats på flera platser.",
    "Arbetet med att göra lekplatser och parker tillgängliga för alla fortsätter i hela staden.",
    "För att skräpet ska minska har papperskorgar satts upp där många vistas, och tömningen sker oftare "
    "under sommaren.",
)


def run() -> dict[str, object]:
    one, ten = _report(MEGABYTE), _report(10 * MEGABYTE)
    _checked(_report(MEGABYTE // 20))  # once before, so that nothing is measured that happens only the first time
    speed, result = _speed(one, _checked)
    speed_at_ten, _ = _speed(ten, _checked)
    pipeline = spacy.blank("sv")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 20 * MEGABYTE
    peer, _ = _speed(one, lambda data: sum(1 for _ in pipeline(data.decode()).sents))
    return {
        "name": "check",
        "figure": round(speed, 2),
        "unit": "MB of text a second, read and checked, one core",
        "peer": f"spaCy {spacy.__version__}, Swedish words and sentences only",
        "peer_figure": round(peer, 2),
        "ratio": round(speed / peer, 1),
        "conditions": {
            "bytes": len(one),
            "claims": len(result.claims),
            "findings": len(result.findings),
            "at_10_mb": round(speed_at_ten, 2),
            "growth_1_to_10_mb": round(len(ten) / speed_at_ten / (len(one) / speed) / (len(ten) / len(one)), 2),
            "founding_page_repeated": _founding_page(),
        },
    }


def _checked(data: bytes) -> CheckResult:
    return check(read_report(data).document)


def _speed(data: bytes, work: Callable[[bytes], T]) -> tuple[float, T]:
    begin = time.process_time()
    result = work(data)
    return len(data) / MEGABYTE / (time.process_time() - begin), result


def _founding_page() -> float | str:
    if not SEED.exists():
        return "not run: the page does not lie beside the project"
    page = SEED.read_bytes() + b"\n\n"
    return round(_speed(page * (MEGABYTE // len(page) + 1), _checked)[0], 2)


def _report(size: int) -> bytes:
    """At least `size` bytes of goal sections, the same every time."""
    chance, parts, length = random.Random(2020), [], 0
    while length < size:
        part = _section(chance, len(parts) + 1)
        parts.append(part)
        length += len(part.encode())
    return "".join(parts).encode()


def _section(chance: random.Random, number: int) -> str:
    year, (met, partly, not_met) = 2020, (chance.randint(10, 20), chance.randint(2, 9), chance.randint(2, 4))
    total = met + partly + not_met + (chance.random() < 0.1)
    narrative = "\n\n".join(
        f"Vad staden har gjort, del {part}\n\n{_paragraph(chance, year)}\n\n{_paragraph(chance, year)}"
        for part in range(1, 6)
    )
    return (
        f"Staden är god att leva i, område {number}\n\nMål för verksamhetsområdet\nStaden ska vara trygg och ren.\n"
        f"Måluppfyllelse för året\nMålet för verksamhetsområdet bedöms ha uppfyllts delvis under {year}. "
        f"{met} av {total} "
        f"nämnder bedömer att målet uppnås helt, {partly} att det uppnås delvis och {not_met} att det ej uppnås. "
        "Stadens Stadshus AB bedömer att målet uppnås helt. För två av tre av indikatorerna har årsmålet uppnåtts helt "
        f"och en indikator saknar utfall.\n\n{narrative}\n\nIndikatorer\n\n"
        + "".join(_indicator(chance, name) for name in ("trygga på kvällen", "nöjda med parkerna"))
        + "Andel som deltar i kulturlivet\n\nÅrsmål: 70 %\nUtfall:\nMåluppfyllelse:\nKommentar: Mäts vartannat år.\n\n"
    )


def _paragraph(chance: random.Random, year: int) -> str:
    more = chance.randint(10, 20)
    figures = {"year": year, "some": chance.choice(("två", "tre", "elva")), "percent": chance.randint(50, 90)}
    figures |= {"more": more, "less": more - chance.randint(1, 5), "amount": f"4 {chance.randint(100, 999)}"}
    return " ".join(sentence.format(**figures) for sentence in chance.sample(_NARRATIVE, 7))


def _indicator(chance: random.Random, name: str) -> str:
    women, men = chance.randint(70, 80), chance.randint(70, 80)
    return (
        f"Andel {name}\n\nÅrsmål: 70 %\nUtfall: Totalt {(women + men) // 2} %. Varav kvinnor {women} %, män {men} %\n"
        "Måluppfyllelse: Helt\nKommentar: Utfallet är i nivå med förra året.\n\n"
    )
