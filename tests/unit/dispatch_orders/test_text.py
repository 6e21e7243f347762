"""Sheets as plain lines."""

from optimizer.dispatch_orders import orders_text
from optimizer.dispatch_orders.text import Line
from tests.unit.dispatch_orders.day import orders_of
from tests.unit.rules.build import at, branch, job, scenario, shift_plan, stop, technician


def test_a_sheet_and_a_list_line_by_line() -> None:
    of = scenario(
        [technician(name="吴斌")],
        [job(fault="不制冷", parts={"fan motor": 1})],
        branches=[branch(name="芙蓉门店", stock={"fan motor": 4})],
    )
    day = shift_plan([stop("J1", at("10:00"), at("11:00"))]).model_copy(
        update={"picked_up": {"fan motor": 1}}
    )
    made = orders_of(of, day)
    mark = made.sheets[0].plan_mark
    assert orders_text(made, "zh") == (
        Line("派工单 · 吴斌 T1 · 2026年7月15日 周三", heading=True),
        Line("出发：09:50 芙蓉门店", 2),
        Line("返回：11:10 芙蓉门店", 2),
        Line("所属网点：芙蓉门店", 2),
        Line("服务热线：—", 2),
        Line("交通工具：汽车", 2),
        Line("全天：1 个工单 · 路上 20 分钟 · 12 公里", 2),
        Line("今日携带", 2),
        Line("芙蓉门店 领料：☐ 风扇电机 × 1", 4),
        Line("10:00–11:00  1. J1 维修", 2, heading=True),
        Line("28.25396, 112.98000", 4),
        Line("未留姓名 · 未留电话，请问服务台", 4),
        Line("09:50 出发 · 10 分钟 · 6.0 公里", 4),
        Line("☐ 09:30 前致电客户", 4),
        Line("报修内容：不制冷", 4),
        Line("携带：☐ 风扇电机 × 1（出车前领料）", 4),
        Line("汇报：☐ 下一站", 4),
        Line("11:10  返回 · 芙蓉门店 · 11:00 出发 · 10 分钟 · 6.0 公里", 2),
        Line("开机检修前先断电。现场不安全或条件不具备，停工并致电热线。", 2),
        Line(f"方案 {mark}", 2),
        Line(""),
        Line("领料单 · 芙蓉门店 · 2026年7月15日 周三", heading=True),
        Line("☐ 风扇电机 × 1（领前库存 4，领后库存 3）", 2),
        Line("发放与核对", 2),
        Line("09:50  吴斌 T1：☐ 风扇电机 × 1", 4),
        Line(f"方案 {mark}", 2),
    )


def test_too_few_shared_tools_are_said() -> None:
    people = [technician(), technician(technician_id="T2")]
    jobs = [job(job_id=one, shared_tools=("nitrogen bottle",)) for one in ("J1", "J2")]
    of = scenario(people, jobs, branches=[branch(shared_tools={"nitrogen bottle": 1})])
    days = [
        shift_plan([stop(one, at("10:00"), at("11:00"))], technician_id=who)
        for one, who in (("J1", "T1"), ("J2", "T2"))
    ]
    lines = [line.text for line in orders_text(orders_of(of, *days), "en")]
    assert "☐ nitrogen bottle (Asked for 2, Available 1)" in lines
    assert "! nitrogen bottle: 2 technicians need one, there are 1. Arrange who passes it on." in lines
