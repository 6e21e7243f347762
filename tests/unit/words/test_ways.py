"""Changes in both languages."""

from datetime import date

import pytest

from optimizer.domain.assessment import Finding
from optimizer.domain.explanation import ButFor, ChangeKind, Forced, LeftOut, Way, Widening
from optimizer.domain.reasons import UnservedReason
from optimizer.domain.time import Window
from optimizer.words.bill import bill_change
from optimizer.words.left_out import fix_words, forced_words, proof_words
from optimizer.words.ways import way_words, wider_words
from tests.unit.rules.build import at

DAY = date(2026, 7, 15)


def way(kind: ChangeKind, **facts: object) -> Way:
    usual: dict[str, object] = {
        "kind": kind,
        "job_id": "J1",
        "technician_id": "T1",
        "day": DAY,
        "after": "J2",
        "start": at("15:09"),
        "weight": 0,
        "cents": -23_668,
        "sentence": "",
        "days": (),
    }
    return Way.model_validate(usual | facts)


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        (way("serve"), "Serve it all the same", "直接派出即可"),
        (
            way("part", parts={"fuse": 1, "pump": 2}),
            "Fetch 1 piece of fuse and 2 pieces of pump for the van of T1",
            "为 T1 的车补配件：fuse 1 件、pump 2 件",
        ),
        (
            way("part", parts={"fuse": 1}, branch_id="B1"),
            "Fetch 1 piece of fuse for branch B1",
            "为网点 B1 补配件：fuse 1 件",
        ),
        (way("tool", names=("rope",)), "Lend T1 rope", "借给 T1 工具：rope"),
        (
            way("territory", names=("Yuelu as well",), territory=Widening(area="Yuelu")),
            "Widen the territory of T1 to Yuelu as well",
            "扩大 T1 的服务区域：增加片区 Yuelu",
        ),
        (
            way("window", window=Window(start=at("15:00"), end=at("17:00"))),
            "Agree on another time with the customer, 15:00 to 17:00 on 2026-07-15",
            "与客户另约时间：7月15日 15:00–17:00",
        ),
        (
            way("overtime", minutes=60, limit_min=180),
            "Allow T1 one more hour of overtime on 2026-07-15 (up to 3 h 00 min instead of 2 h 00 min)",
            "允许 T1 7月15日多加班一小时（上限由 2 小时 00 分改为 3 小时 00 分）",
        ),
        (
            way("overtime", minutes=60, limit_min=60),
            "Allow T1 one more hour of overtime on 2026-07-15 (up to 1 h 00 min instead of none)",
            "允许 T1 7月15日多加班一小时（上限由不加班改为 1 小时 00 分）",
        ),
        (
            way("certificate", names=("welding",)),
            "Get T1 the certificate welding",
            "给 T1 办证：welding",
        ),
        (way("leave_out", left_out=("J8",)), "Leave out J8 instead", "改为不派 J8"),
    ],
)
def test_every_kind_of_change(change: Way, english: str, chinese: str) -> None:
    served = "J1 is then served by T1 on 2026-07-15 at 15:09, after J2, and the bill falls by ¥236.68."
    assert way_words(change) == f"{english}; {served}"
    served_zh = "J1 由 T1 7月15日 15:09 上门（排在 J2 之后），账单减少 ¥236.68。"
    assert way_words(change, "zh") == f"{chinese}；{served_zh}"


def test_a_move() -> None:
    to, to_zh = (
        "J1 moves to T1 on 2026-07-15 at 15:09, after J2, and the bill falls by ¥236.68.",
        "J1 改派给 T1 7月15日 15:09 上门（排在 J2 之后），账单减少 ¥236.68。",
    )
    assert (way_words(way("move")), way_words(way("move"), "zh")) == (to, to_zh)
    less = way("move", left_out=("J8", "J9"))
    assert way_words(less) == f"Leave out J8 and J9; {to}"
    assert way_words(less, "zh") == f"不派 J8、J9；{to_zh}"


def test_a_job_left_out() -> None:
    less = way("leave_out", start=None, cents=5_000)
    assert way_words(less) == "Leave out J1; one job less is served, and the bill rises by ¥50.00."
    assert way_words(less, "zh") == "不派 J1：少做一个工单，账单增加 ¥50.00。"


def test_territories() -> None:
    wider = Widening(any_area=True, branch_id="B2", radius_km=12.5)
    assert wider_words(wider) == ("any area", "jobs of branch B2 as well", "a radius of 12.5 km")
    assert wider_words(wider, "zh") == ("所有片区", "增加网点 B2 的工单", "半径扩大到 12.5 公里")


def test_a_bill_that_stays() -> None:
    assert (bill_change(0), bill_change(0, "zh")) == ("the bill stays the same", "账单不变")


def left_out(fix: Way | None, *but_for: ButFor) -> LeftOut:
    why = UnservedReason(job_id="J1", sentence="", obstacles=())
    return LeftOut(reason=why, forced=None, fix=fix, shifts=3, places=14, but_for=but_for, proof="")


def test_nothing_helps() -> None:
    answer = left_out(None, ButFor(code="SKILL", technician_ids=("T1", "T2")))
    assert fix_words(answer) == (
        "No single change of these kinds makes room for J1: one more hour of overtime for one technician, another "
        "time for the customer, tools lent, certificates, a wider territory, parts fetched for one place, one less "
        "important job left out. It would fit with T1 and T2 if it were not for a missing skill (SKILL)."
    )
    kinds = (
        "一名技术员多加班一小时、与客户另约时间、借用工具、办证、扩大服务区域、为一处补配件、"
        "不派一个次要的工单"
    )
    nothing = f"以下改动只做一项，都排不进 J1：{kinds}。若不是缺少技能（SKILL），T1、T2 就能接单。"
    assert fix_words(answer, "zh") == nothing
    assert proof_words(answer, "zh") == f"{nothing}共试过 3 个班次中的 14 个位置，其他到访的人员和顺序不变。"


def test_what_was_looked_at() -> None:
    answer = left_out(way("serve"))
    assert proof_words(answer).startswith("No other single change of these kinds costs less: one more hour")
    assert proof_words(answer).endswith(
        "14 places in the order of stops of 3 shifts were tried, all other stops kept with their technicians and in "
        "their order."
    )
    assert proof_words(answer, "zh").startswith("单项改动中没有更省的：")
    assert fix_words(answer, "zh").startswith("直接派出即可；")


def test_by_force() -> None:
    broken = Finding(
        code="SHIFT",
        technician_id="T1",
        day=DAY,
        measured=150,
        limit=120,
        over=30,
        unit="min",
        sentence="T1 ends late.",
    )
    forced = Forced(
        technician_id="T1",
        day=DAY,
        after=None,
        start=at("15:09"),
        cents=1_230,
        findings=(broken,),
        sentence="",
    )
    assert forced_words(forced, "J1") == (
        "By force, T1 on 2026-07-15 would serve J1 at 15:09 (the bill rises by ¥12.30), but: T1 ends late."
    )
    assert forced_words(forced, "J1", "zh") == (
        "若强行安排，T1 7月15日 15:09 上门做 J1（账单增加 ¥12.30），但会违反："
        "班次（SHIFT），T1 7月15日：相差 30 分钟。"
    )
    free = forced.model_copy(update={"findings": ()})
    assert forced_words(free, "J1", "zh") == "T1 7月15日 15:09 可以上门做 J1；与不派相比，账单增加 ¥12.30。"
