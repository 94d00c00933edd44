"""Where answers are estimated: one engine, opened by its address, that runs the core's expressions.

The address stands in LEDTRAD_WAREHOUSE: `duckdb:` (in this process, which is the default) or `duckdb:FILE`,
`postgres://…`, or `spark:local[2]`. Opening an engine loads it, so nothing here is imported until it is needed.
"""

from ledtrad.apps.surveys.warehouse.opening import DEFAULT, Warehouse, open_warehouse

__all__ = ["DEFAULT", "Warehouse", "open_warehouse"]
