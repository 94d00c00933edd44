"""The index: which stems stand in which text. It holds no text and may be thrown away and built anew."""

from enum import StrEnum

from django.db import models

from ledtrad.apps.reporting.models import Report


class Source(StrEnum):
    """The table that a text stands in."""

    WORDING = "wording"
    VERSION = "version"
    ACTIVITY = "activity"
    ASSESSMENT = "assessment"
    ROW = "row"


_SOURCES = [(source.value, source.value) for source in Source]


class SearchText(models.Model):
    """A text that can be found. `key` names what it is about: what comes later with the same key takes its place.

    `source_id` is its row in the table of `source`. While it stands in a `report`, that report's policies say who may
    find it; a text of a plan names its `planner`, and is found by those who may see that plan. `place` orders what is
    found: the latest year first, and within it goals before what is said of them.
    """

    key = models.CharField(max_length=200, unique=True)
    source = models.CharField(max_length=12, choices=_SOURCES)
    source_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    place = models.IntegerField()
    report = models.ForeignKey(Report, null=True, on_delete=models.CASCADE, related_name="+")
    planner = models.CharField(max_length=80, blank=True, default="")


class SearchStem(models.Model):
    """A stem that stands in some text."""

    stem = models.CharField(max_length=60, unique=True)


class SearchPosting(models.Model):
    """A stem stands in a text. The place is the text's, so that what is found comes in order without being sorted."""

    stem = models.ForeignKey(SearchStem, on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.ForeignKey(SearchText, on_delete=models.CASCADE, related_name="postings")
    place = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("stem", "place", "text"), name="search_stem_once_in_a_text"),)


class SearchMark(models.Model):
    """How far the index has come in a table: its rows up to `last_id` are in."""

    source = models.CharField(max_length=12, choices=_SOURCES, unique=True)
    last_id = models.BigIntegerField(default=0)
