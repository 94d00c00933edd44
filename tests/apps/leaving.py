"""What has left a survey, read back as a stranger reads it: out of pages, files and the open data's addresses.

Each answers figures as {(answers, area, sex, group): (share in percent, base)}; what is not shown is not there.
"""

import csv
import io
import itertools
import json
import re

from django.test import Client
from lxml import html
from openpyxl import load_workbook

SEXES = {"alla": "", "kvinnor": "women", "män": "men"}
FILES = ("excel.csv", "maskin.csv", "xlsx", "json", "json-stat")


def fetched(address):
    """What an address answers, as bytes. Nobody is signed in."""
    response = Client().get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content


def number(text):
    found = re.search(r"-?\d[\d\s\u00a0]*(?:[.,]\d+)?", text.replace("\N{MINUS SIGN}", "-"))
    return float(re.sub(r"[\s\u00a0]", "", found[0]).replace(",", ".")) if found else None


def machine_csv(address):
    rows = csv.DictReader(io.StringIO(fetched(f"{address}data/maskin.csv").decode()))
    return _of_records(rows)


def people_csv(address):
    rows = csv.DictReader(io.StringIO(fetched(f"{address}data/excel.csv").decode("utf-8-sig")), delimiter=";")
    return _of_records(_renamed(rows))


def workbook(address):
    sheet = load_workbook(io.BytesIO(fetched(f"{address}data/xlsx")))["Tabell"]
    head, *rows = sheet.iter_rows(values_only=True)
    cells = ({name: "" if cell is None else str(cell) for name, cell in zip(head, row, strict=True)} for row in rows)
    return _of_records(_renamed(cells))


_HEADS = {
    "Svar, koder": "levels", "Områdeskod": "area", "Kön": "sex", "Grupp": "group", "Resultat": "value",
    "Antal svarande": "base",
}  # fmt: skip


def _renamed(rows):
    return ({_HEADS.get(name, name): cell for name, cell in row.items()} for row in rows)


def _of_records(rows):
    found = {}
    for row in rows:
        value, base = number(row["value"]), number(row["base"])
        if value is not None or base is not None:
            found[row["levels"], row["area"], SEXES[row["sex"]], row["group"]] = (value, base)
    return found


def json_stat(address):
    told = json.loads(fetched(f"{address}data/json-stat"))
    codes = [list(told["dimension"][name]["category"]["index"]) for name in told["id"]]
    values = told["value"]
    values = values if isinstance(values, list) else [values.get(str(place)) for place in range(10**4)]
    sexes = {"T": "", "K": "women", "M": "men"}
    found = {}
    for (levels, area, sex, group), value in zip(itertools.product(*codes), values, strict=False):
        if value is not None:
            key = (levels, "" if area == "alla" else area, sexes[sex], "" if group == "alla" else group)
            found[key] = (float(value), None)
    return found


def pages(address, levels_offered, names):
    """The result's page for every set of answers: its tables, and the numbers in its pictures' texts."""
    found = {}
    for levels in levels_offered:
        page = html.fromstring(fetched(f"{address}?svar={levels}").decode())
        for row in page.xpath("//table[contains(@class,'by-area')]//tbody/tr"):
            place = names.get(" ".join(row.xpath("./th")[0].text_content().split()))
            cells = row.xpath("./td")
            if place and len(cells) == 3:
                found[levels, *place] = (number(cells[0].text_content()), number(cells[2].text_content()))
        for line in page.xpath("//*[local-name()='svg']//*[local-name()='text']"):
            assert "None" not in line.text_content()
    return found


def tables(wave, question, levels_offered, words, names):
    """Every table that a reader can make of a question."""
    found = {}
    asked = itertools.product(("ingen", "kon", "omrade", "alder"), ("svar", "kon"), ("andel", "antal"), levels_offered)
    for rows, columns, shows, levels in asked:
        if levels != levels_offered[0] and (columns, shows) != ("kon", "andel"):
            continue  # the answers that are counted make no difference there
        query = f"?fraga={question}&rader={rows}&kolumner={columns}&visa={shows}&svar={levels}"
        page = html.fromstring(fetched(f"{wave}tabell/{query}").decode())
        heads = [" ".join(cell.text_content().split()) for cell in page.xpath("//main//table//thead//th")][1:]
        for row in page.xpath("//main//table//tbody/tr"):
            place = names.get(" ".join(row.xpath("./th")[0].text_content().split()))
            texts = [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
            if place:
                _add(found, place, dict(zip(heads, texts, strict=True)), words, levels)
    return found


def _add(found, place, cells, words, levels):
    area, sex, group = place
    for head, text in cells.items():
        value = number(text) if re.match(r"\d", text) else None
        if value is None:
            continue
        if head == "Svar":
            found["", area, sex, group, "base"] = value
        elif head in words:
            found[words[head], area, sex, group, "share"] = value
        else:
            kind = "share" if re.search(r",\d", text) else "base"
            of = {"Alla": sex, "Kvinnor": "women", "Män": "men"}[head]
            found[levels if kind == "share" else "", area, of, group, kind] = value
    return found


def observations(code):
    """The indicator's figures in the open data: REST, Kolada's shape, PxWeb's and the pages' files."""
    found = []
    for row in json.loads(fetched(f"/api/v1/observations?indicator={code}&per_page=500"))["items"]:
        if row["value"] is not None:
            found.append((row["area"], row["sex"].replace("all", ""), row["year"], float(row["value"])))
    return found


def kolada(code, year):
    told = json.loads(fetched(f"/api/kolada/v3/data/?kpi_id={code}&year={year}"))
    sexes = {"T": "", "K": "women", "M": "men"}
    return [
        (row["municipality"], sexes[one["gender"]], row["period"], one["value"])
        for row in told["values" if "values" in told else "results"]
        for one in row["values"]
        if one["value"] is not None
    ]
