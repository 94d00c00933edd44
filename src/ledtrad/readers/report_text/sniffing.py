"""What kind of file it is, judged by its bytes and never by its name alone; and text from bytes."""

import re

from ledtrad.readers.report_text.pieces import UnreadableReport

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
MAX_BYTES = 25_000_000
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|main|article|section|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def kind_of(data: bytes, name: str = "") -> str:
    """ "pdf", "docx", "html" or "text". UnreadableReport for an empty, too large or binary file."""
    called = f" ({name})" if name else ""
    if len(data) > MAX_BYTES:
        megabytes = len(data) / 1_000_000
        raise UnreadableReport(
            f"Filen{called} är {megabytes:.0f} MB och för stor att granska; gränsen är {MAX_BYTES // 1_000_000} MB."
        )
    if not data.strip():
        raise UnreadableReport(f"Filen{called} är tom; det finns ingen text att läsa.")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK"):
        return "docx"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableReport(f"Filen{called} är i det gamla Word-formatet; spara den som .docx och försök igen.")
    if data.startswith(b"{\\rtf"):
        raise UnreadableReport(f"Filen{called} är i formatet RTF; spara den som .docx och försök igen.")
    return "html" if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) else "text"


def decode(data: bytes, name: str = "") -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or Windows-1252. UnreadableReport for a binary one."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, name)
    if b"\0" in data[:100_000]:
        raise _not_text(name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded(data, "cp1252", name)
    sample = text[:100_000]
    if len(_CONTROLS.findall(sample)) > len(sample) // 200:
        raise _not_text(name)
    return text


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text(name) from None


def _not_text(name: str) -> UnreadableReport:
    called = f" ({name})" if name else ""
    return UnreadableReport(f"Filen{called} är inte en text som går att läsa; den ser ut att vara en binär fil.")
