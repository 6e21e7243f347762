"""Three days written by hand with everything that ties routes together: a crew, a hoist, a chain, a job over days.

Travel is plain (10 m a second). What each day holds:

- J1 (T3, 09:10–10:10, 6 km) comes before J2 at the same place, which begins at least 20 minutes later;
- J2 takes two people and the hoist from 10:30 to 12:30: T1 leads, T2 comes along; they are a standing crew;
- J3 (T3, 12:50–13:50, 9 km) waits for the hoist: it is handed over at J2 by 12:45 and 5 minutes on the way;
- J4 (T4, 12 km) is 20 hours long: 400 minutes from 09:20 on each of the three days;
- J5 (T2, 13:15–14:15, 3 km) needs the nitrogen bottle;
- J6 takes three installers, of whom there are two: it is left out.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from optimizer.assess import assess
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.job import Customer, Job
from optimizer.domain.place import Place
from optimizer.domain.plan import (
    Leg,
    Plan,
    Provenance,
    Rest,
    ShiftPlan,
    Stop,
    ToolPlan,
    ToolStop,
    TravelLeg,
    TravelSnapshot,
)
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Shift, Technician
from optimizer.domain.ties import After, Crew, JobGroup, Seat
from optimizer.domain.time import Horizon, Window
from optimizer.words.language import Language
from optimizer.words.plan_book import PlanBook
from tests.unit.rules.build import DAY, PLAIN_TRAVEL, ZONE, at, branch, leg, north, stop

DAYS: Final = tuple(DAY + timedelta(days=number) for number in range(3))
"""The planned days."""
HANDOVER: Final = timedelta(minutes=15)
"""How long a shared tool is handed over after a job."""


def _place(km: float, address: str) -> Place:
    return north(km).model_copy(update={"address": address})


def question() -> Scenario:
    """Return four technicians, of whom two are a standing crew, and six jobs."""
    return Scenario(
        name="crew day",
        time_zone=ZONE,
        horizon=Horizon(first_day=DAY, days=len(DAYS)),
        now=at("08:00"),
        branches=(
            branch(
                name="芙蓉门店",
                hotline="0731-5550100",
                shared_tools={"hoist": 1, "nitrogen bottle": 1},
            ),
        ),
        technicians=tuple(_technicians()),
        jobs=tuple(_jobs()),
        crews=(Crew(crew_id="A", name="安装一组", members=("T1", "T2")),),
        groups=(JobGroup(jobs=("J1", "J3"), who="same"),),
        travel=PLAIN_TRAVEL,
    )


def _technicians() -> Iterator[Technician]:
    welding = (Certificate(name="welding"),)
    first = (Shift(day=DAY),)
    yield Technician(
        technician_id="T1",
        name="王强",
        branch_id="B1",
        skills={"installation/aircon": 4},
        certificates=welding,
        kits=("installer",),
        shifts=first,
    )
    yield Technician(
        technician_id="T2",
        name="李华",
        branch_id="B1",
        skills={"installation/aircon": 1, "survey": 2},
        kits=("installer",),
        shifts=first,
    )
    yield Technician(
        technician_id="T3",
        name="周敏",
        branch_id="B1",
        skills={"repair": 3, "survey": 3},
        kits=("repairer",),
        shifts=first,
    )
    yield Technician(
        technician_id="T4",
        name="赵磊",
        branch_id="B1",
        skills={"maintenance": 3},
        kits=("repairer",),
        shifts=tuple(Shift(day=day, rest="none") for day in DAYS),
    )


def _jobs() -> Iterator[Job]:
    hotel = Customer(customer_id="C1", name="江畔酒店", phone="555-0102")
    yield Job(
        job_id="J1",
        type="survey",
        customer=hotel,
        place=_place(6, "湘江路 20 号"),
        fault="预埋铜管",
        duration_min=60,
        setup_min=0,
    )
    yield Job(
        job_id="J2",
        type="installation",
        product="aircon",
        customer=hotel,
        place=_place(6, "湘江路 20 号"),
        fault="吊装外机",
        duration_min=120,
        setup_min=0,
        windows=(Window(start=at("10:00"), end=at("11:00")),),
        seats=2,
        mates=(Seat(),),
        shared_tools=("hoist",),
        after=(After(job_id="J1", min_gap_min=20),),
        parts={},
    )
    yield Job(
        job_id="J3",
        type="repair",
        customer=Customer(customer_id="C3", name="刘女士", phone="555-0103"),
        place=_place(9, "五一大道 389 号"),
        fault="室外机异响",
        duration_min=60,
        setup_min=0,
        shared_tools=("hoist",),
    )
    yield Job(
        job_id="J4",
        type="maintenance",
        customer=Customer(customer_id="C4", name="东站大楼"),
        place=_place(12, "香樟路 8 号"),
        fault="全楼清洗",
        duration_min=1200,
        setup_min=0,
    )
    yield Job(
        job_id="J5",
        type="survey",
        place=_place(3, "韶山路 12 号"),
        duration_min=60,
        setup_min=0,
        shared_tools=("nitrogen bottle",),
    )
    yield Job(
        job_id="J6",
        type="installation",
        product="aircon",
        place=_place(4, "劳动路 5 号"),
        duration_min=60,
        setup_min=0,
        seats=3,
    )


def answer(of: Scenario | None = None) -> Plan:
    """Return the plan: nothing in it breaks a rule."""
    asked = of or question()
    shifts = tuple(_shifts())
    tools = tuple(_tools())
    legs = _driven(shifts, tools)
    return Plan(
        scenario=asked.name,
        scenario_sha256=scenario_sha256(asked),
        horizon=asked.horizon,
        time_zone=asked.time_zone,
        preset=asked.policy.preset,
        shifts=shifts,
        tools=tools,
        unserved=("J6",),
        travel=TravelSnapshot(source="great circle", legs=legs, sha256=travel_sha256("great circle", legs)),
        provenance=Provenance(engine="hand", seed=0, iterations=0, ended_by="finished"),
    )


def document(of: Scenario | None = None) -> PlanDocument:
    """Return the plan with its assessment."""
    asked = of or question()
    made = answer(asked)
    return PlanDocument(plan=made, assessment=assess(asked, made))


def book(language: Language = "en") -> PlanBook:
    """Return the plan with everything behind its ids."""
    asked = question()
    return PlanBook(asked, document(asked), language)


def _shifts() -> Iterator[ShiftPlan]:
    lunch = Rest(kind="break", start=at("12:30"), end=at("13:10"))
    crew = stop("J2", at("10:30"), at("12:30"))
    yield _shift("T1", [crew], leg("job:J2", "branch:B1", at("13:20")), [lunch])
    bottle = stop("J5", at("13:15"), at("14:15"), travel_s=300, from_place="job:J2")
    mate = crew.model_copy(update={"seat": 1})
    yield _shift("T2", [mate, bottle], leg("job:J5", "branch:B1", at("14:20"), travel_s=300), [lunch])
    pipes = stop("J1", at("09:10"), at("10:10"))
    waits = stop("J3", at("12:50"), at("13:50"), arrival=at("10:15"), travel_s=300, from_place="job:J1")
    rest = Rest(kind="break", start=at("12:00"), end=at("12:40"))
    yield _shift("T3", [pipes, waits], leg("job:J3", "branch:B1", at("14:05"), travel_s=900), [rest])
    for part, day in enumerate(DAYS):
        whole = stop("J4", at("09:20", day), at("16:00", day), travel_s=1200)
        home = leg("job:J4", "branch:B1", at("16:20", day), travel_s=1200)
        yield _shift("T4", [whole.model_copy(update={"part": part})], home, [])


def _shift(who: str, stops: Sequence[Stop], home: Leg, rests: Sequence[Rest]) -> ShiftPlan:
    return ShiftPlan(
        technician_id=who,
        day=stops[0].start.date(),
        means="car",
        departure=stops[0].leg.departure,
        stops=tuple(stops),
        rests=tuple(rests),
        last_leg=home,
    )


def _tools() -> Iterator[ToolPlan]:
    first = _tool_stop("J2", leg("branch:B1", "job:J2", at("10:30")), at("12:30"))
    then = _tool_stop("J3", leg("job:J2", "job:J3", at("12:50"), travel_s=300), at("13:50"))
    yield _tool("hoist", [first, then], leg("job:J3", "branch:B1", at("14:20"), travel_s=900))
    bottle = _tool_stop("J5", leg("branch:B1", "job:J5", at("13:15"), travel_s=300), at("14:15"))
    yield _tool("nitrogen bottle", [bottle], leg("job:J5", "branch:B1", at("14:35"), travel_s=300))


def _tool_stop(job_id: str, way: Leg, end: datetime) -> ToolStop:
    return ToolStop(job_id=job_id, leg=way, start=way.arrival, end=end + HANDOVER)


def _tool(tool: str, stops: Sequence[ToolStop], back: Leg) -> ToolPlan:
    return ToolPlan(
        branch_id="B1",
        tool=tool,
        piece=1,
        day=DAY,
        means="car",
        stops=tuple(stops),
        last_leg=back,
    )


def _driven(shifts: Sequence[ShiftPlan], tools: Sequence[ToolPlan]) -> tuple[TravelLeg, ...]:
    ways = {
        (one.from_place, one.to_place): one
        for one in (
            *(stop.leg for shift in shifts for stop in shift.stops),
            *(stop.leg for tool in tools for stop in tool.stops),
            *(route.last_leg for route in shifts),
            *(route.last_leg for route in tools),
        )
    }
    return tuple(
        TravelLeg(
            from_place=one.from_place,
            to_place=one.to_place,
            means="car",
            base_s=one.travel_s,
            distance_m=one.distance_m,
        )
        for _, one in sorted(ways.items())
    )
