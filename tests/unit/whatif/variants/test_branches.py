"""Branches that open and close, their radius, tools and parts; demand and policy."""

from datetime import date
from typing import Any

from optimizer.domain.approval import Approval, ApprovedTool, ApprovedVisit
from optimizer.domain.branch import BenchBatch
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Territory
from optimizer.domain.travel import Matrix
from tests.unit.rules.build import DAY, at, branch, job, north, scenario, technician
from tests.unit.whatif.variants.say import after, refused


def base(**facts: Any) -> Scenario:
    branches = [
        branch(stock={"fan motor": 2}, shared_tools={"hoist": 1}),
        branch(branch_id="B2", place=north(20), stock={"fan motor": 1, "valve": 4}),
    ]
    people = [
        technician(territory=Territory(branches=("B1",))),
        technician(technician_id="T2", branch_id="B2", home=north(22), starts_from="home"),
    ]
    jobs = [job(branch_id="B2", area="north"), job(job_id="J2", place=north(19), parts={"valve": 1})]
    return scenario(people, jobs, branches=branches, **facts)


def test_a_branch_opens_and_people_move_there() -> None:
    new = {"branch_id": "B3", "place": {"lat": 28.3, "lon": 113}, "stock": {"valve": 3}}
    made = after(base(), "open_branch", branch=new, technician_ids=["T1"])
    assert [one.branch_id for one in made.branches] == ["B1", "B2", "B3"]
    assert [one.branch_id for one in made.technicians] == ["B3", "B2"]
    assert made.technicians[0].territory == Territory(branches=("B3",))


def test_a_branch_that_cannot_open() -> None:
    taken = {"branch_id": "B1", "place": {"lat": 28.3, "lon": 113}}
    assert refused(base(), "open_branch", branch=taken, technician_ids=["T9"]) == [
        ("duplicate-id", "branch.branch_id"),
        ("unknown-technician", "technician_ids[0]"),
    ]


def test_given_travel_times_have_to_know_a_new_branch() -> None:
    known = base()
    names = tuple(place_book(known))
    grid = tuple(tuple(0 for _ in names) for _ in names)
    travel = known.travel.model_copy(
        update={"matrices": {"car": Matrix(places=names, seconds=grid, metres=grid)}}
    )
    known = known.model_copy(update={"travel": travel})
    new = {"branch_id": "B3", "place": {"lat": 28.3, "lon": 113}}
    assert refused(known, "open_branch", branch=new) == [("missing-place", "branch.place")]


def test_another_branch_takes_over_what_a_closed_one_had() -> None:
    batch = BenchBatch(batch_id="X", units=3, received_on=date(2026, 7, 13))
    known = base()
    first, second = known.branches
    second = second.model_copy(update={"bench": (batch,), "shared_tools": {"hoist": 1, "ladder truck": 1}})
    known = known.model_copy(update={"branches": (first, second)})
    made = after(known, "close_branch", branch_id="B2", people_to="B1")
    (left,) = made.branches
    assert left.stock == {"fan motor": 3, "valve": 4}
    assert left.shared_tools == {"hoist": 2, "ladder truck": 1}
    assert left.bench == (batch,)
    assert [one.branch_id for one in made.technicians] == ["B1", "B1"]
    assert made.technicians[1].starts_from == "home"
    assert [one.branch_id for one in made.jobs] == ["B1", None]


def test_territories_go_over_to_the_branch_that_takes_over() -> None:
    made = after(base(), "close_branch", branch_id="B1", people_to="B2")
    assert made.technicians[0].territory == Territory(branches=("B2",))


def test_approved_visits_with_a_tool_of_the_closed_branch_are_given_back() -> None:
    visits = tuple(ApprovedVisit(job_id=one, technician_id="T1", start=at("10:00")) for one in ("J1", "J2"))
    tool = ApprovedTool(job_id="J1", branch_id="B1", tool="hoist", piece=1)
    day = Approval(day=DAY, by="manager", at=at("08:00"), visits=visits, tools=(tool,))
    made = after(
        base().model_copy(update={"approvals": (day,)}), "close_branch", branch_id="B1", people_to="B2"
    )
    assert ([one.job_id for one in made.approvals[0].visits], made.approvals[0].tools) == (["J2"], ())


def test_a_branch_that_cannot_close() -> None:
    assert refused(base(), "close_branch", branch_id="B1", people_to="B1") == [("same-branch", "people_to")]
    assert refused(base(), "close_branch", branch_id="B8", people_to="B9") == [
        ("unknown-branch", "branch_id"),
        ("unknown-branch", "people_to"),
    ]
    crowded = tuple(one.model_copy(update={"stock": {"valve": 600_000}}) for one in base().branches)
    full = base().model_copy(update={"branches": crowded})
    assert refused(full, "close_branch", branch_id="B1", people_to="B2") == [("too-many-pieces", "people_to")]


def test_another_service_radius() -> None:
    made = after(base(), "service_radius", radius_km=30)
    assert [one.service_radius_km for one in made.branches] == [30, 30]
    made = after(base(), "service_radius", branch_ids=["B2"], radius_km=30)
    assert [one.service_radius_km for one in made.branches] == [None, 30]
    assert refused(base(), "service_radius", branch_ids=["B"], radius_km=30) == [
        ("unknown-branch", "branch_ids[0]")
    ]


def test_more_tools_and_fewer() -> None:
    made = after(base(), "tool_stock", tool="hoist", more=2)
    assert [one.shared_tools for one in made.branches] == [{"hoist": 3}, {"hoist": 2}]
    made = after(base(), "tool_stock", tool="hoist", branch_ids=["B1"], more=-1)
    assert [one.shared_tools for one in made.branches] == [{"hoist": 0}, {}]
    assert refused(base(), "tool_stock", tool="hoist", more=-1) == [("too-few-pieces", "more")]
    assert refused(base(), "tool_stock", tool="hoists", more=1) == [("unknown-shared-tool", "tool")]


def test_more_parts_and_fewer() -> None:
    made = after(base(), "part_stock", part="fan motor", more=-1)
    assert [one.stock for one in made.branches] == [{"fan motor": 1}, {"fan motor": 0, "valve": 4}]
    assert refused(base(), "part_stock", part="valve", more=1, branch_ids=["B1", "B0"]) == [
        ("unknown-branch", "branch_ids[1]")
    ]
    assert refused(base(), "part_stock", part="valv", more=1) == [("unknown-part", "part")]
    assert refused(base(), "part_stock", part="valve", more=1_000_000) == [("too-many-pieces", "more")]


def test_changes_of_the_demand_leave_the_scenario_alone() -> None:
    known = base()
    assert after(known, "demand", factor=1.2, types=["repair"], areas=["north"]) is known
    assert after(known, "windows", minutes=240, types=["repair"]) is known
    assert refused(known, "demand", factor=2, types=["repairs"], areas=["nord"]) == [
        ("unknown-job-type", "types[0]"),
        ("unknown-area", "areas[0]"),
    ]
    assert refused(known, "windows", minutes=240, types=["repairs"]) == [("unknown-job-type", "types[0]")]


def test_another_preset() -> None:
    assert after(base(), "preset", preset="economy").policy.preset == "economy"


def test_another_price_leaves_the_others() -> None:
    known = base(rules={"OVERTIME": {"wage_cents_per_hour": 4000}})
    made = after(known, "price", rule="OVERTIME", values={"percent": 200})
    assert made.policy.rules == {"OVERTIME": {"wage_cents_per_hour": 4000, "percent": 200}}
    assert refused(base(), "price", rule="OVERTIM", values={"percent": 200}) == [("unknown-rule", "rule")]
    assert refused(base(), "price", rule="OVERTIME", values={"percent": -1, "cents": 2}) == [
        ("bad-parameter", "values.percent"),
        ("unknown-parameter", "values.cents"),
    ]
