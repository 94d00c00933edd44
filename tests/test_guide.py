"""The guide shows pictures that exist, that are used, and that the journey of the whole year takes."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "guide"
JOURNEYS = ROOT / "tests" / "journeys"
JOURNEY = [JOURNEYS / "test_whole_year.py", *(JOURNEYS / "whole_year").glob("*.py")]


def _pages():
    return sorted(GUIDE.glob("*.md"))


def _shown():
    return {name for page in _pages() for name in re.findall(r"\]\(images/(.+?)\.png\)", page.read_text("utf-8"))}


def test_every_picture_is_there_and_every_one_is_used():
    assert _shown() == {picture.stem for picture in (GUIDE / "images").glob("*.png")}
    assert len(_shown()) >= 12


def test_every_picture_is_taken_by_the_journey():
    told = "".join(file.read_text("utf-8") for file in JOURNEY)
    assert _shown() == set(re.findall(r'picture="([\w-]+)"', told))


def test_every_picture_is_told_in_words():
    for page in _pages():
        for words, _ in re.findall(r"!\[(.*?)\]\((.+?)\)", page.read_text("utf-8")):
            assert len(words.split()) >= 4, f"{page.name}: {words!r}"


def test_every_page_is_found_from_the_first():
    first = (GUIDE / "README.md").read_text("utf-8")
    assert {page.name for page in _pages()} - {"README.md"} == set(re.findall(r"\]\(([\w-]+\.md)\)", first))
