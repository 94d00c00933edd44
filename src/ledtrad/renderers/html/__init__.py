"""Documents as semantic HTML: a fragment for the site, or a page that stands on its own.

Every sentence keeps its id and names the facts that it cites. The same document always gives the same bytes.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ledtrad.core.assessment import Tally, Verdict
from ledtrad.core.document import Document, Figure, Notice, Paragraph, Sentence
from ledtrad.core.language.writing import Language, write_number
from ledtrad.renderers.html.pieces import Piece, indicator_lines, sentence_pieces
from ledtrad.renderers.html.symbols import bar, slug, sprite, symbol, use
from ledtrad.renderers.html.words import Words

__all__ = ["bar", "page", "section_html", "slug", "sprite", "style_sheet", "symbol", "tally_parts", "use"]

Address = Callable[[str], str]
_STYLES = ("tokens.css", "report.css")


def section_html(
    document: Document,
    *,
    link_to_fact: Address | None = None,
    link_to_picture: Address | None = None,
    heading_level: int = 1,
) -> str:
    """The document as a fragment whose first heading has `heading_level`.

    `link_to_fact` gives the address of the thread of a fact id; without it facts are marked but not linked.
    `link_to_picture` gives the address of a picture's source; without it a picture is told in words.
    """
    return _render("section.html", document, link_to_fact, link_to_picture, heading_level=heading_level)


def page(document: Document) -> bytes:
    """The document as one HTML file with its style sheet inside; no script, nothing fetched."""
    inside = {block.text for section in document.walk() for block in section.blocks if isinstance(block, Notice)}
    notices = [text for text in document.notices if text not in inside]
    return _render("page.html", document, style=Markup(style_sheet()), notices=notices).encode("utf-8", "replace")


@cache
def style_sheet() -> str:
    """Tokens and report styles, as one sheet."""
    folder = resources.files(__package__) / "styles"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in _STYLES)


def _render(
    name: str,
    document: Document,
    link_to_fact: Address | None = None,
    link_to_picture: Address | None = None,
    **more: object,
) -> str:
    words = Words(document.language)
    return (
        _environment()
        .get_template(name)
        .render(
            document=document,
            words=words,
            link_to_fact=link_to_fact,
            link_to_picture=link_to_picture,
            running_text=_running_text(document),
            lines=lambda block: indicator_lines(block, words),
            printed=partial(_printed, words),
            chart=lambda figure: _chart(figure, words.language),
            **more,
        )
    )


def _chart(figure: Figure, language: Language) -> Markup:
    from ledtrad.renderers import charts  # loading the chart library takes a while; texts without charts need not wait

    return Markup(charts.svg(figure, language))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ledtrad.renderers.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["pieces"] = sentence_pieces
    environment.filters["facts"] = _facts_cited
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.globals.update(
        symbol=symbol, bar=bar, slug=slug, years_with_gaps=_gaps, fact_piece=Piece, tally_parts=tally_parts
    )
    return environment


def _running_text(document: Document) -> set[str]:
    """The sentences of the paragraphs. A quote lifted out of them repeats a sentence, and an id stands only once."""
    blocks = (block for section in document.walk() for block in section.blocks)
    return {sentence.id for block in blocks if isinstance(block, Paragraph) for sentence in block.sentences}


def _facts_cited(sentence: Sentence) -> str:
    return " ".join(dict.fromkeys(citation.fact for citation in sentence.cites))


def _printed(words: Words, plain: str) -> str:
    return write_number(Decimal(plain), language=words.language)


def tally_parts(tally: Tally) -> tuple[tuple[Verdict | None, int, str], ...]:
    """What a tally consists of, in the order shown: verdict, count, and the last word of the fact's id."""
    counted = tuple((verdict, tally.count(verdict), verdict.value) for verdict in Verdict)
    return (*counted, (None, tally.without, "no_outcome")) if tally.without else counted


def _gaps(figure: Figure) -> dict[int, str]:
    return dict(figure.gaps)
