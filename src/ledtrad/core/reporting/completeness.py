"""What is wrong, lacking or odd in a row, each as a sentence by its field."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from ledtrad.core.outcomes import Measured, total_lies_between
from ledtrad.core.quantities import Quantity
from ledtrad.core.reporting.contents import Content, Frame, RowKind, cleaned
from ledtrad.core.reporting.figures import NotAFigure, read_figure

_Said = Mapping[str, str]
_Sentences = dict[str, str]


def read_content(frame: Frame, sent: Mapping[str, object], before: Mapping[str, str] | None = None) -> Content:
    """What was sent, laid over what stood `before`, with all that is wrong or lacking in it.

    Raises Unstorable for what cannot be kept at all.
    """
    return examined(frame, cleaned(frame.kind, sent, before or {}))


def examined(frame: Frame, said: _Said) -> Content:
    """`said` as a content with its problems, what it lacks and what to look at once more."""
    return _EXAMINERS[frame.kind](frame, said)


# --- indicators ----------------------------------------------------------------------------------


def _indicator(frame: Frame, said: _Said) -> Content:
    figures, problems = _figures(frame, said)
    if said["not_measured"] and any(figures.get(name) for name in ("total", "women", "men")):
        problems["not_measured"] = "Ange antingen ett utfall eller varför det inte har mätts, inte båda."
    if not frame.by_sex and (said["women"] or said["men"]):
        problems["women"] = "Indikatorn redovisas inte per kön. Ta bort uppgiften."
    return Content(said, problems, _lacking(frame, said, problems), _odd(figures))


def _figures(frame: Frame, said: _Said) -> tuple[dict[str, Quantity | None], _Sentences]:
    figures: dict[str, Quantity | None] = {}
    problems: _Sentences = {}
    for name in ("total", "women", "men", "forecast"):
        try:
            figures[name] = read_figure(said[name], frame.unit)
        except NotAFigure as trouble:
            problems[name] = str(trouble)
    return figures, problems


def _lacking(frame: Frame, said: _Said, problems: _Sentences) -> _Sentences:
    lacking = _outcome_lacking(frame, said)
    if frame.asks_forecast and not said["forecast"] and not said["forecast_verdict"]:
        lacking["forecast"] = "Ange en prognos för helåret."
    return {name: sentence for name, sentence in lacking.items() if name not in problems}


def _outcome_lacking(frame: Frame, said: _Said) -> _Sentences:
    if said["not_measured"]:
        return {}
    if not said["total"]:
        if said["women"] or said["men"]:
            return {"total": "Ange utfallet totalt."}
        return {"total": "Ange utfallet, eller varför det inte har mätts."} if _is_asked(frame) else {}
    if frame.by_sex and not (said["women"] and said["men"]) and not said["comment"]:
        return {"comment": "Utfallet ska redovisas för kvinnor och män. Skriv i kommentaren varför det saknas."}
    return {}


def _is_asked(frame: Frame) -> bool:
    return frame.is_due and not frame.asks_forecast


def _odd(figures: Mapping[str, Quantity | None]) -> _Sentences:
    total = figures.get("total")
    if total is None or total_lies_between(Measured(total, figures.get("women"), figures.get("men"))):
        return {}
    return {"total": "Totalen ligger inte mellan kvinnor och män. Kontrollera talen."}


# --- activities ----------------------------------------------------------------------------------


def _activity(frame: Frame, said: _Said) -> Content:
    if not said["progress"]:
        return Content(said, {}, {"progress": "Ange hur det har gått med aktiviteten."})
    if said["progress"] != "done" and not said["why"]:
        return Content(said, {}, {"why": "Skriv varför aktiviteten inte är genomförd."})
    return Content(said)


# --- assessments ---------------------------------------------------------------------------------

_ALWAYS = {"result": "Skriv vad som har uppnåtts."}
_WHEN_NOT_MET = {
    "cause": "Skriv varför målet inte uppnås helt.",
    "risk": "Skriv vilken risk som finns framåt.",
    "measure": "Skriv vilken åtgärd som görs och vilken effekt den väntas få.",
}
_SHARES = ("forecast_met", "forecast_partly", "forecast_not_met")
_HUNDRED = Decimal(100)


def _assessment(frame: Frame, said: _Said) -> Content:
    lacking = {name: sentence for name, sentence in _prompts(frame, said).items() if not said[name]}
    if not frame.asks_forecast:
        if not said["verdict"]:
            lacking["verdict"] = "Bedöm om målet uppnås helt, delvis eller inte."
        problems = {name: "Prognos lämnas bara vid tertial." for name in _SHARES if said[name]}
        return Content(said, problems, lacking)
    problems = _share_problems(said)
    if not any(said[name] for name in _SHARES):
        lacking["forecast_met"] = "Ange hur troliga de tre bedömningarna är för helåret. De ska bli 100 procent."
    return Content(said, problems, lacking)


def _prompts(frame: Frame, said: _Said) -> _Sentences:
    return _ALWAYS | (_WHEN_NOT_MET if said["verdict"] in ("partly", "not_met") else {})


def _share_problems(said: _Said) -> _Sentences:
    written = {name: said[name] for name in _SHARES if said[name]}
    if not written:
        return {}
    wrong = {name for name, text in written.items() if not (text.isascii() and text.isdigit() and int(text) <= 100)}
    if wrong:
        return dict.fromkeys(wrong, "Skriv ett helt tal mellan 0 och 100.")
    total = sum(int(text) for text in written.values())
    return {} if total == _HUNDRED else {"forecast_met": f"De tre talen ska bli 100 procent. Nu blir de {total}."}


_EXAMINERS: dict[RowKind, Callable[[Frame, _Said], Content]] = {
    RowKind.INDICATOR: _indicator,
    RowKind.ACTIVITY: _activity,
    RowKind.ASSESSMENT: _assessment,
}
