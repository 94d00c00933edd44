"""All open indicators as files: for each a page with chart and tables, CSV and JSON. Only what has changed is made."""

from ledtrad.apps.open_data.publishing.folder import NotWritable
from ledtrad.apps.open_data.publishing.publishing import Published, publish

__all__ = ["NotWritable", "Published", "publish"]
