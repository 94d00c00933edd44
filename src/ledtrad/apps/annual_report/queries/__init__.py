"""Reading the annual report."""

from ledtrad.apps.annual_report.queries.documents import document
from ledtrad.apps.annual_report.queries.editions import EditionCard, editions, findings, shown_edition, waivers
from ledtrad.apps.annual_report.queries.facts import facts_of
from ledtrad.apps.annual_report.queries.knots import Knot, Trace
from ledtrad.apps.annual_report.queries.stale import StaleCitation, stale_citations
from ledtrad.apps.annual_report.queries.touching import TouchedSentence, touched_sentences
from ledtrad.apps.annual_report.queries.tracing import trace

__all__ = [
    "EditionCard",
    "Knot",
    "StaleCitation",
    "TouchedSentence",
    "Trace",
    "document",
    "editions",
    "facts_of",
    "findings",
    "shown_edition",
    "stale_citations",
    "touched_sentences",
    "trace",
    "waivers",
]
