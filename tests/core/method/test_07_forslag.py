"""Förslag till bedömning av ett mål

Vikterna mellan nämndernas svar och indikatorerna är inte fasta: staden argumenterar för dem från fall till fall.
Ledtråd visar därför vad flera namngivna regler skulle föreslå, sida vid sida. Stadens bedömning är en egen uppgift
med motiv, skäl som vägt och beslut. Den räknas aldrig fram.
"""

from datetime import date

import pytest
from tests.core.method.spec import VERDICTS, counts, examples, table_of

from ledtrad.core.assessment import (
    PROPOSAL_RULES,
    SUBGOAL_RULE,
    CityVerdict,
    Decision,
    GoalEvidence,
    Ground,
    Tally,
    Verdict,
    propose,
    propose_from_subgoals,
)
from ledtrad.core.language.writing import explain_proposal

_RULES = {
    "indikatorer": "indikatorernas-flertal",
    "nämnder": "namndernas-flertal",
    "sämst": "samst-av-alla",
    "båda": "bada-flertalen",
    "ej blint": "namnderna-om-inte-blint",
}


@examples
def test_side_by_side(row):
    """Fem regler sida vid sida

    Den första raden är Stockholms mål 1.2 år 2020. Reglerna är: *indikatorernas flertal*; *nämndernas flertal*; *sämst
    av alla* (nämnder, indikatorer och bolagskoncern); *både nämnder och indikatorer* (det lägre av de två flertalen);
    och *nämnderna, men inte helt när de flesta indikatorer saknar utfall*. Utan flertal föreslås delvis. Ett streck
    betyder att underlaget inte bär något förslag.

    | nämnder | bolag | indikatorer | → indikatorer | → nämnder | → sämst | → båda | → ej blint |
    |---|---|---|---|---|---|---|---|
    | 17 / 11 / 1 av 29 | helt | 0 / 1 / 0 av 4 | delvis | helt | ej | delvis | delvis |
    | 25 / 3 / 0 av 28 | helt | 2 / 0 / 0 av 3 | helt | helt | delvis | helt | helt |
    | 28 / 0 / 0 av 28 | delvis | 3 / 0 / 0 av 3 | helt | helt | delvis | helt | helt |
    | 10 / 10 / 0 av 20 | – | 0 / 0 / 2 av 2 | ej | delvis | ej | ej | delvis |
    | 20 / 0 / 0 av 20 | – | 0 / 0 / 0 av 4 | – | helt | helt | – | delvis |
    | 20 / 0 / 0 av 20 | – | 2 / 0 / 0 av 4 | helt | helt | helt | helt | helt |
    | 0 / 0 / 20 av 20 | – | 0 / 0 / 0 av 4 | – | ej | ej | – | ej |
    | 0 / 0 / 0 av 20 | – | 1 / 0 / 0 av 1 | helt | – | helt | – | – |
    | 0 / 0 / 0 av 0 | – | 0 / 0 / 0 av 0 | – | – | – | – | – |
    """
    evidence = GoalEvidence(Tally(*counts(row["nämnder"])), Tally(*counts(row["indikatorer"])), VERDICTS[row["bolag"]])
    proposed = {proposal.rule.name: proposal.verdict for proposal in propose(evidence)}
    assert proposed == {name: VERDICTS[row[f"→ {column}"]] for column, name in _RULES.items()}


@examples
def test_goals_above_goals(row):
    """Mål ovanför mål

    Är alla underliggande mål helt uppfyllda föreslås helt, är inget det alls föreslås ej, och allt däremellan blir
    delvis. Så länge något mål inte är bedömt föreslås inget. Stockholm 2022: 2 helt + 3 delvis gav delvis, och
    2 helt + 2 delvis + 1 ej gav delvis.

    | underliggande mål | förslag |
    |---|---|
    | 2 / 3 / 0 av 5 | delvis |
    | 2 / 2 / 1 av 5 | delvis |
    | 5 / 0 / 0 av 5 | helt |
    | 0 / 0 / 2 av 2 | ej |
    | 1 / 0 / 1 av 2 | delvis |
    | 4 / 0 / 0 av 5 | – |
    | 0 / 0 / 0 av 0 | – |
    """
    assert propose_from_subgoals(Tally(*counts(row["underliggande mål"]))).verdict == VERDICTS[row["förslag"]]


def test_explained():
    """Varje förslag visar vad det räknade

    Nämndernas flertal (version 1) föreslår helt: 17 av 29 nämnder bedömer att målet uppnås helt, 11 delvis och 1 ej.
    """
    evidence = GoalEvidence(Tally(17, 11, 1, 29), Tally(0, 1, 0, 4), Verdict.MET)
    proposals = {proposal.rule.name: proposal for proposal in propose(evidence)}
    said = explain_proposal(proposals["namndernas-flertal"])
    assert said in " ".join((test_explained.__doc__ or "").split())


def test_every_rule_has_a_source():
    """Reglerna och deras källor

    Där källan är ett antagande står det så.

    | regel | version | i ord | källa |
    |---|---|---|---|
    | indikatorernas-flertal | 1 | Indikatorernas flertal | Stockholms årsredovisningar: indikatorerna avgör när de täcker en väsentlig del av målet. |
    | namndernas-flertal | 1 | Nämndernas flertal | Stockholms årsredovisningar: nämndernas bedömningar avgör när indikatorerna täcker en begränsad del av målet. |
    | samst-av-alla | 1 | Sämst av alla | Försiktighetsregel; vi har inte funnit någon kommun som har publicerat den. |
    | bada-flertalen | 1 | Både nämnder och indikatorer | Stockholms årsredovisning 2021: en sammanvägning av indikatorerna och nämndernas bedömningar. Att det lägre av de två flertalen gäller är ett antagande. |
    | namnderna-om-inte-blint | 1 | Nämnderna, men inte helt när de flesta indikatorer saknar utfall | Antagande efter Stockholms årsredovisning 2020, där tre av fyra indikatorer saknade utfall och målet bedömdes delvis. |
    | underliggande-mal | 1 | Underliggande mål | Stockholms årsredovisning 2022: 2 helt + 3 delvis gav delvis; 2 helt + 2 delvis + 1 ej gav delvis. |
    """
    rows = table_of(test_every_rule_has_a_source.__doc__)
    printed = [(row["regel"], int(row["version"]), row["i ord"], row["källa"]) for row in rows]
    rules = (*PROPOSAL_RULES, SUBGOAL_RULE)
    assert printed == [(rule.name, rule.version, rule.title, rule.source) for rule in rules]
    assert all(rule.title_en and rule.grounds for rule in rules)
    assert len(PROPOSAL_RULES) >= 4


def test_the_city_decides():
    """Staden bedömer, med motiv

    Stadens bedömning kräver ett skrivet motiv och minst ett skäl som vägt. Till den hör beslutet: organ, dag,
    paragraf och diarienummer. Den kan gå emot alla förslag.
    """
    decision = Decision("kommunstyrelsen", date(2021, 4, 7), "12", "KS 2021/345")
    verdict = CityVerdict(
        Verdict.PARTLY, "Tre av fyra indikatorer gick inte att följa upp.", (Ground.BOARDS,), decision
    )
    assert verdict.decision == decision
    with pytest.raises(ValueError, match="motive"):
        CityVerdict(Verdict.PARTLY, "  ", (Ground.BOARDS,))
    with pytest.raises(ValueError, match="ground"):
        CityVerdict(Verdict.PARTLY, "Därför.", ())
