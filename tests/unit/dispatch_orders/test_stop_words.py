"""A job of a dispatch order in words, in both languages."""

from datetime import time, timedelta

import pytest

from optimizer.dispatch_orders.stop_words import StopWords, stop_words
from optimizer.domain.job import Customer, DeskFacts, Rework, SiteFacts
from optimizer.domain.policy import Desk, JobType, Policy
from optimizer.domain.time import Window
from tests.unit.dispatch_orders.day import only_stop, orders_of, repair
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, scenario, shift_plan, stop


def test_a_job_in_chinese() -> None:
    one = job(
        product="aircon",
        units=2,
        priority="vip",
        complaint="strong",
        fault="不制冷",
        wishes="穿鞋套",
        customer=Customer(customer_id="C1", name="邱女士", phone="0731-0000 2019", warranty_until=DAY),
        certificates=("electrician",),
        tools=("endoscope",),
        parts={"fan motor": 1},
        site=SiteFacts(working_height_m=12, outdoor_unit_floor=4),
        windows=(Window(start=at("09:30"), end=at("10:30")),),
        dispatched_at=at("08:30"),
    )
    assert stop_words(only_stop(one), "zh") == StopWords(
        number="1",
        start="10:00",
        end="11:00",
        arriving="",
        leaving="09:50 出发",
        far="10 分钟 · 6.0 公里",
        job_id="J1",
        work="维修 · 空调 · 2 台",
        tags=("重点客户", "重大投诉"),
        crew="",
        address="28.25396, 112.98000",
        customer="邱女士",
        phone="0731-0000 2019",
        dial="073100002019",
        call="09:30 前致电客户",
        first_call="尚未首次联系：09:20 前致电并确认上门",
        times=(("预约", "09:30–10:30"),),
        told=(("报修内容", "不制冷"), ("客户要求", "穿鞋套")),
        take=("endoscope", "安全绳", "风扇电机 × 1（车上）"),
        shared=(),
        safety=(
            "室外作业高度 12 米：系好安全带，挂牢后再出户。",
            "室外机在 4 楼：用安全绳系牢机器和工具，楼下设警戒。",
            "电源作业：持电工证操作，先断电、验电、挂牌。",
        ),
        notes=("重大投诉，由经理亲自安排：处理结果立即报经理。", "保修期至 2026年7月15日，免费。"),
        carry=("电工证",),
        test_run="",
        report=("下一站",),
    )


def test_calls_at_the_beginning_of_the_shift() -> None:
    # The shift begins at 09:00, the desk opens at 08:00: the first call is due at 08:50.
    early = stop("J1", at("09:20"), at("10:00"))
    of = scenario(jobs=[job(dispatched_at=at("08:30"))])
    of = of.model_copy(update={"policy": Policy(desk=Desk(opens=time(8)))})
    found = stop_words(orders_of(of, shift_plan([early])).sheets[0].stops[0], "en")
    assert found.call == "Call first thing, 09:00"
    assert found.first_call == (
        "First call still owed, due 08:50 before your shift: make it, or ask the desk to"
    )


@pytest.mark.parametrize(
    ("phone", "dial"),
    [
        ("+86 731-0000 2019", "+8673100002019"),
        ("(0731) 0000-2019", "073100002019"),
        ("0731-0000 2019 转 8", ""),
        ("1;postd=2", ""),
        ("", ""),
    ],
)
def test_a_telephone_is_dialled_where_it_is_a_number(phone: str, dial: str) -> None:
    one = job(customer=Customer(customer_id="C1", phone=phone))
    assert stop_words(only_stop(one), "en").dial == dial


def test_the_product_is_left_out_where_the_type_of_work_says_it() -> None:
    types = {"bodywork": JobType(kind="repair"), "repair": JobType(kind="repair")}
    for kind, product, work in (("bodywork", "body", "车身维修"), ("repair", "body", "维修 · 车身")):
        of = scenario(jobs=[job(type=kind, product=product)])
        of = of.model_copy(update={"policy": Policy(job_types=types)})
        found = orders_of(of, shift_plan([stop("J1", at("10:00"), at("11:00"))])).sheets[0].stops[0]
        assert stop_words(found, "zh").work == work


def test_a_job_in_english() -> None:
    leak = Rework(installed_by="zhao", installed_on=DAY, fault="water_leak", installer_failed=True)
    found = stop_words(
        repair(rework=leak, second_visit="parts", desk=DeskFacts(unreachable=True), units=3), "en"
    )
    assert found.work == "repair · 3 units"
    assert found.tags == ("Second visit", "Rework")
    assert (found.customer, found.phone) == ("customer not named", "no telephone given: ask the desk")
    assert found.notes == (
        "Second visit: parts were missing the first time. Check them before leaving.",
        "Rework: water leak; installed by zhao on 2026-07-15.",
        "The installer was there and could not mend it.",
        "The customer could not be reached; the agreed time stands.",
    )


def test_a_late_call_and_a_window_of_several_days_name_the_day() -> None:
    yesterday = DAY - timedelta(days=1)
    long = Window(start=at("09:00"), end=at("12:00", NEXT_DAY))
    found = stop_words(repair(dispatched_at=at("16:00", yesterday), windows=(long,)), "zh")
    assert found.first_call == "首次联系已超时（应在 7月14日 16:20 前）：立即致电并确认上门"
    assert found.times == (("预约", "09:00 – 7月16日 12:00"),)


def test_who_waits_reads_when_to_arrive() -> None:
    waiting = stop("J1", at("10:00"), at("11:00"), arrival=at("09:40"))
    found = stop_words(orders_of(scenario(), shift_plan([waiting])).sheets[0].stops[0], "en")
    assert (found.arriving, found.leaving, found.far) == ("arrive 09:40", "leave 09:30", "10 min · 6.0 km")


def test_the_next_job_at_the_same_place() -> None:
    there = stop("J1", at("10:00"), at("11:00"), travel_s=0)
    found = stop_words(orders_of(scenario(), shift_plan([there])).sheets[0].stops[0], "en")
    assert (found.leaving, found.far) == ("", "same place")
