"""Who answers for what when somebody leaves, and the log in which all that was done can be read."""

from tests import reporting_year as lillkoping

from ledtrad.apps.people.models import Person


def administrate(players):
    """Rolf is to take over after Rut: what she would leave behind is seen first, and nothing is done by looking."""
    ada = players("ada")
    page = ada.look("/personer/rut/", picture="person")
    assert "Andel unga som läser varje dag" in page.content()
    page = ada.look("/personer/rut/avsluta/", picture="leaving")
    page.locator("[name=heir]").fill(lillkoping.email("rolf"))
    ada.press("Se vad som händer")
    assert Person.objects.get(key="rut").is_active
    assert "Rut Lillqvist" in ada.look("/logg/", picture="log").content()
