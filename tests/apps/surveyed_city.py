"""A survey in Lillköping, invented, built through actions: the safety survey of 2018, 2020 and 2021.

    trygghet        2018 post and web        2020 cancelled when a test says so         2021
    questions       kvall "Hur trygg känner du dig ute en kväll?"   1 mycket 2 ganska 3 otrygg 4 går inte ut 9 vet ej
                    besok "Hur ofta går du ut?" in times a week
    measures        1.2.1 by the share who answer 1 or 2 to kvall

The answers are made here, by a rule: nobody has given them.
"""

from datetime import UTC, date, datetime

from ledtrad.apps.people.actors import program
from ledtrad.apps.surveys import actions as surveys
from ledtrad.core.surveys.answers import codebook_from_rows

BUILDER = program("Lillköping")
AT = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)
WHY = "Svaren räknas om till andelar"
ASKED = {"sv": "Hur trygg känner du dig ute en kväll?", "en": "How safe do you feel outdoors in the evening?"}
CODEBOOK = codebook_from_rows(
    [
        ["variabel", "etikett", "typ", "kod", "betydelse", "minst", "högst", "saknas", "frivillig"],
        ["lopnr", "Löpnummer", "löpnummer", "", "", "", "", "", ""],
        ["kvall", "Trygg ute en kväll", "kod", "1", "Mycket trygg", "", "", "", ""],
        ["", "", "", "2", "Ganska trygg", "", "", "", ""],
        ["", "", "", "3", "Otrygg", "", "", "", ""],
        ["", "", "", "4", "Går inte ut", "", "", "", ""],
        ["", "", "", "9", "Vet inte", "", "", "ja", ""],
        ["besok", "Gånger i veckan", "tal", "", "", "0", "50", "", ""],
        ["kon", "Kön", "kod", "1", "Kvinna", "", "", "", ""],
        ["", "", "", "2", "Man", "", "", "", ""],
        ["omrade", "Område", "kod", "01", "Norr", "", "", "", ""],
        ["", "", "", "02", "Söder", "", "", "", ""],
        ["stratum_n", "Antal i stratumet", "tal", "", "", "1", "", "", ""],
        ["vikt", "Vikt", "tal", "", "", "0", "", "", ""],
        ["egna_ord", "Med egna ord", "text", "", "", "", "", "", "ja"],
    ]
)
PLAN = surveys.WavePlan(
    population="Folkbokförda, 16–79 år",
    frame="Folkbokföringen",
    modes=("post", "web"),
    languages=("sv", "en", "so"),
    opened=date(2018, 2, 1),
    closed=date(2018, 5, 15),
    drawn=800,
    strata="omrade",
    weight="vikt",
    fpc=("stratum_n",),
    sex="kon",
    women="1",
    men="2",
    district="omrade",
    sizes=(surveys.StratumSize("01", 4000, 400, "Norr"), surveys.StratumSize("02", 6000, 400, "Söder")),
)


def step(code: str, word: str, is_missing: bool = False) -> surveys.Step:
    return surveys.Step(code, {"sv": word}, is_missing)


EVENING = surveys.NewScale(
    "kvall",
    (step("1", "Mycket trygg"), step("2", "Ganska trygg"), step("3", "Otrygg"), step("4", "Går inte ut"),
     step("9", "Vet inte", is_missing=True)),
)  # fmt: skip


def build(measured_from: int = 2018) -> None:
    """The survey, its questions and the wave of 2018. Needs the city's indicators."""
    surveys.define_surveys(
        surveys=[surveys.NewSurvey("trygghet", "Trygghetsmätningen", "Påhittad för proven.", invented=True)],
        by=BUILDER,
        at=AT,
    )
    surveys.define_scales(survey="trygghet", scales=[EVENING], by=BUILDER, at=AT)
    surveys.define_questions(
        survey="trygghet",
        questions=[
            surveys.NewQuestion("kvall", "Trygg ute en kväll", 2018, ASKED, "kvall", "Känsla"),
            surveys.NewQuestion("besok", "Gånger ute", 2018, {"sv": "Hur många gånger i veckan går du ut?"}),
        ],
        by=BUILDER,
        at=AT,
    )
    measure(from_year=measured_from)
    plan(2018)


def measure(indicator: str = "1.2.1", levels: tuple[str, ...] = ("1", "2"), from_year: int = 2018) -> None:
    surveys.measure_indicator(
        indicator=indicator, survey="trygghet", question="kvall", levels=levels, from_year=from_year, by=BUILDER, at=AT
    )


def plan(year: int, plan: surveys.WavePlan = PLAN, because: str = "") -> None:
    surveys.plan_wave(survey="trygghet", year=year, plan=plan, because=because, invented=True, by=BUILDER, at=AT)


def cancel(year: int, reason: str = "Upphandlingen överklagades.") -> int:
    return surveys.cancel_wave(survey="trygghet", year=year, reason=reason, said_by="Ledningen", by=BUILDER, at=AT)


def answers(rows: int = 60, **changed: dict[int, str]) -> bytes:
    """A CSV file as a Swedish office program writes it. `changed` are other cells: column → row (from 0) → text."""
    lines = ["lopnr;kvall;besok;kon;omrade;stratum_n;vikt;egna_ord"]
    names = lines[0].split(";")
    for row in range(rows):
        north = row % 2 == 0
        cells = {
            "lopnr": str(row + 1),
            "kvall": str((1, 2, 2, 3, 1, 9)[row % 6]),
            "besok": f"{row % 7},5",
            "kon": str(1 + row % 3 % 2),
            "omrade": "01" if north else "02",
            "stratum_n": "4000" if north else "6000",
            "vikt": "133,25" if north else "200",
            "egna_ord": "Lampan vid bron är trasig." if row % 10 == 0 else "",
        }
        cells |= {name: texts[row] for name, texts in changed.items() if row in texts}
        lines.append(";".join(cells[name] for name in names))
    return ("\n".join(lines) + "\n").encode()


def receive(data: bytes | None = None, year: int = 2018, **named) -> surveys.AnswersDone:
    return surveys.receive_answers(
        survey="trygghet",
        year=year,
        data=answers() if data is None else data,
        codebook=named.pop("codebook", CODEBOOK),
        by=named.pop("by", BUILDER),
        at=AT,
        **named,
    )
