"""Keeping the index. It says nothing of its own, so nothing is written to the log: the texts are logged where they
are written."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from ledtrad.apps.search.models import SearchMark, SearchPosting, SearchStem, SearchText, Source
from ledtrad.apps.search.queries.sources import READERS, FoundText, newer
from ledtrad.apps.search.words import stems

_BATCH = 1_000
_IN = 400


def index_new(*, most: int | None = None) -> int:
    """Take in everything that has been written since last time; answers how many texts. May be broken off anywhere.

    With `most`, at most so many rows of each table. Two processes that do so at once wait for each other.
    """
    return sum(_index_source(source, most) for source in READERS)


def rebuild() -> int:
    """Throw the index away and build it anew: after an erasure, or when the words are read in another way."""
    with transaction.atomic():
        for model in (SearchPosting, SearchText, SearchStem, SearchMark):
            model.objects.all().delete()
    return index_new()


def _index_source(source: Source, most: int | None) -> int:
    done = 0
    while most is None or done < most:
        taken, has_more = _next_batch(source, _BATCH if most is None else min(_BATCH, most - done))
        done += taken
        if not has_more:
            break
    return done


@transaction.atomic
def _next_batch(source: Source, limit: int) -> tuple[int, bool]:
    mark, _ = SearchMark.objects.get_or_create(source=source)
    mark = SearchMark.objects.select_for_update().get(pk=mark.pk)
    ids, reached = newer(source, mark.last_id, limit)
    if reached == mark.last_id:
        return 0, False
    _store(list(READERS[source](ids)))
    mark.last_id = reached
    mark.save(update_fields=("last_id",))
    return len(ids), True


def _store(found: Sequence[FoundText]) -> None:
    """Each text takes the place of what had its key. The last of several with one key holds."""
    texts = list({text.key: text for text in found}.values())
    for start in range(0, len(texts), _IN):
        SearchText.objects.filter(key__in=[text.key for text in texts[start : start + _IN]]).delete()
    kept = [text for text in texts if not text.is_gone]
    words = [stems(text.searched) for text in kept]
    known = _stem_ids(frozenset().union(*words))
    stored = SearchText.objects.bulk_create((_text(text) for text in kept), batch_size=_IN)
    SearchPosting.objects.bulk_create(
        (
            SearchPosting(stem_id=known[stem], text_id=text.pk, place=text.place)
            for text, found_stems in zip(stored, words, strict=True)
            for stem in sorted(found_stems)
        ),
        batch_size=_BATCH,
    )


def _text(found: FoundText) -> SearchText:
    return SearchText(
        key=found.key,
        source=found.source,
        source_id=found.source_id,
        year=found.year,
        place=found.place,
        report_id=found.report,
        planner=found.planner,
    )


def _stem_ids(wanted: Iterable[str]) -> dict[str, int]:
    ordered = sorted(wanted)
    SearchStem.objects.bulk_create((SearchStem(stem=one) for one in ordered), batch_size=_IN, ignore_conflicts=True)
    known: dict[str, int] = {}
    for start in range(0, len(ordered), _IN):
        rows = SearchStem.objects.filter(stem__in=ordered[start : start + _IN])
        known.update(rows.values_list("stem", "id"))
    return known
