"""`ledtrad survey publish --round`: rounded numbers in place of hiding; or first a look at them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ledtrad.site.command_line.printing import print_json, print_table

if TYPE_CHECKING:
    from ledtrad.apps.surveys.queries.rounding import RoundedQuestion

_COLUMNS = ("Fråga", "Svar", "Område", "Kön", "Grupp", "Antal, avrundat")


def publish_in_rounded(about: Mapping[str, Any], *, preview: bool, as_json: bool) -> None:
    """Publish, or show what would be. `about` is what the actions are told."""
    from ledtrad.apps.surveys.actions import publish_rounded, work_out_rounded

    if preview:
        _show(work_out_rounded(**about), as_json=as_json)
        return
    done = publish_rounded(**about)
    if as_json:
        print_json({"questions": done.questions, "figures": done.figures, "not_adding": done.not_adding})
        return
    to = f"avrundade till närmaste {about['multiple']}"
    sums = f" I {done.not_adding} av dem går summorna inte ihop." if done.not_adding else ""
    asked = "1 fråga" if done.questions == 1 else f"{done.questions} frågor"
    print(f"Publicerat: {done.figures} antal, {to}, i {asked}.{sums} Indikatorerna får inga utfall.")


def _show(found: "Sequence[RoundedQuestion]", *, as_json: bool) -> None:
    lines = [line for one in found for line in _lines(one)]
    if as_json:
        print_json(lines)
        return
    print_table(_COLUMNS, [tuple(_written(line)) for line in lines])
    for one in found:
        if not one.adds_up:
            print(f"{one.code}: summorna går inte ihop, delarna kan skilja upp till {one.off} från helheten.")


def _lines(one: "RoundedQuestion") -> Iterator[dict[str, Any]]:
    for levels, area, sex, group, count in one.figures:
        place = {"area": area, "sex": sex, "group": group}
        yield {"question": one.code, "levels": levels.split(), **place, "rounded": count, "multiple": one.multiple}


def _written(line: Mapping[str, Any]) -> Iterator[str]:
    yield line["question"]
    yield " ".join(line["levels"]) or "alla"
    yield from (line[name] or "alla" for name in ("area", "sex", "group"))
    yield str(line["rounded"])
