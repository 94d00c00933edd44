"""Why a rule says what it says: one sentence that names the rule, the numbers and the threshold."""

from dataclasses import replace

from ledtrad.core.assessment import Ground, Judgement, Proposal, RuleKind, Tally, Verdict
from ledtrad.core.language.writing.numbers import Language
from ledtrad.core.language.writing.outcomes import write_target
from ledtrad.core.language.writing.phrases import capitalised, write_list, write_verdict
from ledtrad.core.language.writing.units import write_quantity
from ledtrad.core.quantities import PERCENT, PERCENTAGE_POINTS, Quantity, joint_margin

_LACKS = {
    "sv": {
        "outcome": "utfall saknas",
        "target": "årsmål saknas",
        "earlier": "ett tidigare utfall att jämföra med saknas",
        "baseline": "ett utgångsläge att räkna från saknas",
        "comparable": "sättet att mäta har ändrats sedan förra gången",
    },
    "en": {
        "outcome": "there is no outcome",
        "target": "there is no target",
        "earlier": "there is no earlier outcome to compare with",
        "baseline": "there is no baseline to count from",
        "comparable": "the method has changed since last time",
    },
}
_TEXTS = {
    "sv": {
        "head": "{verdict} enligt regeln {rule} (version {version}): ",
        "none": "Ingen bedömning enligt regeln {rule} (version {version}): {lacks}.",
        "met": "{value} når årsmålet {target}.",
        "partly": "{value} {misses} {missed} men ligger {side} gränsen för delvis, {threshold}.",
        "not_met": "{value} {misses} {missed} och ligger {side} gränsen för delvis, {threshold}.",
        "no_margin": "{value} {misses} {missed}, och regeln har inget delvis här.",
        "changed": "{value} är {change} {earlier}.",
        "near": " Skillnaden mot {what} ryms i felmarginalen (±{margin}): ingen säker skillnad.",
        "near_target": "årsmålet {near}",
        "near_earlier": "det tidigare utfallet {near}",
        "proposal": "{rule} (version {version}) föreslår {verdict}: {grounds}.",
        "no_proposal": "{rule} (version {version}) föreslår inget: {grounds}.",
    },
    "en": {
        "head": "{verdict} by the rule {rule} (version {version}): ",
        "none": "No verdict by the rule {rule} (version {version}): {lacks}.",
        "met": "{value} meets the target {target}.",
        "partly": "{value} {misses} {missed} but is {side} the limit for partly met, {threshold}.",
        "not_met": "{value} {misses} {missed} and is {side} the limit for partly met, {threshold}.",
        "no_margin": "{value} {misses} {missed}, and the rule has no partly met here.",
        "changed": "{value} is {change} {earlier}.",
        "near": " The difference from {what} is within the margin of error (±{margin}): no certain difference.",
        "near_target": "the target {near}",
        "near_earlier": "the earlier outcome {near}",
        "proposal": "{rule} (version {version}) proposes {verdict}: {grounds}.",
        "no_proposal": "{rule} (version {version}) proposes nothing: {grounds}.",
    },
}
_MISSES = {"sv": ("når inte", "överstiger"), "en": ("falls short of", "exceeds")}
_SIDES = {"sv": ("under", "på", "över"), "en": ("below", "on", "above")}
_CHANGES = {
    "sv": {
        Verdict.MET: "bättre än det tidigare utfallet",
        Verdict.PARTLY: "i stort sett oförändrat mot det tidigare utfallet",
        Verdict.NOT_MET: "sämre än det tidigare utfallet",
    },
    "en": {
        Verdict.MET: "better than the earlier outcome",
        Verdict.PARTLY: "much the same as the earlier outcome",
        Verdict.NOT_MET: "worse than the earlier outcome",
    },
}
_PARTS = {"sv": {"women": " för kvinnor", "men": " för män"}, "en": {"women": " for women", "men": " for men"}}
_COUNTED = {
    "sv": {
        Ground.BOARDS: ("nämnd", "nämnder", "bedömer att målet uppnås", "har inte svarat"),
        Ground.INDICATORS: ("indikator", "indikatorer", "når årsmålet", "saknar utfall"),
        Ground.SUBGOALS: ("underliggande mål", "underliggande mål", "uppnås", "är inte bedömda"),
    },
    "en": {
        Ground.BOARDS: ("boards", "boards", "", "without an answer"),
        Ground.INDICATORS: ("indicators", "indicators", "", "without an outcome"),
        Ground.SUBGOALS: ("goals beneath", "goals beneath", "", "not judged"),
    },
}
_COMPANY = {
    "sv": ("bolagskoncernen bedömer att målet uppnås {}", "bolagskoncernen har inte svarat"),
    "en": ("company group: {}", "company group: without an answer"),
}


def explain_judgement(judgement: Judgement, language: Language = "sv") -> str:
    """One sentence: the verdict, the rule with its version, and the numbers and threshold that decided.

    A second one where the outcome of a sample cannot be told from what it is held against.
    """
    texts = _TEXTS[language]
    names = {"rule": judgement.rule.name, "version": judgement.rule.version}
    if judgement.verdict is None:
        return texts["none"].format(**names, lacks=_LACKS[language][judgement.lacks])
    verdict = capitalised(write_verdict(judgement.verdict, language))
    return texts["head"].format(**names, verdict=verdict) + _decided(judgement, language) + _unsure(judgement, language)


def explain_uncertainty(judgement: Judgement, language: Language = "sv") -> str:
    """That the outcome of a sample cannot be told from what it is held against; "" where it can."""
    return _unsure(judgement, language).strip()


def _unsure(judgement: Judgement, language: Language) -> str:
    near, value = judgement.near, judgement.outcome
    if near is None or value is None:
        return ""
    texts, is_change = _TEXTS[language], judgement.rule.kind is RuleKind.CHANGE
    what = texts["near_earlier" if is_change else "near_target"].format(near=write_quantity(near, language))
    unit = PERCENTAGE_POINTS if value.unit == PERCENT else value.unit
    margin = Quantity(joint_margin(value, near), unit, max(1, value.decimals))
    return texts["near"].format(what=what, margin=write_quantity(margin, language))


def _decided(judgement: Judgement, language: Language) -> str:
    texts, shown = _TEXTS[language], _shown(judgement, language)
    if judgement.rule.kind is RuleKind.CHANGE and judgement.verdict is not None:
        change = _CHANGES[language][judgement.verdict]
        return texts["changed"].format(value=shown["value"], change=change, earlier=shown["threshold"])
    if judgement.missed is None:
        return texts["met"].format(**shown)
    if judgement.threshold is None:
        return texts["no_margin"].format(**shown)
    return texts["partly" if judgement.verdict is Verdict.PARTLY else "not_met"].format(**shown)


def _shown(judgement: Judgement, language: Language) -> dict[str, str]:
    shown = {
        name: write_quantity(quantity, language)
        for name, quantity in (
            ("value", judgement.outcome),
            ("missed", judgement.missed),
            ("threshold", judgement.threshold),
        )
        if quantity is not None
    }
    shown["value"] = shown.get("value", "") + _PARTS[language].get(judgement.part, "")
    target = judgement.target
    shown["target"] = write_target(replace(target, women=None, men=None), language) if target else ""
    shown["misses"] = _MISSES[language][bool(target and judgement.missed == target.high)]
    shown["side"] = _side(judgement, language)
    return shown


def _side(judgement: Judgement, language: Language) -> str:
    if judgement.outcome is None or judgement.threshold is None:
        return ""
    value, threshold = judgement.outcome.value, judgement.threshold.value
    return _SIDES[language][1 + (value > threshold) - (value < threshold)]


def explain_proposal(proposal: Proposal, language: Language = "sv") -> str:
    """One sentence: what the rule proposes, and the counts that it looked at."""
    rule, texts = proposal.rule, _TEXTS[language]
    title = rule.title if language == "sv" else rule.title_en
    grounds = "; ".join(_ground(proposal, ground, language) for ground in rule.grounds)
    names = {"rule": title, "version": rule.version, "grounds": grounds}
    if proposal.verdict is None:
        return texts["no_proposal"].format(**names)
    return texts["proposal"].format(**names, verdict=write_verdict(proposal.verdict, language))


def _ground(proposal: Proposal, ground: Ground, language: Language) -> str:
    evidence = proposal.evidence
    if ground is Ground.COMPANY_GROUP:
        said, silent = _COMPANY[language]
        verdict = evidence.company_group
        return said.format(write_verdict(verdict, language)) if verdict else silent
    tallies = {Ground.BOARDS: evidence.boards, Ground.INDICATORS: evidence.indicators}
    return _counts(tallies.get(ground) or evidence.subgoals, ground, language)


def _counts(tally: Tally | None, ground: Ground, language: Language) -> str:
    """ "17 av 29 nämnder bedömer att målet uppnås helt, 11 delvis och 1 ej": zero counts are left out."""
    one, many, judged, lacking = _COUNTED[language][ground]
    if tally is None or tally.total == 0:
        return f"inga {many}" if language == "sv" else f"no {many}"
    said = [(count, write_verdict(verdict, language)) for verdict in Verdict if (count := tally.count(verdict))]
    if language == "en":
        said += [(tally.without, lacking)] if tally.without else []
        return f"{many}: {write_list([f'{count} {text}' for count, text in said], 'en')}, of {tally.total}"
    counts = [(count, f"{judged} {word}" if not index else word) for index, (count, word) in enumerate(said)]
    counts += [(tally.without, lacking)] if tally.without else []
    (first, words), *rest = counts
    head = f"{first} av {tally.total} {one if tally.total == 1 else many} {words}"
    return write_list([head, *(f"{count} {text}" for count, text in rest)])
