"""Kolada's API, version 3: bytes of an answer in, KPIs, municipalities and values out. Judges nothing.

A page ends with the address of the next one (`next_url`), or with its number (`next_page`).
"""

from ledtrad.readers.kolada.answers import (
    Kpi,
    KpiValue,
    Municipality,
    Page,
    UnreadableKolada,
    read_kpis,
    read_municipalities,
    read_values,
)

__all__ = [
    "Kpi",
    "KpiValue",
    "Municipality",
    "Page",
    "UnreadableKolada",
    "read_kpis",
    "read_municipalities",
    "read_values",
]
