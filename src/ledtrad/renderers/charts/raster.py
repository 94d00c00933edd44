"""Charts as PNG, for formats that cannot hold a drawing.

Typst draws them with the font inside its own wheel: a rasteriser that leans on the fonts of the machine leaves the
words out, without a sign, where a font is missing.
"""

import hashlib
import json
from collections.abc import Iterable

import typst

from ledtrad.renderers.charts.cache import Cache

_POINTS_ACROSS = 480
_PER_INCH = 144
_SHEET = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: "Libertinus Serif")
#for (place, drawing) in json(bytes(sys.inputs.drawings)).enumerate() {
  if place > 0 { pagebreak() }
  image(bytes(drawing), format: "svg", width: 1pt * int(sys.inputs.across))
}
"""


def pngs(drawings: Iterable[str], cache: Cache) -> list[bytes]:
    """Each SVG as PNG, in order; drawn only where the cache does not have it."""
    drawings = list(drawings)
    keys = [hashlib.sha256(f"png {_POINTS_ACROSS} {_PER_INCH} {drawing}".encode()).hexdigest() for drawing in drawings]
    found = {key: content for key in dict.fromkeys(keys) if (content := cache.get(key)) is not None}
    lacking = {key: drawing for key, drawing in zip(keys, drawings, strict=True) if key not in found}
    for key, content in zip(lacking, _drawn(list(lacking.values())), strict=True):
        cache.put(key, content)
        found[key] = content
    return [found[key] for key in keys]


def _drawn(drawings: list[str]) -> list[bytes]:
    """All in one run, which costs far less than one run each."""
    if not drawings:
        return []
    compiler = typst.Compiler(
        _SHEET,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"drawings": json.dumps(drawings), "across": str(_POINTS_ACROSS)},
    )
    pages = compiler.compile(format="png", ppi=_PER_INCH)
    return [pages] if isinstance(pages, bytes) else list(pages or ())
