"""Chinese for the trade's usual tools, parts, certificates, products and job types.

A scenario may call these things as it likes; a word that is not known here is printed as the scenario has it.
"""

from collections.abc import Mapping
from typing import Final

from optimizer.domain.job import Job
from optimizer.words.language import Language

TRADE_WORDS: Final[dict[str, str]] = {
    # tools
    "TDS meter": "水质测试笔",
    "brazing torch": "焊枪",
    "clamp ammeter": "钳形表",
    "console cable": "调试线",
    "diagnostic tablet": "诊断平板",
    "fibre tester": "光纤测试仪",
    "filter wrench": "滤芯扳手",
    "gas torch": "气焊枪",
    "glue gun": "胶枪",
    "hand drill": "手电钻",
    "hand truck": "手推车",
    "hoist": "吊机",
    "hole saw": "开孔器",
    "ladder": "梯子",
    "ladder truck": "登高车",
    "laptop": "笔记本电脑",
    "leak detector": "检漏仪",
    "lift key": "电梯钥匙",
    "lifting jack": "千斤顶",
    "multimeter": "万用表",
    "nitrogen bottle": "氮气瓶",
    "panel tools": "钣金工具",
    "pipe cutter": "切管刀",
    "pressure gauge": "压力表",
    "refrigerant gauge": "冷媒压力表",
    "rope": "安全绳",
    "safety belt": "安全带",
    "screwdrivers": "螺丝刀",
    "spanners": "扳手",
    "step ladder": "人字梯",
    "suction lifter": "吸盘",
    "thermometer": "温度计",
    "tube cutter": "割管器",
    "tube expander": "扩管器",
    "vacuum pump": "真空泵",
    # parts
    "R32 cylinder": "R32 冷媒瓶",
    "R410A cylinder": "R410A 冷媒瓶",
    "LCD panel": "液晶屏",
    "PP cotton": "PP 棉滤芯",
    "RO membrane": "反渗透膜",
    "UV lamp": "紫外灯",
    "a/c compressor": "空调压缩机",
    "access controller": "门禁控制器",
    "alternator": "发电机",
    "battery module": "电池模组",
    "booster pump": "增压泵",
    "carbon block": "炭棒滤芯",
    "compressor": "压缩机",
    "control board": "控制板",
    "door pump": "车门泵",
    "drain hose": "排水管",
    "fan motor": "风扇电机",
    "filter": "滤芯",
    "front windscreen": "前挡风玻璃",
    "heater pump": "暖风水泵",
    "inlet valve": "进水阀",
    "inverter board": "变频板",
    "leak plugs": "堵头",
    "mirror arm": "后视镜支架",
    "player box": "播放盒",
    "run capacitor": "运行电容",
    "side window": "侧窗",
    "solenoid valve": "电磁阀",
    "storage controller": "存储控制器",
    "wiper motor": "雨刮电机",
    # certificates
    "electrician": "电工证",
    "flammable refrigerant": "可燃冷媒作业证",
    "health certificate": "健康证",
    "high voltage": "高压作业证",
    "welding": "焊工证",
    # product lines
    "access": "门禁",
    "aircon": "空调",
    "bms": "楼宇自控",
    "body": "车身",
    "central-aircon": "中央空调",
    "coach": "客车",
    "dispenser": "饮水机",
    "drive-line": "传动系统",
    "electrics": "电气",
    "heat-pump": "热泵",
    "lcd": "液晶屏",
    "led": "LED 屏",
    "player": "播放设备",
    "purifier": "净化器",
    "screen": "屏幕",
    "server": "服务器",
    "under-sink": "厨下净水机",
    "washing-machine": "洗衣机",
    "whole-house": "全屋净水",
    # what a report has
    "bar code": "条码",
    "location": "定位",
    "next destination": "下一站",
    "photos": "照片",
}
"""What the scenario calls a thing → what is printed in Chinese."""

JOB_TYPE_WORDS: Final[dict[str, str]] = {
    "bodywork": "车身维修",
    "climate": "空调系统维修",
    "commissioning": "调试",
    "complaint": "投诉处理",
    "courtesy": "客户回访",
    "equipment": "设备维修",
    "filter": "更换滤芯",
    "house-installation": "全屋安装",
    "installation": "安装",
    "leak": "漏水处理",
    "line": "线路维修",
    "maintenance": "保养",
    "mechanics": "机械维修",
    "onsite": "上门服务",
    "onsite-server": "服务器上门",
    "other": "其他",
    "panel": "屏幕更换",
    "periodic": "定期回访",
    "player": "播放盒维修",
    "recharge": "检漏加氟",
    "relocation": "移机",
    "removal": "拆机",
    "repair": "维修",
    "retail complaint": "门店投诉",
    "revisit": "重点客户回访",
    "sanitizing": "消毒",
    "survey": "勘察",
    "tour": "巡检",
}
"""What the scenario calls a job type → what is printed in Chinese. A part may have the same name."""


def trade_word(word: str, language: Language) -> str:
    """Return how a thing of the trade is called, e.g. ``焊枪`` for ``brazing torch``."""
    return TRADE_WORDS.get(word, word) if language == "zh" else word


def job_type_word(word: str, language: Language) -> str:
    """Return how a job type is called, e.g. ``维修`` for ``repair``."""
    return JOB_TYPE_WORDS.get(word, word) if language == "zh" else word


def work_words(job: Job, language: Language, *, between: str = " · ") -> str:
    """Return what a job is, e.g. ``repair · aircon ×2`` or ``维修 · 空调 ×2``.

    Parameters
    ----------
    job : the job
    language : English or Chinese
    between : what stands between the type of work and the product
    """
    said, product = job_type_word(job.type, language), trade_word(job.product or "", language)
    # 车身维修 says already that it is the body.
    if product and not (language == "zh" and said.startswith(product)):
        said = f"{said}{between}{product}"
    return f"{said} ×{job.units}" if job.units > 1 else said


def pieces_words(parts: Mapping[str, int], language: Language) -> str:
    """Return parts with their numbers in one line, in the order of their names, e.g. ``2 × fan motor``.

    Parameters
    ----------
    parts : part → pieces
    language : English or Chinese
    """
    return ", ".join(f"{pieces} × {trade_word(part, language)}" for part, pieces in sorted(parts.items()))
