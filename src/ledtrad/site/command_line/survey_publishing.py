"""`ledtrad survey publish`: from a wave's answers to figures that may be shown; or first a look at them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.site.command_line.connection import connect, now
from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.survey import names, record, told
from ledtrad.site.command_line.survey_rounding import publish_in_rounded
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.apps.surveys.actions import Chosen, Published
    from ledtrad.apps.surveys.queries.releasing import Release

Survey = Annotated[str, typer.Argument(metavar="SURVEY", help="Enkätens kod, som i adressen: trygghet.")]
Year = Annotated[int, typer.Argument(metavar="YEAR", help="Omgångens år.")]
Questions = Annotated[
    str, typer.Option("--question", help="Frågor att publicera, med komma emellan; annars alla.", show_default=False)
]
Groups = Annotated[str, typer.Option("--by", help="Grupper utöver alla: sex, district och age; inget för bara alla.")]
Preview = Annotated[bool, typer.Option("--preview", help="Visa vad som skulle publiceras. Ingenting publiceras.")]
Round = Annotated[
    int | None,
    typer.Option(
        "--round",
        metavar="N",
        help="Avrunda antalen till närmaste N (3 till 20) i stället för att dölja. Inga vägda andelar, inga intervall "
        "och inga utfall; en fråga publiceras på det ena sättet för gott.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Svara som JSON.")]
_BY = "Kommandoraden"
_GROUPS = ("sex", "district", "age")


def publish(
    survey: Survey,
    year: Year,
    question: Questions = "",
    by: Groups = "sex,district,age",
    round_to: Round = None,
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Publicera vad en omgångs svar säger. Det som vilar på för få svar hålls inne; indikatorerna får sina utfall."""
    connect()
    from ledtrad.apps.audit.policies import Refused
    from ledtrad.apps.people.actors import program
    from ledtrad.apps.surveys.actions import publish_estimates, work_out_estimates

    try:
        about: dict[str, Any] = {"survey": survey, "year": year, "by": program(_BY), "at": now()}
        about["chosen"] = _chosen(survey, names(question), names(by))
        if round_to is not None:
            publish_in_rounded(about | {"multiple": round_to}, preview=preview, as_json=json)
        elif preview:
            _show(survey, work_out_estimates(**about), as_json=json)
        else:
            _tell(publish_estimates(**about), as_json=json)
    except Refused as refusal:
        raise Trouble(str(refusal)) from refusal


def _chosen(survey: str, questions: Sequence[str], groups: Sequence[str]) -> "Chosen":
    from ledtrad.apps.surveys.actions import Chosen

    odd = next((group for group in groups if group not in _GROUPS), None)
    if odd is not None:
        raise Trouble(f"--by ska vara något av sex, district och age; det var {odd}.")
    known = _questions(survey)
    unknown = next((code for code in questions if code not in known), None)
    if unknown is not None:
        raise Trouble(f"Enkäten {survey} har ingen fråga {unknown}. Ingenting har publicerats.")
    return Chosen(frozenset(known[code] for code in questions), frozenset(groups))


def _questions(survey: str) -> dict[str, int]:
    from ledtrad.apps.surveys.models import Question

    return dict(Question.objects.filter(survey__code=survey).values_list("code", "pk"))


def _show(survey: str, releases: "Sequence[Release]", *, as_json: bool) -> None:
    called = {key: code for code, key in _questions(survey).items()}
    lines = [_line(called[one.figure.question], one) for one in releases]
    if as_json:
        print_json(lines)
        return
    columns = ("Fråga", "Svar", "Grupp", "Skattning", "Intervall", "Antal svar", "Dold")
    print_table(columns, [_row(line) for line in lines])


def _line(question: str, one: "Release") -> dict[str, Any]:
    """An estimate as it would be let out; null where it is held back, and then why. Shares are between 0 and 1."""
    said = {"question": question, "levels": list(one.figure.levels), "by": one.at}
    found = (
        record(one.estimate) if one.estimate else dict.fromkeys(("estimate", "se", "low", "high", "df", "deff", "n"))
    )
    numbers = {name: value for name, value in found.items() if name not in ("by", "level")}
    return said | {"state": one.state, "reason": one.reason} | numbers


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    group = ", ".join(line["by"].values()) or "alla"
    if line["n"] is None:
        return (line["question"], " ".join(line["levels"]), group, "–", "–", "–", line["reason"])
    interval = f"{told(line['low'])} till {told(line['high'])}"
    return (
        line["question"],
        " ".join(line["levels"]),
        group,
        told(line["estimate"]),
        interval,
        str(line["n"]),
        "",
    )


def _tell(done: "Published", *, as_json: bool) -> None:
    counts = {name: getattr(done, name) for name in ("shown", "uncertain", "suppressed", "indicators")}
    if as_json:
        print_json(counts)
        return
    print(
        f"Publicerat: {done.shown} siffror visas, {done.uncertain} visas som osäkra och {done.suppressed} hålls inne. "
        f"{done.indicators} indikatorer har fått utfall."
    )
