"""Granska en text

Varje räknebart påstående får ett besked: bundet till ett underlag, förenligt med resten av texten, motsagt, eller utan
stöd. Räknefel visas med uträkningen. Det som inte går att förstå räknas upp.
"""

from decimal import Decimal

from tests.core.method.spec import EMPTY, examples, spaces

from ledtrad.core.checking import ClaimKind, Status, check
from ledtrad.core.document import Document, Paragraph, Section, Sentence
from ledtrad.core.facts import Fact, FactSheet
from ledtrad.core.quantities import PERCENT, Quantity, quantity
from ledtrad.core.series import Break, BreakKind
from ledtrad.readers.report_text import read_report


def _checked(*paragraphs):
    return check(read_report("\n\n".join(paragraphs).encode()).document)


def _texts(result, status):
    return ", ".join(claim.text for claim in result.claims if claim.status is status) or EMPTY


def _kinds(result):
    return ", ".join(dict.fromkeys(finding.kind for finding in result.findings)) or EMPTY


@examples
def test_tallies(row):
    """Nämndernas bedömningar ska gå ihop

    Fler än helheten är ett fel. Färre är en varning, om ingen annan mening redovisar resten.

    | mening | stämmer | motsägs | fynd |
    |---|---|---|---|
    | 17 av 29 nämnder bedömer att målet uppnås helt, 11 bedömer att målet uppnås delvis och 1 bedömer att målet ej uppnås. | 17, 29, 11, 1 | – | – |
    | 17 av 29 nämnder bedömer att målet uppnås helt, 11 att det uppnås delvis och två att det inte uppnås. | – | 17, 29, 11, två | tally_exceeds_total |
    | 17 av 29 nämnder bedömer att målet uppnås helt och 10 att det uppnås delvis. | – | 17, 29, 10 | tally_below_total |
    | 17 av 29 nämnder bedömer att målet uppnås helt. | – | – | tally_incomplete |
    | 17 av 29 nämnder bedömer att målet uppnås helt medan övriga bedömer att det uppnås delvis. | – | – | – |
    | 31 av 29 nämnder bedömer att målet uppnås helt. | – | 31, 29 | tally_exceeds_total |
    | Av nämnderna bedömer 26 av 27 att kommunfullmäktiges mål för verksamhetsområdet uppnås helt och en att målet uppnås delvis. | 26, 27, en | – | – |
    | Av de 29 nämnderna bedömer 17 att målet uppnås helt, elva delvis och en ej. | 29, 17, elva, en | – | – |
    | Av 29 nämnder har 17 bedömt målet som helt uppfyllt, 11 som delvis uppfyllt och en som ej uppfyllt. | 29, 17, 11, en | – | – |
    | Målet bedöms i år. 20 av 28 nämnder bedömer att målet uppnås helt och 8 delvis. Föregående år bedömde 17 av 29 nämnder att målet uppnås helt. | 20, 28, 8 | – | tally_incomplete |
    | För nämndmålen gäller att 120 av 150 uppnås helt, 25 delvis och 5 ej. | – | – | – |
    | De flesta nämnder (17 av 29) bedömer att målet uppnås helt. Resterande 12 nämnder bedömer att målet uppnås delvis (11) eller inte alls (1). | De flesta, 17, 29, 11, 1 | – | – |
    | Två nämnder har inte genomfört åtgärden. Tre nämnder har uppnått sina besparingar. | – | – | – |
    | Nämnderna har genomfört 12 av 14 åtgärder och bedömer att målet uppnås helt. | – | – | – |
    | Målet uppnås helt enligt 17 nämnder, delvis enligt 11 och inte alls enligt en. Totalt 29 nämnder har svarat. | 17, 11, en, 29 | – | – |
    | Nämndernas bedömning av målet: helt 17, delvis 11, ej 1, av totalt 28 nämnder. | – | 17, 11, 1, 28 | tally_exceeds_total |
    """
    result = _checked("Måluppfyllelse för året", row["mening"])
    assert _texts(result, Status.CONSISTENT) == row["stämmer"]
    assert _texts(result, Status.CONTRADICTED) == row["motsägs"]
    assert _kinds(result) == row["fynd"]


@examples
def test_the_sum_is_worked_out(row):
    """Uträkningen visas

    | mening | besked |
    |---|---|
    | 17 av 29 nämnder bedömer att målet uppnås helt, 11 att det uppnås delvis och två att det inte uppnås. | 17 + 11 + 2 = 30, skrivet: 29 nämnder. |
    | 17 av 29 nämnder bedömer att målet uppnås helt och 10 att det uppnås delvis. | 17 + 10 = 27, skrivet: 29 nämnder. 2 redovisas inte. |
    | Andelen har minskat från 11 till 9 procent, alltså med 3 procentenheter. | 11 − 9 = 2, skrivet: 3 procentenheter. |
    """
    assert spaces(_checked("Läget", row["mening"]).findings[0].message) == row["besked"]


@examples
def test_indicators(row):
    """Indikatorer med och utan utfall

    Det som saknas, skjuts upp eller bara har en prognos räknas som utan utfall.

    | text | stämmer | motsägs |
    |---|---|---|
    | För två av nio av kommunfullmäktiges indikatorer har årsmålet uppnåtts helt, för fyra har det uppnåtts delvis och tre indikatorer saknar utfall. | två, nio, fyra, tre | – |
    | För två av nio av kommunfullmäktiges indikatorer har årsmålet uppnåtts helt, för fem har det uppnåtts delvis och tre indikatorer saknar utfall. | – | två, nio, fem, tre |
    | För två av tre indikatorer har årsmålet uppnåtts helt, en prognostiseras att uppnås helt. | två, tre, en | – |
    | För tre av fem indikatorer uppnås årsmålet helt, en uppnås delvis och en uppnås ej. | tre, fem, en, en | – |
    | Det har inte varit möjligt att följa upp 3 av 4 indikatorer. För den indikator som följts upp uppnås årsmålet delvis. | 3, 4, För den indikator som följts upp uppnås årsmålet delvis | – |
    | Det har inte varit möjligt att följa upp 2 av 4 indikatorer. För den indikator som följts upp uppnås årsmålet delvis. | – | 2, 4, För den indikator som följts upp uppnås årsmålet delvis |
    | Nämnden har 12 indikatorer, varav 8 når målvärdet, 3 delvis och 2 inte. | – | 12, 8, 3, 2 |
    | Av kommunfullmäktiges fyra indikatorer uppnås årsmålet helt för två, delvis för en och en saknar utfall. | fyra, två, en, en | – |
    """
    result = _checked("Måluppfyllelse för året", row["text"])
    assert _texts(result, Status.CONSISTENT) == row["stämmer"]
    assert _texts(result, Status.CONTRADICTED) == row["motsägs"]


_LIST = """Indikatorer

Andel elever som känner sig trygga i skolan

Årsmål: 80 %
Utfall: Totalt 84 %. Varav kvinnor 82 %, män 87 %
Måluppfyllelse: Helt
Kommentar: {comment}

Nöjdhet med parker

Årsmål: 71 %
Utfall:
Måluppfyllelse:
Kommentar: Undersökningen genomfördes inte."""


@examples
def test_against_the_list(row):
    """Texten mot indikatorlistan

    Listan har två indikatorer: en med utfallet 84 procent (kvinnor 82, män 87) mot årsmålet 80, en utan utfall.

    | mening | stämmer | motsägs |
    |---|---|---|
    | En av två indikatorer saknar utfall. För den indikator som följts upp uppnås årsmålet helt. | En, två, För den indikator som följts upp uppnås årsmålet helt | – |
    | En av tre indikatorer saknar utfall. | En | tre |
    | Två av två indikatorer saknar utfall. | två | Två |
    | För den indikator som följts upp uppnås årsmålet delvis. | – | För den indikator som följts upp uppnås årsmålet delvis |
    | Hälften av indikatorerna saknar utfall. | Hälften | – |
    | 75 procent av indikatorerna saknar utfall. | – | 75 procent |
    | Andelen elever som känner sig trygga i skolan är 84 procent. | 84 procent | – |
    | Andelen elever som känner sig trygga i skolan är 86 procent. | – | 86 procent |
    """
    result = _checked("Måluppfyllelse för året", row["mening"], _LIST.format(comment="Inget."))
    own = [claim for claim in result.claims if claim.kind not in ("indicator_outcome", "indicator_target")]
    own = [claim for claim in own if claim.kind not in ("indicator_verdict", "indicator_absence")]
    for status, column in ((Status.CONSISTENT, "stämmer"), (Status.CONTRADICTED, "motsägs")):
        assert (", ".join(claim.text for claim in own if claim.status is status) or EMPTY) == row[column]


@examples
def test_comparisons(row):
    """Kvinnor och män

    Indikatorn är densamma: kvinnor 82 procent, män 87 procent trygga. Mer är bättre.

    | mening | besked |
    |---|---|
    | Kvinnor är i lägre grad trygga än män. | stämmer |
    | Kvinnor är i högre grad otrygga. | stämmer |
    | Flickor är mer otrygga än pojkar. | stämmer |
    | Män är i högre grad trygga än kvinnor. | stämmer |
    | Resultatet är sämre för kvinnor. | stämmer |
    | Andelen trygga är högre bland kvinnor. | motsägs |
    | Fler män än kvinnor uppger att de inte är otrygga. | stämmer |
    | Fler kvinnor än män uppger att de inte är otrygga. | motsägs |
    | Kvinnor är i högre grad trygga än män. | motsägs |
    | Män är oftare utsatta än kvinnor. | motsägs |
    """
    result = _checked(_LIST.format(comment=row["mening"]))
    (claim,) = [claim for claim in result.claims if claim.kind == "comparison"]
    assert {"stämmer": Status.CONSISTENT, "motsägs": Status.CONTRADICTED}[row["besked"]] is claim.status


@examples
def test_changes(row):
    """Förändringar

    Ordet, de två talen och skillnaden ska säga samma sak. Mellan två procenttal är skillnaden i procentenheter.

    | mening | fynd |
    |---|---|
    | Andelen har minskat från 11 till 9 procent. | – |
    | Andelen har ökat från 11 till 9 procent. | change_direction |
    | Andelen har ökat från 9 procent till 11 procent. | – |
    | Andelen har minskat från 9 procent till 11 procent. | change_direction |
    | Andelen är oförändrad från 9 till 11 procent. | change_direction |
    | Andelen har minskat från 11 till 9 procent, alltså med 2 procentenheter. | – |
    | Andelen har minskat från 11 till 9 procent, alltså med 4 procentenheter. | change_size |
    | Andelen har minskat från 11 till 9 procent, alltså med 18 procent. | – |
    | Andelen har minskat från 50 till 45 procent, alltså med 5 procent. | points_not_percent |
    | Antalet anmälningar minskade till 80, jämfört med 100 året före. | – |
    | Antalet anmälningar ökade till 80, jämfört med 100 året före. | change_direction |
    | Andelen otrygga har minskat till 9 (11) procent. | – |
    | Andelen otrygga har ökat till 9 (11) procent. | change_direction |
    | Andelen ska minska från 11 till 9 procent. | – |
    | Andelen ökade från 62 procent 2018 till 65 procent 2020, en ökning med 3 procentenheter. | – |
    | Utfallet är 84 procent, 4,5 procentenheter under årsmålet på 88,5 procent. | – |
    | Utfallet är 84 procent, 5,5 procentenheter under årsmålet på 88,5 procent. | change_size |
    | Antalet har fördubblats från 90 till 180. | – |
    | Antalet har fördubblats från 90 till 120. | change_size |
    | Staden avsatte 120 mnkr, varav 80 mnkr till skolor och 40 mnkr till förskolor. | – |
    | Staden avsatte 120 mnkr, varav 80 mnkr till skolor och 50 mnkr till förskolor. | parts_exceed_whole |
    """
    assert _kinds(_checked("Läget", row["mening"])) == row["fynd"]


@examples
def test_breaks(row):
    """Förändringar över ett brott

    Serien ”Andel trygga barn” har utfall 2018, 2019 och 2020 och bröts 2019: frågan ändrades. Över brottet har
    ingenting ökat eller minskat. Säger meningen från när är det ett fel; annars en varning, om brottet ligger efter
    det närmaste utfallet före året som avsnittet gäller (här 2019 eller 2020).

    | mening | avsnittet gäller | fynd |
    |---|---|---|
    | Andel trygga barn har ökat sedan 2018. | 2020 | change_over_break (error) |
    | Andel trygga barn har ökat från 70 procent 2018 till 80 procent 2020. | 2020 | change_over_break (error) |
    | Andel trygga barn har ökat. | 2019 | change_over_break (warning) |
    | Andel trygga barn har ökat. | 2020 | – |
    | Andel trygga barn har ökat sedan 2019. | 2020 | – |
    | Andel trygga barn har ökat sedan 2018, men åren kan inte jämföras. | 2020 | – |
    | Antalet cyklar har ökat sedan 2018. | 2020 | – |
    """
    paragraph = Paragraph((Sentence("s-1", row["mening"]),))
    year = int(row["avsnittet gäller"])
    result = check(Document("Rapport", (Section("a", "Läget", (paragraph,)),), year=year), _BROKEN)
    found = [f"{one.kind} ({one.severity.value})" for one in result.findings]
    assert (", ".join(found) or EMPTY) == row["fynd"]


_BROKEN = FactSheet(
    [
        Fact(f"indicator:1.2/{year}/outcome.total", quantity(value, PERCENT), "Andel trygga barn – utfall, totalt")
        for year, value in ((2018, "70"), (2019, "75"), (2020, "80"))
    ],
    {"1.2": (Break(2019, BreakKind.WORDING),)},
)


@examples
def test_survey_changes(row):
    """Förändringar mellan två omgångar av en enkät

    ”Andel trygga vuxna” kommer ur en enkät: 70 % ± 2 år 2017, 72 % ± 2 år 2020 och 76 % ± 2 år 2023. Två omgångar
    skiljer sig säkert när skillnaden är större än roten ur summan av felmarginalernas kvadrater, här 2,8
    procentenheter. Ett påstående om en skillnad som kan vara slump får inget stöd, och en varning säger varför. Har det
    gått åt andra hållet motsägs det. Ett stycke som själv nämner felmarginalen lämnas i fred.

    | mening | påståendet är | fynd |
    |---|---|---|
    | Andel trygga vuxna ökade mellan 2017 och 2020. | unsupported | change_may_be_chance (warning) |
    | Andel trygga vuxna ökade mellan 2017 och 2023. | consistent | – |
    | Andel trygga vuxna minskade mellan 2017 och 2023. | contradicted | change_other_way (error) |
    | Andel trygga vuxna har ökat sedan 2020. | consistent | – |
    | Andel trygga vuxna har inte ökat sedan 2017. | unsupported | – |
    | Andel trygga vuxna ökade mellan 2017 och 2020, men inte säkert. | unsupported | – |
    | Andel trygga vuxna ökade bland kvinnor mellan 2017 och 2020. | unsupported | – |
    | Antalet cyklar ökade mellan 2017 och 2020. | unsupported | – |
    """
    paragraph = Paragraph((Sentence("s-1", row["mening"]),))
    result = check(Document("Rapport", (Section("a", "Läget", (paragraph,)),), year=2023), _SURVEYED)
    found = [f"{one.kind} ({one.severity.value})" for one in result.findings]
    assert (", ".join(found) or EMPTY) == row["fynd"]
    assert {one.status.value for one in result.claims if one.kind is ClaimKind.CHANGE} == {row["påståendet är"]}


_SURVEYED = FactSheet(
    Fact(
        f"indicator:1.3/{year}/outcome.total",
        Quantity(Decimal(value), PERCENT, 0, margin=Decimal(2), base=900),
        "Andel trygga vuxna – utfall, totalt",
    )
    for year, value in ((2017, "70"), (2020, "72"), (2023, "76"))
)


@examples
def test_verdicts(row):
    """Bedömningen är densamma överallt

    | text | motsägs |
    |---|---|
    | Målet för verksamhetsområdet bedöms ha uppfyllts delvis under året. Den samlade bedömningen är att målet har uppfyllts delvis. | – |
    | Målet för verksamhetsområdet bedöms ha uppfyllts delvis under året. Den samlade bedömningen är att målet har uppfyllts helt. | uppfyllts delvis, uppfyllts helt |
    | Målet för verksamhetsområdet bedöms ha uppfyllts helt under 2021. Föregående år bedömdes målet ha uppfyllts delvis. | – |
    | Målet bedöms ha uppfyllts helt. Bolaget AB Familjebostäder bedömer att målet uppnås delvis. | – |
    | Målet bedöms ha uppfyllts helt. Av dessa bedömer 20 att målet uppnås helt och sju delvis. | – |
    | Inriktningsmålet har uppfyllts delvis, det vill säga att utvecklingen går delvis åt rätt håll. | – |
    | Inriktningsmålet har uppfyllts delvis, det vill säga att utvecklingen går helt åt rätt håll. | uppfyllts delvis, helt åt rätt håll |
    | Stockholms Stadshus AB bedömer att målet uppnås helt. Bolagskoncernen bedömer att målet uppnås delvis. | uppnås helt, uppnås delvis |
    """
    result = _checked("Måluppfyllelse för året", row["text"])
    assert _texts(result, Status.CONTRADICTED) == row["motsägs"]


@examples
def test_subgoals(row):
    """Underliggande mål

    Antalet ska stämma med delarna och med dem som räknas upp (här två).

    | mening | motsägs | fynd |
    |---|---|---|
    | Inriktningsmålet har uppfyllts delvis. Av totalt två underliggande mål har ett uppfyllts helt och ett delvis. | – | – |
    | Inriktningsmålet har uppfyllts delvis. Av totalt tre underliggande mål har två uppfyllts helt och ett delvis. | tre | subgoals_differ |
    | Inriktningsmålet har uppfyllts helt. Av totalt två underliggande mål har ett uppfyllts helt och ett delvis. | – | subgoal_rule_differs |
    """
    listed = ("Underliggande mål", "Stockholm är en trygg stad", "Stockholm är en ren stad", "Nästa inriktningsmål")
    result = _checked("En stad", row["mening"], *listed)
    assert _texts(result, Status.CONTRADICTED) == row["motsägs"]
    assert _kinds(result) == row["fynd"]


_SOURCE = (
    "Staden har under året arbetat för att göra parker, torg och lekplatser tryggare för alla. Det har gett resultat."
)


@examples
def test_quotes(row):
    """Citat

    Ett lyft citat ska stå ord för ord i texten. En förtydligad början är en varning, en ändring mitt i ett fel.

    | citat | besked | fynd |
    |---|---|---|
    | Staden har under året arbetat för att göra parker, torg och lekplatser tryggare för alla. | consistent | – |
    | Stockholm har under året arbetat för att göra parker, torg och lekplatser tryggare för alla. | unsupported | quote_opening |
    | Staden har under året arbetat för att göra parker, torg och gårdar tryggare för alla. | contradicted | quote_differs |
    | Staden har inte under året arbetat för att göra parker, torg och lekplatser tryggare för alla. | contradicted | quote_differs |
    """
    result = _checked("Parker", _SOURCE, row["citat"])
    (claim,) = [claim for claim in result.claims if claim.kind == "quote"]
    assert claim.status == row["besked"]
    assert _kinds(result) == row["fynd"]


@examples
def test_single_figures(row):
    """Tal för sig

    | mening | slag | besked | fynd |
    |---|---|---|---|
    | Staden investerade 1,5 miljarder kronor. | amount | unsupported | – |
    | I mätningen svarar 10 procent att de är otrygga. | share | unsupported | – |
    | Ledningen aktiverades den 30 februari 2020. | date | contradicted | impossible_date |
    | Programmet gäller perioden 2023–2020. | year | contradicted | period_backwards |
    | Antalet var 1.234 i fjol. | count | unsupported | ambiguous_number |
    | Policyn (dnr KS 2019/273) gäller. | reference | unsupported | – |
    """
    result = _checked("Läget", row["mening"])
    assert [claim.kind for claim in result.claims] == [row["slag"]]
    assert result.claims[0].status == row["besked"]
    assert _kinds(result) == row["fynd"]


@examples
def test_repeats(row):
    """Samma sak två gånger

    Två meningar med nästan samma ord, samma år och samma namn ska ha samma tal.

    | andra meningen | fynd |
    |---|---|
    | Totalt tolv procent av de boende känner oro för inbrott i bostaden. | – |
    | Totalt 14 procent av de boende känner oro för inbrott i bostaden. | repeated_figure_differs |
    | Totalt 14 procent av de boende känner oro för inbrott i bostaden 2017. | – |
    | Totalt 14 procent av de boende i Farsta känner oro för inbrott i bostaden. | – |
    """
    first = "Oron mäts varje år. Totalt 12 procent av de boende känner oro för inbrott i bostaden."
    result = _checked("Läget", first, f"Frågan ställs till alla. {row['andra meningen']}")
    assert _kinds(result) == row["fynd"]


_FIELDS = """Indikatorer

{name}

Årsmål: {target}
Utfall: {outcome}
Måluppfyllelse: {verdict}"""


@examples
def test_target_outcome_verdict(row):
    """Årsmål, utfall och bedömning

    Helt betyder att årsmålet nås. Vilken väg som är bättre läses ur årsmålet eller namnet; går det inte, blir det en
    fråga i stället för ett fel.

    | indikator | årsmål | utfall | bedömning | fynd |
    |---|---|---|---|---|
    | Andel trygga | 88,5 % | 84 % | Delvis | – |
    | Andel trygga | 88,5 % | 90 % | Delvis | verdict_against_target |
    | Andel trygga | 88,5 % | 84 % | Helt | verdict_against_target |
    | Andel otrygga | 10 % | 9 % | Helt | – |
    | Andel otrygga | 10 % | 12 % | Helt | verdict_against_target |
    | Andel med ekonomiskt bistånd | högst 1,5 % | 1,46 % | Helt | – |
    | Prognossäkerhet | ±1 % | −1,1 % | Delvis | – |
    | Prognossäkerhet | ±1 % | −1,1 % | Helt | verdict_against_target |
    | Antal möten | 10 | 9 | Helt | sense_unsure |
    | Andel trygga | 80 % | Totalt 84 %. Varav kvinnor 82 %, män 87 % | Helt | – |
    | Andel trygga | 80 % | Totalt 88 %. Varav kvinnor 82 %, män 87 % | Helt | total_outside_sexes |
    | Andel trygga | 80 % | Totalt 85 %. Varav kvinnor 82 %, män 94 % | Helt | – |
    | Andel trygga | 80 % | Totalt 93 %. Varav kvinnor 82 %, män 94 % | Helt | odd_share_of_sexes |
    | Andel trygga | 80 % |  | Helt | outcome_without_reason, verdict_without_outcome |
    """
    fields = {"name": row["indikator"], "target": row["årsmål"], "outcome": row["utfall"], "verdict": row["bedömning"]}
    found = set(_kinds(_checked(_FIELDS.format(**fields))).split(", "))
    assert found == set(row["fynd"].split(", "))


def test_what_is_not_understood_is_listed():
    """Det som inte förstås

    ”Inte helt” säger inte om det är delvis eller ej. Det listas, och passerar inte tyst.
    """
    result = _checked("Läget", "Tre nämnder bedömer att målet inte uppnås helt.")
    assert [part.text for part in result.not_understood] == ["Tre"]
