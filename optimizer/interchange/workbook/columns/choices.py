"""Words that a cell may hold where the choice is closed, with the Chinese word for each."""

from collections.abc import Mapping
from typing import Final, TypeVar

from optimizer.interchange.workbook.columns.column import Choices
from optimizer.words.language import Words
from optimizer.words.names import LINE_NAMES, MEANS_NAMES, PRESET_NAMES, PRIORITY_NAMES, WORK_KIND_NAMES

T = TypeVar("T", bound=str)


def _chinese(names: Mapping[T, Words]) -> Choices:
    return {value: words["zh"] for value, words in names.items()}


PRIORITIES: Final = _chinese(PRIORITY_NAMES)
"""Priority classes."""

MEANS: Final = _chinese(MEANS_NAMES)
"""Means of transport."""

LINE_KINDS: Final = _chinese(LINE_NAMES)
"""Trains and ships."""

WORK_KINDS: Final = _chinese(WORK_KIND_NAMES)
"""Kinds of work."""

PRESETS: Final = _chinese(PRESET_NAMES)
"""Presets of the policy."""

ENDS: Final[Choices] = {"branch": "网点", "home": "家"}
"""Where a day starts or ends."""

RESTS: Final[Choices] = {"policy": "按规定", "none": "不休息"}
"""The midday rest of a shift."""

COORDINATES: Final[Choices] = {"WGS-84": "GPS", "GCJ-02": "火星坐标", "BD-09": "百度坐标"}
"""What coordinates refer to."""

COMPLAINTS: Final[Choices] = {"none": "无", "complaint": "投诉", "strong": "强烈投诉"}
"""A complaint and how strong."""

SECOND_VISITS: Final[Choices] = {"none": "无", "tools": "缺工具", "parts": "缺配件", "fault_back": "故障复发"}
"""Why there was a visit before."""

PROGRESS: Final[Choices] = {"on_the_way": "在途", "arrived": "已到达", "started": "已开工"}
"""How far somebody is with a job."""

LEAKS: Final[Choices] = {"water_leak": "漏水", "refrigerant_leak": "漏氟", "other": "其他"}
"""What went wrong with an installation."""

GAPS_FROM: Final[Choices] = {"start": "开始", "end": "结束"}
"""Where the gap to the job before is measured from."""

WHO: Final[Choices] = {"anyone": "不限", "same": "同一人", "another": "另一人"}
"""Who does the second of two jobs."""

GROUPS_WHO: Final[Choices] = {"same": "同一人", "another": "各不同人"}
"""Who does the jobs of a group."""

ALSO: Final[dict[str, str]] = {
    "公交": "public_transport",
    "公交车": "public_transport",
    "地铁": "public_transport",
    "火车": "long_distance",
    "高铁": "long_distance",
    "轮船": "long_distance",
    "小车": "car",
    "轿车": "car",
    "摩托": "motorcycle",
    "加急": "emergency",
    "特急": "emergency",
    "是": "complaint",
    "yes": "complaint",
    "true": "complaint",
    "否": "none",
    "no": "none",
    "false": "none",
}
"""What people also write → word of the scenario file, where the column takes that: 是 is a plain complaint."""

YES: Final = frozenset({"yes", "y", "true", "x", "1", "是", "有", "对", "√", "✓", "✔"})
"""Words for yes."""

NO: Final = frozenset({"no", "n", "false", "0", "否", "无", "没有", "不", "×", "✗"})
"""Words for no."""

EMPTY: Final = ("none", "无", "没有")
"""A list that is there and empty, where an empty cell means something else."""
