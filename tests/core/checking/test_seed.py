"""The published page that the project was founded on, as it stands and with one figure changed at a time.

The page lies beside the project (shared/seed) and is not part of it: without it these tests are skipped.
"""

from pathlib import Path

import pytest

from ledtrad.core.checking import Status, check
from ledtrad.readers.report_text import read_report

SEED = Path(__file__).resolve().parents[4] / "shared" / "seed" / "000_2768c3cf11c22adc.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"the seed page is not at {SEED}")


@pytest.fixture(scope="module")
def seed():
    return SEED.read_text("utf-8")


def _check(text):
    return check(read_report(text.encode()).document)


def test_the_published_page_contradicts_itself_nowhere(seed):
    result = _check(seed)
    assert result.counts()["contradicted"] == 0
    assert not result.has_errors
    assert result.counts()["claims"] >= 40


def test_every_number_of_the_page_has_a_fate(seed):
    """No digit of the running text is passed over: it lies in a claim, in a quotation, or in a name."""
    report = read_report(seed.encode())
    result = check(report.document)
    covered = {}
    for claim in [*result.claims, *result.not_understood]:
        covered.setdefault(claim.sentence, []).append((claim.start, claim.end))
    names = ("covid-19", "Covid-19")
    for sentence in report.document.sentences():
        for position, character in enumerate(sentence.text):
            if character.isdigit() and not any(
                name in sentence.text[max(0, position - 8) : position + 3] for name in names
            ):
                spans = covered.get(sentence.id, [])
                assert any(start <= position < end for start, end in spans), (sentence.text, position)


def test_what_the_page_says_of_itself(seed):
    answer = read_report(seed.encode()).as_json()
    assert answer["title"] == "Stockholm är en trygg, säker och välskött stad att bo och vistas i"
    assert answer["year"] == "2020"
    assert answer["verdict"] == "partly"
    assert answer["company_group"] == "met"
    assert answer["boards"] == {"met": "17", "partly": "11", "not_met": "1", "total": "29"}
    counts = {"met": None, "partly": "1", "not_met": None, "no_outcome": "3", "total": "4"}
    assert answer["indicators"] == counts
    assert [row["target"] for row in answer["indicator_list"]] == ["77", "71", "71", "88.5"]
    assert [row["outcome"] for row in answer["indicator_list"]][:3] == [None] * 3
    assert answer["indicator_list"][3]["outcome"] == {"total": "84", "women": "82", "men": "87"}
    assert [row["new"] for row in answer["indicator_list"]] == [False, False, False, True]
    assert [row["absence"]["kind"] for row in answer["indicator_list"][:3]] == ["not_measured"] * 3
    assert len(answer["quotes"]) == 2


# Each row: what stands, where (by words around it), what is put in its place, and the claim that must turn.
MUTATIONS = [
    ("17 av 29 nämnder", "18 av 29 nämnder", "18"),
    ("17 av 29 nämnder", "16 av 29 nämnder", "16"),
    ("17 av 29 nämnder", "sjutton av trettio nämnder", "trettio"),
    ("17 av 29 nämnder", "17 av 28 nämnder", "28"),
    ("17 av 29 nämnder", "17 av 30 nämnder", "30"),
    ("11 bedömer att målet uppnås delvis", "12 bedömer att målet uppnås delvis", "12"),
    ("11 bedömer att målet uppnås delvis", "10 bedömer att målet uppnås delvis", "10"),
    ("1 bedömer att målet ej uppnås", "2 bedömer att målet ej uppnås", "2"),
    ("1 bedömer att målet ej uppnås", "noll bedömer att målet ej uppnås", "noll"),
    ("följa upp 3 av 4", "följa upp 2 av 4", "2"),
    ("följa upp 3 av 4", "följa upp 4 av 4", "4"),
    ("följa upp 3 av 4", "följa upp 3 av 5", "5"),
    ("följa upp 3 av 4", "följa upp tre av sex", "sex"),
    ("uppnås årsmålet delvis", "uppnås årsmålet helt", "För den indikator som följts upp uppnås årsmålet helt"),
    ("uppnås årsmålet delvis", "uppnås årsmålet ej", "För den indikator som följts upp uppnås årsmålet ej"),
    ("88,5", "80", "80 %"),
    ("Totalt 84 %", "Totalt 90 %", "90 %"),
    ("Totalt 84 %", "Totalt 81 %", "81 %"),
    ("kvinnor 82 %", "kvinnor 92 %", "92 %"),
    ("kvinnor 82 %", "kvinnor 85 %", "85 %"),
    ("män 87 %", "män 83 %", "83 %"),
    ("män 87 %", "män 80 %", "80 %"),
    ("Måluppfyllelse: Delvis", "Måluppfyllelse: Helt", "Helt"),
    ("kvinnor i högre grad utsatts", "män i högre grad utsatts", "män i högre grad"),
    ("kvinnor i högre grad utsatts", "kvinnor i lägre grad utsatts", "kvinnor i lägre grad"),
    ("uppfyllts delvis under 2020", "uppfyllts delvis under 2021", "2021"),
    ("Ny indikator 2020", "Ny indikator 2019", "2019"),
    ("inte genomförts 2020", "inte genomförts 2018", "2018"),
]


@pytest.mark.parametrize(("stands", "changed", "claim"), MUTATIONS, ids=[changed for _, changed, _ in MUTATIONS])
def test_one_changed_figure_turns_its_claim(seed, stands, changed, claim):
    assert seed.count(stands) == 1, stands
    result = _check(seed.replace(stands, changed))
    turned = [found.text.replace("\u00a0", " ") for found in result.claims if found.status is Status.CONTRADICTED]
    assert claim in turned
    concerned = {identity for finding in result.findings for identity in finding.claims}
    assert {
        found.id for found in result.claims if found.text == claim and found.status is Status.CONTRADICTED
    } <= concerned


def test_a_changed_quotation_is_found(seed):
    quotation = "Fokus för stadens arbete var att skydda äldre och andra riskgrupper från att smittas"
    head, _, tail = seed.rpartition(quotation)
    result = _check(head + quotation.replace("äldre", "yngre") + tail)
    assert [finding.kind for finding in result.findings if finding.severity == "error"] == ["quote_differs"]


@pytest.mark.parametrize("total", ["30", "28"])
def test_a_total_repeated_elsewhere_must_agree(seed, total):
    repeated = seed.replace("\n\nIndikatorer\n", f"\n\nDe {total} nämndernas svar har vägts samman.\n\nIndikatorer\n")
    result = _check(repeated)
    assert "repeated_total_differs" in {finding.kind for finding in result.findings}


SIBLINGS = sorted((SEED.parent / "siblings").glob("*.txt"))
EXPECTED = {
    "sthlm2020_barn-skola-forskola.txt": ("2020", "partly", "17/6/1/24", "2/4/None/3/9"),
    "sthlm2020_foretagsklimat.txt": ("2020", "met", "25/3/None/28", "2/None/None/1/3"),
    "sthlm2022_infrastruktur.txt": ("2022", "met", "26/1/None/27", "3/1/1/None/5"),
    "sthlm2022_mal1_modern-storstad.txt": (None, "partly", "None/None/None/None", "None/None/None/None/None"),
}


@pytest.mark.parametrize("path", SIBLINGS, ids=[path.name for path in SIBLINGS])
def test_four_more_published_pages(path):
    report = read_report(path.read_bytes())
    answer = report.as_json()
    tallies = ["/".join(map(str, answer[noun].values())) for noun in ("boards", "indicators")]
    assert (answer["year"], answer["verdict"], *tallies) == EXPECTED[path.name]
    assert check(report.document).counts()["contradicted"] == 0
