"""The Word file around the body: styles, language, core properties, and a zip that is always the same."""

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from ledtrad.renderers.docx.markup import attribute, paragraph, run
from ledtrad.renderers.printed import PrintedDocument

_INK, _MUTED, _ACCENT = RGBColor(0x1C, 0x1F, 0x1E), RGBColor(0x5C, 0x64, 0x62), RGBColor(0x17, 0x64, 0x5A)
_READING, _INTERFACE = "Georgia", "Segoe UI"
_HEADING_SIZES = {1: 24, 2: 16, 3: 13}
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def new_package(paper: PrintedDocument) -> WordFile:
    """An empty Word file with our styles, the language of the document, its title, and page numbers."""
    package = docx.Document()
    _set_page(package)
    _set_styles(package)
    _set_language(package, paper.language)
    _set_properties(package, paper)
    _set_running_lines(package, paper)
    return package


def _set_page(package: WordFile) -> None:
    page = package.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(34), Mm(34), Mm(30), Mm(28)


# --- styles --------------------------------------------------------------------------------------


def _set_styles(package: WordFile) -> None:
    styles = package.styles
    _look(styles["Normal"], _READING, 11, _INK)
    styles["Normal"].paragraph_format.line_spacing = 1.35
    styles["Normal"].paragraph_format.space_after = Pt(8)
    for level in range(1, 10):
        _look(styles[f"Heading {level}"], _READING, _HEADING_SIZES.get(level, 11), _INK, bold=level > 2)
        styles[f"Heading {level}"].paragraph_format.line_spacing = 1.1
        styles[f"Heading {level}"].paragraph_format.space_before = Pt(6 if level == 1 else 18)
        styles[f"Heading {level}"].paragraph_format.space_after = Pt(14 if level == 1 else 6)
    _look(styles["Title"], _READING, 32, _INK)
    _look(styles["Subtitle"], _READING, 13, _ACCENT, italic=False)
    _look(styles["Quote"], _READING, 14, _INK, italic=True)
    _look(styles["Caption"], _INTERFACE, 9.5, _INK, bold=True)
    styles["Caption"].paragraph_format.space_before = Pt(12)
    _add_paragraph_styles(package)
    _add_character_style(package, "Muted", _MUTED)
    _add_character_style(package, "Fact", None)
    underline = f'<w:u {nsdecls("w")} w:val="dotted" w:color="17645A"/>'
    styles["Fact"].element.get_or_add_rPr().append(parse_xml(underline))
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)


def _add_paragraph_styles(package: WordFile) -> None:
    for name, font, size, colour, after in (
        ("Indicatorline", _READING, 11, _INK, 3),
        ("Tablecell", _INTERFACE, 9, _INK, 1),
        ("Pictureinwords", _INTERFACE, 9, _MUTED, 6),
        ("Notice", _INTERFACE, 9.5, _ACCENT, 10),
    ):
        style = package.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = package.styles["Normal"]
        _look(style, font, size, colour)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.space_before = Pt(1)
        style.paragraph_format.line_spacing = 1.15
    package.styles["Indicatorline"].paragraph_format.keep_together = True


def _add_character_style(package: WordFile, name: str, colour: RGBColor | None) -> None:
    style = package.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    if colour is not None:
        style.font.color.rgb = colour


def _look(style, font: str, size: float, colour: RGBColor, *, bold: bool = False, italic: bool | None = None) -> None:
    style.font.size, style.font.color.rgb, style.font.bold = Pt(size), colour, bold
    if italic is not None:
        style.font.italic = italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # python-docx's own template points at a theme, which would win over the name
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)


# --- language, properties, running lines ---------------------------------------------------------


def _set_language(package: WordFile, language: str) -> None:
    """In the defaults that every style inherits, so that a screen reader speaks the right language everywhere."""
    tag = "sv-SE" if language.lower() == "sv" else language
    for element in list(package.styles.element.iter(qn("w:lang"))):
        element.getparent().remove(element)
    defaults = package.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.append(parse_xml(f"<w:lang {nsdecls('w')} w:val={attribute(tag)} w:eastAsia={attribute(tag)}/>"))
    for element in package.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), tag)


def _set_properties(package: WordFile, paper: PrintedDocument) -> None:
    properties = package.core_properties
    moment = datetime(paper.year or 1980, 12, 31)  # noqa: DTZ001 (the format has no time zone, and we have no clock)
    properties.title, properties.author = paper.title[:255], paper.publisher[:255]
    properties.subject, properties.language, properties.comments = paper.subtitle[:255], paper.language, ""
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision, properties.keywords = paper.publisher[:255], 1, ""


def _set_running_lines(package: WordFile, paper: PrintedDocument) -> None:
    section, words = package.sections[0], paper.words
    head = " · ".join(filter(None, (paper.publisher, paper.title)))
    number = run(f"{words['page']} ") + _field("PAGE") + run(f" {words['page_of']} ") + _field("NUMPAGES")
    for part, content, aligned in ((section.header, run(head, "Muted"), ""), (section.footer, number, _RIGHT)):
        written = parse_xml(f"<w:body {nsdecls('w')}>{paragraph(content, 'Tablecell', more=aligned)}</w:body>")
        old = part.paragraphs[0]._p
        old.addprevious(written[0])
        old.getparent().remove(old)


_RIGHT = '<w:jc w:val="right"/>'


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


# --- the zip -------------------------------------------------------------------------------------


def packed(package: WordFile) -> bytes:
    """The file's bytes: parts in order of name, all with the same date."""
    written = io.BytesIO()
    package.save(written)
    out = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(entry, parts.read(name))
    return out.getvalue()
