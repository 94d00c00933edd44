"""The text of a rendered file, for comparing with what went in."""

import io
import re

import docx
import lxml.html
import pypdf
from docx.oxml.ns import qn


def squeezed(text: str) -> str:
    """Without any white space: where lines break must not matter."""
    return re.sub(r"\s+", "", text)


def of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def of_docx(content: bytes) -> str:
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(text.text or "" for text in line.iter(qn("w:t"))) for line in body.iter(qn("w:p")))


def of_html(content: bytes) -> str:
    return str(lxml.html.fromstring(content.decode()).text_content())


def alt_texts(content: bytes) -> list[str]:
    """The alt texts in a tagged PDF's structure tree."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, pypdf.generic.ArrayObject):
            waiting += list(element)
        elif isinstance(element, pypdf.generic.DictionaryObject):
            if "/Alt" in element:
                found.append(str(element["/Alt"]))
            if "/K" in element:
                waiting.append(element["/K"])
    return found
