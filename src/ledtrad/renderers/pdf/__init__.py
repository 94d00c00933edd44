"""Documents as accessible PDF: tagged, PDF/UA-1 and PDF/A-2a at once, set by typst from one template.

The same document always gives the same bytes: no clock, no system fonts.
"""

from ledtrad.renderers.pdf.press import PdfError, render

__all__ = ["PdfError", "render"]
