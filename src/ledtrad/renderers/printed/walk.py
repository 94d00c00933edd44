"""From the report tree to what stands on paper."""

from collections.abc import Iterator

from ledtrad.core import document as tree
from ledtrad.core.document import Block, Document, Section
from ledtrad.renderers.printed import blocks
from ledtrad.renderers.printed.blocks import Setting
from ledtrad.renderers.printed.register import Register
from ledtrad.renderers.printed.tree import Heading, Node, PrintedDocument
from ledtrad.renderers.printed.words import is_blank, language_of, words_for


def printed(document: Document) -> PrintedDocument:
    """The whole document written out, in reading order."""
    language = language_of(document.language)
    setting = Setting(language, Register())
    chapters = tuple(tuple(_chapter(section, setting)) for section in document.sections)
    return PrintedDocument(
        title=document.title,
        subtitle=document.subtitle,
        publisher=document.publisher,
        language=document.language,
        year=document.year,
        notices=_notices(document),
        words=words_for(language),
        chapters=chapters,
        register=setting.register,
    )


def _notices(document: Document) -> tuple[str, ...]:
    """Those of the document itself, but for what its only chapter says again at once."""
    said = set()
    if len(document.sections) == 1:
        said = {block.text for block in document.sections[0].blocks if isinstance(block, tree.Notice)}
    return tuple(notice for notice in document.notices if notice not in said)


def _chapter(section: Section, setting: Setting) -> Iterator[Node]:
    setting.register.begin(section.title)
    yield from _section(section, 1, setting)


def _section(section: Section, level: int, setting: Setting) -> Iterator[Node]:
    """A section without a title adds no level, so that no heading level is ever skipped."""
    has_title = not is_blank(section.title)
    if has_title:
        yield Heading(level, section.title, section.id)
        level += 1
    node: Node | None = None
    for block in section.blocks:
        node = _node(block, level, setting, node)
        yield node
    for part in section.sections:
        yield from _section(part, level, setting)


def _node(block: Block, level: int, setting: Setting, follows: Node | None) -> Node:
    match block:
        case tree.Paragraph():
            return blocks.paragraph(block, setting)
        case tree.PullQuote():
            return blocks.quote(block, setting)
        case tree.Image():
            return blocks.picture(block, setting)
        case tree.IndicatorBlock():
            return blocks.indicator(block, level, setting)
        case tree.TallyBlock():
            return blocks.tally(block, setting)
        case tree.VerdictBlock():
            return blocks.verdict_line(block, setting)
        case tree.Figure():
            return blocks.figure(block, setting, follows=follows)
        case tree.NextLink():
            return blocks.next_link(block, setting)
        case tree.Notice():
            return blocks.note(block)
    raise TypeError(f"no printed form for {type(block).__name__}")
