"""How the answers of a wave are handled: what is kept, what waits, and who has read them."""

from dataclasses import dataclass

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.queries import LogEntry, entries_about
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.models import AnswerSet, Wave, WaveDesign, WaveState, Wording
from ledtrad.apps.surveys.policies import check_seen, check_sees_answers
from ledtrad.apps.surveys.waiting import Waiting, waiting
from ledtrad.core.surveys.answers import Codebook, codebook_from_json

_ABOUT_ANSWERS = (
    "surveys.delete_answers",
    "surveys.examine_answers",
    "surveys.read_answers",
    "surveys.receive_answers",
    "surveys.refuse_answers",
    "surveys.weigh_answers",
)
_MOST = 200


@dataclass(frozen=True, slots=True)
class HandledAnswers:
    """A wave with what is kept of its answers, what waits to be looked through, and what has been done with them.

    `held` is None before any came; its state says whether they are deleted. `log` has the latest first.
    """

    wave: Wave
    is_cancelled: bool
    design: WaveDesign | None
    held: AnswerSet | None
    waits: Waiting | None
    log: tuple[LogEntry, ...]

    @property
    def is_kept(self) -> bool:
        return self.held is not None and self.held.state == "kept"

    @property
    def codebook(self) -> Codebook | None:
        return codebook_from_json(self.held.codebook) if self.held is not None and self.is_kept else None


def handled_answers(survey: str, year: int, actor: Actor) -> HandledAnswers:
    """Forbidden for who may not see it; Unseen when there is no such wave."""
    check_sees_answers(actor)
    wave = Wave.objects.filter(survey__code=survey, year=year).select_related("survey").first()
    check_seen(Phrase("Omgången"), f"{survey} {year}", wave is not None)
    assert wave is not None
    log = [one for one in entries_about(f"wave:{wave}", limit=_MOST) if one.action in _ABOUT_ANSWERS]
    return HandledAnswers(
        wave,
        WaveState.objects.filter(wave=wave, is_current=True, state="cancelled").exists(),
        WaveDesign.objects.filter(wave=wave, is_current=True).first(),
        AnswerSet.objects.filter(wave=wave, is_current=True).first(),
        waiting(survey, year),
        tuple(log),
    )


def asked_questions(wave: Wave) -> list[Wording]:
    """The questions of a wave in their wordings that year, in order."""
    found: dict[int, Wording] = {}
    rows = Wording.objects.filter(question__survey_id=wave.survey_id, from_year__lte=wave.year)
    for wording in rows.select_related("question", "scale").order_by("number"):
        found[wording.question_id] = wording
    return [found[key] for key in sorted(found)]
