"""How far a report has come, as a drawn symbol with its word.

The forms are square, arrowed or hooked: a circle is a verdict, and the two must never be taken for each other.
"""

from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from ledtrad.apps.reporting.queries.centre import Stage

_FRAME = '<rect x="2.5" y="2.5" width="11" height="11" fill="none" stroke="currentColor" stroke-width="1.5"/>'
_LINE = 'fill="none" stroke="currentColor" stroke-width="2"'
_DRAWINGS = {
    Stage.NOT_BEGUN: '<rect x="2.5" y="2.5" width="11" height="11" fill="none" stroke="currentColor" '
    'stroke-width="1.5" stroke-dasharray="2.2 2.2"/>',
    Stage.UNDER_WAY: _FRAME + '<path d="M3 8h10v5.5H3z" fill="currentColor"/>',
    Stage.READY: '<path d="M2 2h12v12H2z" fill="currentColor"/>',
    Stage.SUBMITTED: f'<path d="M8 14V3M3.5 7.5 8 3l4.5 4.5" {_LINE}/>',
    Stage.RETURNED: f'<path d="M6.5 3 2.5 7l4 4M3 7h6.5a4 4 0 0 1 0 7H8" {_LINE}/>',
    Stage.DECIDED: f'<path d="m2 8.5 4 4 8-9" {_LINE}/>',
    Stage.LOCKED: '<path d="M3 7h10v7H3z" fill="currentColor"/>'
    '<path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" stroke-width="1.75"/>',
}
_LATE = '<path d="M7 1h2v9H7zM7 12.5h2V15H7z" fill="currentColor"/>'


_WORDS = {
    Stage.NOT_BEGUN: _("Not begun"),
    Stage.UNDER_WAY: _("Under way"),
    Stage.READY: _("Ready"),
    Stage.SUBMITTED: _("Submitted"),
    Stage.RETURNED: _("Returned"),
    Stage.DECIDED: _("Decided"),
    Stage.LOCKED: _("Locked"),
}


def stage_words() -> dict[Stage, str]:
    """The word of each stage, in the language of the page."""
    return {stage: str(word) for stage, word in _WORDS.items()}


def stage_sprite() -> Markup:
    """Every symbol once, for pages with hundreds of them."""
    shapes = "".join(
        f'<symbol id="s-{name}" viewBox="0 0 16 16">{shape}</symbol>'
        for name, shape in ((*((stage.value, shape) for stage, shape in _DRAWINGS.items()), ("late", _LATE)))
    )
    return Markup(f'<svg class="sprite" width="0" height="0" aria-hidden="true">{shapes}</svg>')


def stage_symbol(stage: Stage) -> Markup:
    """A symbol out of the sprite, hidden from assistive technology: a word stands beside it."""
    return Markup(f'<svg class="symbol stage-{stage.value}" aria-hidden="true"><use href="#s-{stage.value}"/></svg>')


def late_mark() -> Markup:
    return Markup('<svg class="symbol stage-late" aria-hidden="true"><use href="#s-late"/></svg>')


def stage_with_word(stage: Stage, *, is_late: bool = False) -> Markup:
    """The symbol with its word: "Inlämnad", "Påbörjad, sen"."""
    return _drawn(stage, str(_WORDS[stage]), str(_("late")) if is_late else "")


@lru_cache(maxsize=256)
def _drawn(stage: Stage, word: str, late_word: str) -> Markup:
    late = Markup(' <span class="late">{}{}</span>').format(late_mark(), late_word) if late_word else Markup()
    return Markup('<span class="stage">{}<span>{}</span>{}</span>').format(stage_symbol(stage), word, late)
