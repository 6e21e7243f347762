"""The sheets about trains and ships."""

from typing import Final

from optimizer.domain.lines import Line, Station
from optimizer.interchange.workbook.columns.choices import LINE_KINDS
from optimizer.interchange.workbook.columns.column import Column, Sheet

LINES: Final = Sheet(
    "lines",
    "车船线路",
    "list",
    Line,
    ("travel", "lines"),
    (
        Column("line", "线路", ("name",), example="G1003"),
        Column("by", "车船", ("by",), "choice", "train", LINE_KINDS),
        Column("both ways", "双向", ("both_ways",), "yes/no", "yes"),
        Column("early min", "提前到站（分钟）", ("early_min",), "whole", "20"),
        Column("every min", "发车间隔（分钟）", ("headway_min",), "whole", "60"),
        Column("sleeper", "卧铺", ("sleeper",), "yes/no", "no"),
    ),
    identity=("line",),
)
"""Trains and ships."""

STATIONS: Final = Sheet(
    "stations",
    "车站码头",
    "list",
    Station,
    ("stations",),
    (
        Column("station", "站名", ("name",), example="Changsha South"),
        Column("latitude", "纬度", ("place", "lat"), "number", "28.1470"),
        Column("longitude", "经度", ("place", "lon"), "number", "113.0650"),
        Column("address", "地址", ("place", "address"), "text", "花侯路 · Huahou Rd"),
        Column("minutes from first", "距首站（分钟）", ("minutes",), "whole", "70", shown=True),
        Column("fare cents from first", "距首站票价（分）", ("fare_cents",), "whole", "9800", shown=True),
    ),
    parent="lines",
    parent_columns=(Column("line", "线路", (), example="G1003", refers="lines"),),
)
"""Their stations, in order."""
