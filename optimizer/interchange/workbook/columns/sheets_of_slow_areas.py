"""The sheet about slow areas."""

from typing import Final

from optimizer.domain.slow_area import SlowArea
from optimizer.interchange.workbook.columns.column import Column, Sheet

SLOW_AREAS: Final = Sheet(
    "slow areas",
    "缓行区域",
    "list",
    SlowArea,
    ("travel", "slow_areas"),
    (
        Column("area", "区域", ("name",), example="Yuelu"),
        Column("latitude", "纬度", ("centre", "lat"), "number", "28.1870"),
        Column("longitude", "经度", ("centre", "lon"), "number", "112.9440"),
        Column("address", "地址", ("centre", "address"), "text", "岳麓大道 · Yuelu Ave"),
        Column("radius km", "半径（公里）", ("radius_km",), "number", "3"),
        Column("percent of time", "用时百分比", ("percent",), "whole", "200"),
        Column("start", "开始", ("start",), "moment", "2026-07-15 08:00"),
        Column("end", "结束", ("end",), "moment", "2026-07-15 11:00"),
        Column("remark", "备注", ("remark",), "text", "accident on the bridge"),
    ),
)
"""Districts where traffic is slow for some hours."""
