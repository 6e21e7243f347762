"""Crews, shared tools, chains and jobs over several days on dispatch orders and picking lists."""

import pytest

from optimizer.dispatch_orders import DispatchOrders, OrderStop, dispatch_orders, orders_html, orders_text
from optimizer.dispatch_orders.picking_words import list_words
from optimizer.dispatch_orders.stop_words import stop_words
from optimizer.dispatch_orders.tied_records import (
    ChainLine,
    CrewLine,
    JobAndPerson,
    ToolIssue,
    ToolLine,
    ToolWayLine,
)
from optimizer.domain.document import PlanDocument
from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate
from optimizer.words.language import LANGUAGES, Language
from tests.unit.crew_day import document, question
from tests.unit.rules.build import DAY, at


def orders(of: Scenario | None = None, made: PlanDocument | None = None) -> DispatchOrders:
    return dispatch_orders(of or question(), made or document())


def first(who: str, made: DispatchOrders | None = None) -> OrderStop:
    """Return the first stop of somebody's first day."""
    return next(sheet for sheet in (made or orders()).sheets if sheet.technician_id == who).stops[0]


def with_technician(who: str, **facts: object) -> Scenario:
    """Return the day with other facts about one technician."""
    of = question()
    people = tuple(
        one.model_copy(update=facts) if one.technician_id == who else one for one in of.technicians
    )
    return of.model_copy(update={"technicians": people})


def test_who_comes_along_and_who_leads() -> None:
    lead, mate = first("T1"), first("T2")
    assert (lead.seat, mate.seat) == (0, 1)
    assert lead.crew == (CrewLine(technician_id="T2", technician="李华", leads=False, arrival=at("10:30")),)
    assert mate.crew == (CrewLine(technician_id="T1", technician="王强", leads=True, arrival=at("10:30")),)


def test_the_lead_calls_reports_and_tests() -> None:
    lead, mate = first("T1"), first("T2")
    # 30 minutes before arriving at 10:30.
    assert (lead.call_at, mate.call_at) == (at("10:00"), None)
    assert lead.report
    assert mate.report == ()
    assert (lead.test_run_min, mate.test_run_min) == (30, None)


def test_of_a_crew_each_carries_the_own_certificates() -> None:
    # Only T1 is a welder; when T2 is one too, both take their certificates along.
    assert (first("T1").certificates, first("T2").certificates) == (("welding",), ())
    both = with_technician("T2", certificates=(Certificate(name="welding"),))
    assert first("T2", orders(both)).certificates == ("welding",)


def test_of_a_crew_one_brings_each_tool() -> None:
    # Without the installer's kit T1 has none of the tools: T2, whose kit they are in, takes them as every day.
    bare = with_technician("T1", kits=(), tools=())
    assert first("T1", orders(bare)).tools == ()
    # T2 has the drill beyond the kit, T1 nothing: T2 is told to bring it.
    drill = with_technician("T2", kits=(), tools=("hand drill",))
    people = (drill.technicians[1] if one.technician_id == "T2" else one for one in bare.technicians)
    one_drill = bare.model_copy(update={"technicians": tuple(people)})
    assert first("T2", orders(one_drill)).tools == ("hand drill",)
    # Where T1 carries it already, T2 need not.
    assert first("T2", orders(drill)).tools == ()


def test_where_shared_tools_come_from_and_go() -> None:
    # The hoist leaves the branch with T1; 15 minutes after J2 it is handed over, and 5 minutes later it is at J3.
    assert first("T1").tool_ways == (
        ToolWayLine(
            tool="hoist",
            number=0,
            branch="芙蓉门店",
            from_job=None,
            kept_from=False,
            leaves=at("10:20"),
            there=at("10:30"),
            until=at("12:45"),
            to_job=JobAndPerson(job_id="J3", technician="周敏"),
            kept_for=False,
            onwards=at("12:50"),
            brought_by="王强",
            taken_along=True,
        ),
    )
    assert first("T2").tool_ways[0].taken_along is False
    waiting = orders().sheets[2].stops[1].tool_ways[0]
    assert waiting.from_job == JobAndPerson(job_id="J2", technician="王强")
    assert (waiting.to_job, waiting.onwards, waiting.brought_by) == (None, at("14:20"), "")


def test_who_does_both_jobs_keeps_the_tool() -> None:
    # T1 leads J3 as well: nothing is handed over.
    made = document()
    shifts = list(made.plan.shifts)
    (lead,), (pipes, waits) = shifts[0].stops, shifts[2].stops
    shifts[0] = shifts[0].model_copy(update={"stops": (lead, waits)})
    shifts[2] = shifts[2].model_copy(update={"stops": (pipes,)})
    changed = made.model_copy(update={"plan": made.plan.model_copy(update={"shifts": tuple(shifts)})})
    first, second = orders(made=changed).sheets[0].stops
    said = [stop_words(one, language).shared[0] for language in LANGUAGES for one in (first, second)]
    assert said == [
        "hoist: brought along from 芙蓉门店 by you; then kept for J3",
        "hoist: kept since J2; then back to 芙蓉门店, there 14:20",
        "吊机：由您从芙蓉门店随车带来；用后自带至 J3",
        "吊机：J2 用后自带；用后 14:20 前归还芙蓉门店",
    ]


def test_what_is_borrowed_in_the_morning() -> None:
    # T3 gets the hoist on site, from T1.
    found = {sheet.technician_id: sheet.shared_tools for sheet in orders().sheets if sheet.day == DAY}
    assert found == {
        "T1": (ToolLine(tool="hoist", job_ids=("J2",)),),
        "T2": (ToolLine(tool="nitrogen bottle", job_ids=("J5",)),),
        "T3": (),
        "T4": (),
    }


def test_the_store_knows_when_a_tool_leaves_and_comes_back() -> None:
    (found,) = orders().picking_lists
    assert found.tool_issues == (
        ToolIssue(
            tool="hoist",
            number=0,
            technician_id="T1",
            technician="王强",
            leaves=at("10:20"),
            job_ids=("J2", "J3"),
            there=at("10:30"),
            back=at("14:20"),
        ),
        # T2 leaves at 10:20 and has it on the van until J5; by itself it would leave at 13:10.
        ToolIssue(
            tool="nitrogen bottle",
            number=0,
            technician_id="T2",
            technician="李华",
            leaves=at("10:20"),
            job_ids=("J5",),
            there=at("13:15"),
            back=at("14:35"),
        ),
    )
    assert [(one.technician_id, one.shared_tools) for one in found.handouts] == [
        ("T1", (ToolLine(tool="hoist", job_ids=("J2", "J3")[:1]),)),
        ("T2", (ToolLine(tool="nitrogen bottle", job_ids=("J5",)),)),
    ]


def test_a_tool_that_nobody_can_take_is_brought() -> None:
    # The whole crew starts from home: the hoist is nobody's to take, it goes at its own time.
    home = Place(lat=28.2, lon=112.9)
    of = question()
    people = tuple(one.model_copy(update={"home": home, "starts_from": "home"}) for one in of.technicians)
    away = of.model_copy(update={"technicians": people})
    (found,) = orders(away).picking_lists
    assert [(one.tool, one.technician_id, one.leaves) for one in found.tool_issues] == [
        ("hoist", "", at("10:20")),
        ("nitrogen bottle", "", at("13:10")),
    ]
    words = list_words(found, "en").issues[0]
    assert words.whereto == "nobody who starts here: have it brought: J2 → J3, needed at 10:30"


def test_one_of_several_pieces_has_its_number() -> None:
    of = question()
    two = of.branches[0].model_copy(update={"shared_tools": {"hoist": 2, "nitrogen bottle": 1}})
    of = of.model_copy(update={"branches": (two,)})
    assert stop_words(first("T1", orders(of)), "en").shared[0].startswith("hoist no. 1: ")
    assert stop_words(first("T1", orders(of)), "zh").shared[0].startswith("吊机 1 号：")


def test_jobs_before_and_after() -> None:
    assert first("T3").chain == (
        ChainLine(
            job=JobAndPerson(job_id="J2", technician="王强"),
            comes="after",
            at=at("10:30"),
            gap_min=0,
            gap_from="start",
        ),
    )
    assert first("T1").chain == (
        ChainLine(
            job=JobAndPerson(job_id="J1", technician="周敏"),
            comes="before",
            at=at("10:10"),
            gap_min=20,
            gap_from="end",
        ),
    )


def test_which_day_of_a_long_job() -> None:
    days = [sheet.stops[0] for sheet in orders().sheets if sheet.technician_id == "T4"]
    assert [(one.day_of_job, one.days_of_job) for one in days] == [(1, 3), (2, 3), (3, 3)]
    assert [stop_words(one, "en").tags for one in days] == [
        ("Day 1 of 3",),
        ("Day 2 of 3",),
        ("Day 3 of 3",),
    ]
    assert stop_words(days[1], "zh").tags == ("第 2 天，共 3 天",)


@pytest.mark.parametrize(
    ("language", "lead", "mate"),
    [
        (
            "en",
            "you lead and answer for safety; with 李华 T2. Meet at the address, begin together at 10:30.",
            "王强 T1 leads and answers for safety. Meet at the address, begin together at 10:30. "
            "王强 T1 calls the customer.",
        ),
        (
            "zh",
            "由您主责并负责安全；同行：李华 T2。在现场会合，10:30 同时开始。",
            "王强 T1 主责并负责安全。在现场会合，10:30 同时开始。由主责人致电客户。",
        ),
    ],
)
def test_the_crew_in_words(language: Language, lead: str, mate: str) -> None:
    assert stop_words(first("T1"), language).crew == lead
    assert stop_words(first("T2"), language).crew == mate
    assert stop_words(first("T2"), language).call == ""
    assert stop_words(first("T3"), language).crew == ""


def test_who_arrives_earlier_is_said() -> None:
    of, made = question(), document()
    mate = made.plan.shifts[1].stops[0]
    early = mate.model_copy(update={"leg": mate.leg.model_copy(update={"arrival": at("10:12")})})
    shift = made.plan.shifts[1].model_copy(update={"stops": (early, *made.plan.shifts[1].stops[1:])})
    shifts = (made.plan.shifts[0], shift, *made.plan.shifts[2:])
    changed = made.model_copy(update={"plan": made.plan.model_copy(update={"shifts": shifts})})
    assert "with 李华 T2 (there 10:12)." in stop_words(first("T1", orders(of, changed)), "en").crew


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "you lead and answer for safety; with 李华 T2.",
                "hoist: brought along from 芙蓉门店 by you; then to J3 (周敏), there 12:50 (handed over by 12:45)",
                "hoist: from J2 (王强), leaves 12:45, here 12:50; then back to 芙蓉门店, there 14:20",
                "Only after J1 (周敏), planned until 10:10, 20 min later at least.",
                "J2 (王强) waits for this and starts at 10:30.",
                "王强 T1 takes it along: J2 → J3, needed at 10:30",
            ),
        ),
        (
            "zh",
            (
                "由您主责并负责安全；同行：李华 T2。",
                "吊机：由您从芙蓉门店随车带来；用后转交 J3（周敏），12:50 到（12:45 前交接）",
                "吊机：12:45 从 J2（王强）出发，12:50 到；用后 14:20 前归还芙蓉门店",
                "须在 J1（周敏）完成之后，计划 10:10 完成，至少间隔 20 分钟。",
                "J2（王强）等本单，10:30 开始。",
                "王强 T1 携带：J2 → J3，10:30 用",
            ),
        ),
    ],
)
def test_terminal_and_page_say_it_all(language: Language, said: tuple[str, ...]) -> None:
    text = "\n".join(line.text for line in orders_text(orders(), language))
    page = orders_html(orders(), language)
    assert [one for one in said if one not in text or one not in page] == []


def test_without_tools_in_the_plan_who_leads_asks_for_them() -> None:
    made = document()
    bare = made.model_copy(update={"plan": made.plan.model_copy(update={"tools": ()})})
    found = orders(made=bare)
    assert (first("T1", found).shared_tools, first("T2", found).shared_tools) == (("hoist",), ())
    (picking,) = found.picking_lists
    # J2 and J3 each ask for the one hoist.
    assert [(one.tool, one.technicians, one.available) for one in picking.shared_tools] == [
        ("hoist", 2, 1),
        ("nitrogen bottle", 1, 1),
    ]
