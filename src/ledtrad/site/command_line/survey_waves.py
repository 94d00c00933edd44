"""`ledtrad demo answers`: the simulated waves of the safety survey as files, to try surveys with. Needs no database."""

from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[Path, typer.Argument(metavar="FOLDER", help="Mappen som filerna skrivs i.")]


def answers(folder: Out) -> None:
    """Skriv demostadens simulerade enkätsvar, en Parquetfil för varje omgång med kodboken bredvid."""
    from ledtrad.core.surveys.answers import codebook_to_json
    from ledtrad.site.demo_city.survey_people import WAVES
    from ledtrad.site.demo_city.survey_waves import SIMULATED, SURVEY, codebook, parquet

    folder.mkdir(parents=True, exist_ok=True)
    for year in WAVES:
        (folder / f"{SURVEY}_{year}_simulerad.parquet").write_bytes(parquet(year))
    (folder / f"{SURVEY}_kodbok.json").write_text(codebook_to_json(codebook()), encoding="utf-8")
    print(f"{len(WAVES)} omgångar skrevs i {folder}. {SIMULATED}")
