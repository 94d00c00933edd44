"""What is refused is said in the language of the page: the same words, values and all, in Swedish and in English."""

import json
import pickle
from dataclasses import asdict
from datetime import date, time

import pytest
from django.utils.translation import override

from ledtrad.apps.audit import phrases
from ledtrad.apps.audit.phrases import Bilingual, Phrase, Swedish, named
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, check_actor, check_objects, why_not
from ledtrad.apps.reporting.forms.saves import TooLarge

NOTHING_SAVED = "Ingenting har sparats."
SAID = [
    # phrase, in Swedish, in English
    (Phrase("Filen finns inte."), "Filen finns inte.", "There is no such file."),
    (Phrase("{year} är inget styrår.", year=1999), "1999 är inget styrår.", "1999 is not a steering year."),
    (
        Phrase("Året {year} stängde den {day}. Planen ändras inte längre.", year=2021, day=date(2022, 3, 1)),
        "Året 2021 stängde den 1\u00a0mars 2022. Planen ändras inte längre.",
        "The year 2021 closed on 1 March 2022. The plan is no longer changed.",
    ),
    (
        Phrase("{phase} öppnar den {day}.", phase=Phrase("Årsrapporten för {year}", year=2021), day=date(2022, 1, 3)),
        "Årsrapporten för 2021 öppnar den 3\u00a0januari 2022.",
        "The year report for 2021 opens on 3 January 2022.",
    ),
    (
        Phrase("Ange ett antal minuter från 0 till {most}. Ingenting har sparats.", most=100_000),
        f"Ange ett antal minuter från 0 till 100\u00a0000. {NOTHING_SAVED}",
        "Give a number of minutes from 0 to 100,000. Nothing has been saved.",
    ),
    (
        Phrase("”{title}” pågår ingen dag {year}. Ingenting har sparats.", title="{year} {0} %s", year=2021),
        f"”{{year}} {{0}} %s” pågår ingen dag 2021. {NOTHING_SAVED}",
        "“{year} {0} %s” does not go on for a single day in 2021. Nothing has been saved.",
    ),
    (named(["A", "B", "C"]), "A, B, C", "A, B, C"),
    (named(["A", "B", "C", "D", "E"]), "A, B, C och 2 till", "A, B, C and 2 more"),
]


@pytest.mark.parametrize(("phrase", "swedish", "english"), SAID)
def test_a_phrase_is_said_in_the_language_of_the_page(phrase, swedish, english):
    with override("sv"):
        assert str(phrase) == swedish
    with override("en"):
        assert str(phrase) == english


def test_a_clock_is_written_as_in_the_language():
    tries = "Det har varit för många försök. Vänta till kl. {moment} och försök igen. Den som redan är inloggad märker "
    tries += "ingenting, och nyckel eller stadens inloggning går att använda under tiden."
    phrase = Phrase(tries, moment=time(14, 5))
    with override("sv"):
        assert "Vänta till kl. 14.05 och" in str(phrase)
    with override("en"):
        assert "Wait until 14:05 and" in str(phrase)


def test_the_sentence_of_a_policy_follows_the_page_wherever_it_is_shown():
    with override("en"):
        assert why_not(check_actor, " ") == "Say who makes the change. Nothing has been saved."
        with pytest.raises(Refused, match="An id is longer than 300 characters"):
            check_objects(("x" * 301,))
    assert why_not(check_actor, " ") == f"Ange vem som gör ändringen. {NOTHING_SAVED}"


def test_where_no_page_is_the_sentence_is_swedish():
    with override(None):
        assert str(Refused("Filen finns inte.")) == "Filen finns inte."


def test_nothing_is_looked_up_in_swedish(monkeypatch):
    def asked():
        raise AssertionError("the phrase book was opened")

    monkeypatch.setattr(phrases, "_phrase_book", asked)
    with override("sv"):
        assert str(Refused("Målet {goal} finns inte {year}. Ingenting har sparats.", goal="1.9", year=2021))
    with override("en"), pytest.raises(AssertionError):
        str(Refused("Filen finns inte."))


def test_what_holds_a_swedish_sentence_is_swedish_throughout_and_says_so():
    refusal = Refused("{unreadable} Ingenting har lästs in.", unreadable=Swedish("Filen är trasig."))
    with override("en"):
        assert (str(refusal), refusal.language) == ("Filen är trasig. Ingenting har lästs in.", "sv")
        around = Refused("{sentence} Ingenting har sparats.", sentence=refusal.phrase)
        assert (str(around), around.language) == (
            "Filen är trasig. Ingenting har lästs in. Ingenting har sparats.",
            "sv",
        )
        assert Refused("Filen finns inte.").language == "en"


def test_what_one_process_refuses_is_read_in_both_languages_by_another():
    with override("sv"):
        kept = json.dumps(asdict(Phrase("{year} är inget styrår.", year=1999).in_both()))
    with override("en"):
        read = Bilingual(**json.loads(kept))
        assert (str(read), read.language, bool(read)) == ("1999 is not a steering year.", "en", True)
        foreign = Phrase("{sentence}", sentence=Swedish("Filen är trasig.")).in_both()
        assert (str(foreign), foreign.language) == ("Filen är trasig.", "sv")
        assert not Bilingual()
    with override("sv"):
        assert str(read) == "1999 är inget styrår."


def test_a_sentence_that_is_in_no_book_is_said_as_it_is_written():
    with override("en"):
        assert str(Phrase("Den här meningen har {count} ord.", count=6)) == "Den här meningen har 6 ord."


@pytest.mark.parametrize("kind", [Refused, Forbidden, Conflict, TooLarge])
def test_a_refusal_that_is_passed_on_stays_what_it_is(kind):
    refusal = pickle.loads(pickle.dumps(kind("Enheten {unit} finns inte.", unit="kultur")))
    with override("en"):
        assert (type(refusal), str(refusal)) == (kind, "There is no unit kultur.")
        assert str(kind(refusal.phrase)) == "There is no unit kultur."
