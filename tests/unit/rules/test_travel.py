"""TRAVEL."""

from optimizer.rules.travel import RULE, TravelParams
from tests.unit.rules.build import (
    DAY,
    at,
    job,
    leg,
    near_and_far,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = TravelParams()


def test_bill_by_kilometre_and_hour() -> None:
    of = scenario()
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))])])
    km, hours = RULE.bill(of, PARAMS, made)
    # 6 km there and 6 km back × 80; 600 s there and back: 2 × 500
    assert (km.code, km.kind, km.quantity, km.unit, km.cents) == ("TRAVEL", "outlay", 12, "km", 960)
    assert (hours.quantity, hours.unit, hours.cents) == (1200 / 3600, "h", 1000)
    assert (km.technician_id, km.day, km.job_id) == ("T1", DAY, None)
    assert km.sentence == "T1 on 2026-07-15 drives 12.0 km: ¥9.60."
    assert hours.sentence == "T1 on 2026-07-15 drives 20 min: ¥10.00."


def test_every_leg_is_rounded_half_up() -> None:
    of = scenario()
    # 1 cent a km: 499 m → 0, 500 m → 1; 1 cent an hour: 1799 s → 0, 1800 s → 1
    short = stop("J1", at("10:00"), at("11:00"), travel_s=1799, distance_m=499)
    home = leg("job:J1", "branch:B1", at("11:30"), travel_s=1800, distance_m=500)
    params = TravelParams(car_cents_per_km=1, car_cents_per_hour=1)
    lines = RULE.bill(of, params, plan(of, [shift_plan([short], last_leg=home)]))
    assert [line.cents for line in lines] == [1, 1]


def test_each_means_has_its_own_rates() -> None:
    of = scenario()
    bus = shift_plan([stop("J1", at("09:10"), at("10:10"))]).model_copy(update={"means": "public_transport"})
    lines = RULE.bill(of, TravelParams(public_transport_cents_per_hour=0), plan(of, [bus]))
    assert [line.cents for line in lines] == [240, 0]  # 12 km × 20


def test_no_drives_no_lines() -> None:
    of = scenario(jobs=[job(place=north(0))])
    home = leg("job:J1", "branch:B1", at("10:00"), travel_s=0)
    made = plan(of, [shift_plan([stop("J1", at("09:00"), at("10:00"), travel_s=0)], last_leg=home)])
    assert list(RULE.bill(of, PARAMS, made)) == []


def test_compile_prices_every_means() -> None:
    draft = Recording(scenario())
    RULE.compile(scenario(), PARAMS, draft)
    assert draft.travel == {"car": (80, 3000), "motorcycle": (30, 3000), "public_transport": (20, 3000)}


def test_solve_honours_it() -> None:
    near, far = technician(), technician(technician_id="T2", branch_id="B2")
    # T1 starts 0 km, T2 20 km north of the branch
    of = near_and_far(near, far, [job(place=north(2)), job(job_id="J2", place=north(18))])
    made = solved(of)
    assert who_does(made) == {"J1": "T1", "J2": "T2"}
    # each drives 2 km there and back: 4 × 2 × 80 = 640; 4 × 200 s × 3,000 / 3,600 = 4 × 167
    assert sum(line.cents for line in RULE.bill(of, PARAMS, made)) == 640 + 668
