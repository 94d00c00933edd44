"""The method handbook is current, and every rule and section of it is there."""

from tests import handbook

from ledtrad.core.assessment import INDICATOR_RULES, PROPOSAL_RULES


def test_the_handbook_is_current():
    assert handbook.out_of_date() == [], "run script/handbook"


def test_every_indicator_rule_has_a_section():
    text = handbook.pages()["05-indikatorregler.md"]
    for rule in INDICATOR_RULES:
        assert f"## {rule.name}" in text


def test_every_weighing_rule_is_named():
    text = " ".join(handbook.pages()["07-forslag.md"].lower().split())
    for rule in PROPOSAL_RULES:
        assert rule.title.lower() in text


def test_a_changed_example_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(handbook, "HANDBOOK", tmp_path)
    handbook.write()
    assert handbook.out_of_date() == []
    chapter = tmp_path / "05-indikatorregler.md"
    chapter.write_text(chapter.read_text("utf-8").replace("79,65 %", "80 %"), "utf-8")
    (tmp_path / "99-gammalt.md").write_text("x", "utf-8")
    assert handbook.out_of_date() == ["05-indikatorregler.md", "99-gammalt.md"]
    handbook.write()
    assert handbook.out_of_date() == []
