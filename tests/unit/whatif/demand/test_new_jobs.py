from collections import Counter
from datetime import date, time, timedelta

import pytest

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.demand_chances import Absences, Appointments, Durations, RealDuration, WindowShape
from optimizer.domain.demand_model import DemandFactor, DemandModel, DemandSource, ProductMix
from optimizer.domain.policy import Desk
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.scenario import HolidayCalendar
from optimizer.domain.time import Horizon
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput
from optimizer.generate import generate_scenario
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.new_jobs import DrawnJob, new_jobs
from tests.unit.whatif.demand.town import HERE, JOBS, MODEL, MONDAY, TOWN


def drawn(model: DemandModel = MODEL, chains: int = 20) -> list[DrawnJob]:
    return [one for number in range(chains) for one in new_jobs(model, TOWN, Chain(1, number), MONDAY)]


def test_new_jobs_make_a_sound_scenario() -> None:
    days = [MONDAY + timedelta(days=ahead) for ahead in range(5)]
    jobs = [one.job for day in days for one in new_jobs(MODEL, TOWN, Chain(1, 0), day)]
    assert len(jobs) > 80
    whole = TOWN.model_copy(
        update={"jobs": (*TOWN.jobs, *jobs), "horizon": Horizon(first_day=MONDAY, days=14)}
    )
    assert validate_scenario(whole) == ()
    assert type(whole).model_validate(whole.model_dump()) == whole
    assert len({job.customer.customer_id for job in jobs if job.customer is not None}) == len(jobs)


def test_jobs_are_like_the_scenarios_own() -> None:
    repair, _, installation, _ = JOBS
    for one in drawn():
        job = one.job
        if job.type == "installation":
            assert job.units == installation.units
            assert job.site.working_height_m == 9
            assert job.site.power_supply_fit  # what the site lacks is not known beforehand
            assert job.intake_at is None  # as with the one it is like
        if job.type == "repair":
            assert (job.priority, job.parts) in (("vip", repair.parts), ("normal", {}))
            assert job.customer is not None
            assert job.customer.key_customer == (job.priority == "vip")
        if job.type == "complaint":
            assert (job.complaint, job.priority) in (("strong", "emergency"), ("complaint", "normal"))
    strong = [one.job.complaint == "strong" for one in drawn(chains=200) if one.job.type == "complaint"]
    # About 500 complaints: √(0.25 × 0.75 ÷ 500) = 0.019.
    assert sum(strong) / len(strong) == pytest.approx(0.25, abs=0.09)


def test_clocks_run_for_who_lets_somebody_come_in_time() -> None:
    repairs = [one for one in drawn() if one.job.type == "repair" and one.job.parts]
    clocked = [one for one in repairs if one.job.intake_at is not None]
    assert 0 < len(clocked) < len(repairs)
    for one in clocked:
        assert one.job.intake_at == one.reported_at
        assert one.job.dispatched_at is not None
        assert time(9) <= one.job.dispatched_at.time() <= time(18)  # the desk's hours
        assert one.job.dispatched_at - one.reported_at >= timedelta(minutes=15)
    for one in repairs:
        latest = one.reported_at + timedelta(hours=23)
        chose_later = any(window.start > latest for window in one.job.windows)
        assert (one.job.intake_at is None) == chose_later
    agreed = {one.job.job_id for one in clocked if one.job.delay_agreed}
    assert agreed == {
        one.job.job_id
        for one in clocked
        if one.job.dispatched_at is not None
        and any(window.end > one.job.dispatched_at + timedelta(hours=24) for window in one.job.windows)
    }
    assert 0 < len(agreed) < len(clocked)


def test_windows_are_those_on_offer_and_not_over_yet() -> None:
    jobs = drawn(chains=60)
    windows = [(one.reported_at, one.job.windows[0]) for one in jobs if one.job.windows]
    # About 1,500 jobs: √(0.8 × 0.2 ÷ 1500) = 0.01.
    assert len(windows) / len(jobs) == pytest.approx(0.8, abs=0.047)
    for reported_at, window in windows:
        assert (window.start.time(), window.end.time()) in ((time(9), time(11)), (time(13), time(17, 30)))
        assert window.end >= reported_at + timedelta(minutes=120)
    ahead = Counter((window.start.date() - MONDAY).days for _, window in windows)
    assert set(ahead) == {0, 1, 2}
    later = [window for _, window in windows if window.start.date() > MONDAY + timedelta(days=1)]
    afternoons = sum(window.start.time() == time(13) for window in later)
    # Two of three: some 200 windows stray by √(2 ÷ 9 ÷ 200) = 0.033.
    assert afternoons / len(later) == pytest.approx(2 / 3, abs=0.15)


def test_windows_lie_on_worked_days() -> None:
    calendar = HolidayCalendar(free_weekdays=(2, 6, 7))
    town = TOWN.model_copy(update={"calendar": calendar})
    days = {
        window.start.date()
        for number in range(20)
        for one in new_jobs(MODEL, town, Chain(1, number), MONDAY)
        for window in one.job.windows
    }
    assert days == {date(2026, 7, 13), date(2026, 7, 15), date(2026, 7, 16)}
    assert all(day in WorkingDays(calendar) for day in days)


@pytest.mark.parametrize(
    ("percent", "spans"),
    [
        (50, {(time(9, 30), time(10, 30)), (time(14, 7, 30), time(16, 22, 30))}),
        (
            150,
            {(time(9), time(11, 30)), (time(11, 52, 30), time(17, 30))},
        ),  # not before nine, not after half past five
    ],
)
def test_longer_windows_keep_their_middle(percent: int, spans: set[tuple[time, time]]) -> None:
    longer = MODEL.appointments.model_copy(update={"length_percent": percent})
    jobs = drawn(MODEL.model_copy(update={"appointments": longer}))
    found = {(one.start.time(), one.end.time()) for each in jobs for one in each.job.windows}
    assert found == spans


def test_a_long_lead_moves_windows_to_later_days() -> None:
    night = Appointments(
        share=1, shapes=(WindowShape(start=time(0, 10), end=time(0, 20)),), lead_min=1440, days_ahead=(1,)
    )
    jobs = drawn(MODEL.model_copy(update={"appointments": night}), chains=5)
    assert all(one.job.windows[0].start.date() > MONDAY for one in jobs)


def test_customers_live_near_those_of_their_area() -> None:
    west = next(job.place for job in JOBS if job.area == "West")
    distances = []
    for one in drawn():
        centre = west if one.job.area == "West" else HERE
        distances.append(great_circle_m(centre, one.job.place))
    # The root of the mean square of two normal distances of 300 m is 424 m.
    assert (sum(each**2 for each in distances) / len(distances)) ** 0.5 == pytest.approx(424, rel=0.15)
    for one in drawn(MODEL.model_copy(update={"place_spread_m": 0.0}), chains=3):
        assert one.job.place in (HERE, west)


def test_ids_never_clash_with_the_scenarios_own() -> None:
    ids = [one.job.job_id for one in new_jobs(MODEL, TOWN, Chain(1, 0), MONDAY)]
    assert all(job_id.startswith("D260713-") for job_id in ids)
    taken = TOWN.model_copy(update={"jobs": (*JOBS, JOBS[1].model_copy(update={"job_id": ids[0]}))})
    assert all(one.job.job_id.startswith("DD260713-") for one in new_jobs(MODEL, taken, Chain(1, 0), MONDAY))


def test_more_demand_leaves_every_customer_as_it_was() -> None:
    more = MODEL.model_copy(update={"demand": (DemandFactor(factor=1.5),)})
    usual = {one.job.job_id: one for one in new_jobs(MODEL, TOWN, Chain(1, 0), MONDAY)}
    with_more = {one.job.job_id: one for one in new_jobs(more, TOWN, Chain(1, 0), MONDAY)}
    assert len(with_more) > len(usual) > 0
    assert {job_id: with_more[job_id] for job_id in usual} == usual


def test_other_staff_and_branches_see_the_same_jobs() -> None:
    usual = new_jobs(MODEL, TOWN, Chain(1, 0), MONDAY)
    other = generate_scenario(technicians=30, jobs=0, seed=1)
    staffed = TOWN.model_copy(update={"technicians": other.technicians, "branches": other.branches})
    assert new_jobs(MODEL, staffed, Chain(1, 0), MONDAY) == usual


def test_staff_illness_and_other_windows_do_not_move_anything_else() -> None:
    one = {each.job.job_id: each for each in new_jobs(MODEL, TOWN, Chain(1, 0), MONDAY)}
    changed = MODEL.model_copy(
        update={
            "absences": Absences(sick=0.4),
            "appointments": MODEL.appointments.model_copy(update={"share": 0.1}),
        }
    )
    other = {each.job.job_id: each for each in new_jobs(changed, TOWN, Chain(1, 0), MONDAY)}
    assert {key: each.truth for key, each in one.items()} == {key: each.truth for key, each in other.items()}
    assert {key: each.job.place for key, each in one.items()} == {
        key: each.job.place for key, each in other.items()
    }


def test_priorities_are_drawn_where_given() -> None:
    model = MODEL.model_copy(update={"priorities": {"normal": 3.0, "contract": 1.0}})
    found = Counter(one.job.priority for one in drawn(model, chains=60) if one.job.type != "complaint")
    assert set(found) == {"normal", "contract"}
    assert found["normal"] / found["contract"] == pytest.approx(3, rel=0.25)


def test_a_type_the_scenario_only_has_in_its_table_is_drawn_plain() -> None:
    model = DemandModel(
        sources=(DemandSource(area="East", product="aircon", units=10_000, failures_per_day=0.001),),
        mixes=(ProductMix(product="aircon", types={"maintenance": 1}),),
    )
    for one in drawn(model, chains=3):
        assert (one.job.type, one.job.priority, one.job.intake_at) == ("maintenance", "normal", None)


def test_every_unknown_name_is_told() -> None:
    model = DemandModel(
        sources=(
            DemandSource(area="Est", product="aircon", units=10, failures_per_day=0.1),
            DemandSource(product="aircon", units=10, failures_per_day=0.1),
        ),
        mixes=(ProductMix(product="aircon", types={"repairs": 1, "survey": 1}),),
        months={"repair": (1.0,) * 12, "winter": (1.0,) * 12},
        durations=Durations(by_type={"installations": RealDuration()}),
        demand=(DemandFactor(factor=2, area="Wst"), DemandFactor(factor=2, product="Aircon", type="repair")),
    )
    with pytest.raises(InvalidInput) as caught:
        new_jobs(model, TOWN, Chain(1, 0), MONDAY)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [
        ("unknown-area", "sources[0].area"),
        ("unknown-area", "sources[1].area"),
        ("unknown-type", "mixes[0].types.repairs"),
        ("unknown-type", "months.winter"),
        ("unknown-type", "durations.by_type.installations"),
        ("unknown-area", "demand[0].area"),
        ("unknown-product", "demand[1].product"),
    ]
    assert caught.value.issues[0].action == "Did you mean 'East'?"


def test_the_desk_writes_orders_in_its_hours() -> None:
    late_desk = TOWN.model_copy(
        update={"policy": TOWN.policy.model_copy(update={"desk": Desk(opens=time(10), closes=time(16))})}
    )
    orders = [
        one.job.dispatched_at
        for one in new_jobs(MODEL, late_desk, Chain(1, 0), MONDAY)
        if one.job.dispatched_at is not None
    ]
    assert orders
    assert all(time(10) <= at.time() <= time(16) for at in orders)
