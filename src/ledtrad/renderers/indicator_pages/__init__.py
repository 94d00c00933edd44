"""An indicator as a page that stands by itself: a chart, and the same figures in tables. Made by the hundred."""

from ledtrad.renderers.indicator_pages.pages import STYLE_NAME, IndexRow, Sheet, Table, index, page, style_sheet

__all__ = ["STYLE_NAME", "IndexRow", "Sheet", "Table", "index", "page", "style_sheet"]
