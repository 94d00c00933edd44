"""The editor has drafted a section of the annual report, and has it checked before anybody prints it."""

SECTION = """Öppet för alla

Måluppfyllelse för året

2 nämnder bedömer att målet uppnås helt och 1 bedömer att målet uppnås delvis.
"""


def review(players):
    """Edit's draft is held against what the boards decided: those who say partly are as many, the others are not."""
    edit = players("edit")
    page = edit.look("/granska/")
    page.get_by_label("Klistra in texten").fill(SECTION)
    page.locator("[name=against]").select_option("2021/1.2")
    page.get_by_role("button", name="Granska texten").click()
    page.get_by_role("heading", name="Det här hittades").wait_for()
    edit.look(picture="checked-text", at="#result")
    assert page.locator(".claim.is-contradicted", has_text="2").is_visible()
    assert page.locator(".claim.is-bound", has_text="1").is_visible()
    assert "Underlaget säger 0" in page.locator(".card").first.inner_text()
