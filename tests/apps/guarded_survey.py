"""A survey with few answers in many parts: six districts, two sexes, three ages; some answers are rare.

Everyone weighs the same, so that a share tells its count to whoever knows the base: nothing is harder to keep secret.
"""

import random

from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER

from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind
from ledtrad.apps.surveys import actions as surveys
from ledtrad.core.surveys.answers import codebook_from_rows

DISTRICTS = {f"0{place}": f"Del {place}" for place in range(1, 7)}
SEXES = {"1": "women", "2": "men"}
AGES = {"1": "age:16-29", "2": "age:30-64", "3": "age:65-"}
ANSWERS = ("1", "2", "3", "4")
_ODDS = (40, 38, 16, 6)
CANARY = "Kanariefågel-7f3a9c"
CODEBOOK = codebook_from_rows(
    [
        ["variabel", "etikett", "typ", "kod", "betydelse", "minst", "högst", "saknas", "frivillig"],
        ["lopnr", "Löpnummer", "löpnummer", "", "", "", "", "", ""],
        *[
            ["kvall" if code == "1" else "", "Trygg ute en kväll", "kod", code, word, "", "", missing, ""]
            for code, word, missing in (
                ("1", "Mycket trygg", ""),
                ("2", "Ganska trygg", ""),
                ("3", "Otrygg", ""),
                ("4", "Går inte ut", ""),
                ("9", "Vet inte", "ja"),
            )
        ],
        ["besok", "Gånger i veckan", "tal", "", "", "0", "50", "", ""],
        ["kon", "Kön", "kod", "1", "Kvinna", "", "", "", ""],
        ["", "", "", "2", "Man", "", "", "", ""],
        ["alder", "Ålder", "kod", "1", "16–29 år", "", "", "", ""],
        ["", "", "", "2", "30–64 år", "", "", "", ""],
        ["", "", "", "3", "65 år och äldre", "", "", "", ""],
        *[
            ["omrade" if code == "01" else "", "Område", "kod", code, name, "", "", "", ""]
            for code, name in DISTRICTS.items()
        ],
        ["vikt", "Vikt", "tal", "", "", "0", "", "", ""],
        ["egna_ord", "Med egna ord", "text", "", "", "", "", "", "ja"],
    ]
)
PLAN = surveys.WavePlan(
    population="Folkbokförda, 16–79 år",
    modes=("post", "web"),
    strata="omrade",
    weight="vikt",
    sex="kon",
    women="1",
    men="2",
    age="alder",
    district="omrade",
)


def people(seed=1, late=0):
    """Who answered what: (answer, district, sex, age, times a week). `late` more came in afterwards."""
    drawn = random.Random(seed)
    sizes = {(d, s): drawn.randint(14, 34) for d in DISTRICTS for s in SEXES}
    rows = []
    for (district, sex), size in sizes.items():
        for _ in range(size):
            answer = drawn.choices((*ANSWERS, "9"), (*_ODDS, 3))[0]
            rows.append((answer, district, sex, drawn.choices("123", (2, 5, 3))[0], drawn.randint(0, 9)))
    for _ in range(late):
        rows.append((drawn.choices(ANSWERS, _ODDS)[0], drawn.choice([*DISTRICTS]), drawn.choice("12"), "2", 3))
    return rows


def csv_of(rows):
    lines = ["lopnr;kvall;besok;kon;alder;omrade;vikt;egna_ord"]
    lines += [
        f"{serial};{answer};{times};{sex};{age};{district};10;{CANARY if serial == 7 else ''}"
        for serial, (answer, district, sex, age, times) in enumerate(rows, 1)
    ]
    return ("\n".join(lines) + "\n").encode()


def build():
    """The survey with its wave of 2019. Needs the city's indicators."""
    survey.build()
    areas = [indicators.NewArea(code, AreaKind.DISTRICT, name) for code, name in DISTRICTS.items()]
    indicators.register_areas(areas=areas, by=BUILDER, at=AT)
    survey.plan(2019, PLAN)


def publish(rows):
    survey.receive(csv_of(rows), 2019, codebook=CODEBOOK)
    return surveys.publish_estimates(survey="trygghet", year=2019, by=BUILDER, at=AT)
