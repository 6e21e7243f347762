"""TRAVEL."""

from optimizer.compile import compile_scenario
from optimizer.domain.policy import Policy
from optimizer.rules.travel import RULE, TravelParams
from tests.unit.far_day import FAR_LEG_M, FAR_LEG_S, FARE_CENTS, far_day, far_document
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
    assert draft.travel == {
        "car": (80, 3000),
        "motorcycle": (30, 3000),
        "public_transport": (20, 3000),
        "long_distance": (20, 3000),
    }


def test_solve_honours_it() -> None:
    near, far = technician(), technician(technician_id="T2", branch_id="B2")
    # T1 starts 0 km, T2 20 km north of the branch
    of = near_and_far(near, far, [job(place=north(2)), job(job_id="J2", place=north(18))])
    made = solved(of)
    assert who_does(made) == {"J1": "T1", "J2": "T2"}
    # each drives 2 km there and back: 4 × 2 × 80 = 640; 4 × 200 s × 3,000 / 3,600 = 4 × 167
    assert sum(line.cents for line in RULE.bill(of, PARAMS, made)) == 640 + 668


def test_a_day_by_train_pays_fares_and_local_kilometres() -> None:
    of = far_day()
    made = far_document(of)
    km, hours, fares = RULE.bill(of, PARAMS, made.plan)
    # 8 km of local ways there and back × 20; 8,300 s × 3,000 / 3,600 = 6,916.67 → 6,917 each; 120 yuan each
    assert (FAR_LEG_M, FAR_LEG_S, FARE_CENTS) == (8_000, 8_300, 12_000)
    assert (km.quantity, km.cents) == (16, 320)
    assert (hours.quantity, hours.cents) == (16_600 / 3600, 13_834)
    assert (fares.quantity, fares.unit, fares.cents, fares.kind) == (2, "rides", 24_000, "outlay")
    assert fares.sentence == "T1 on 2026-07-15 pays the fares of G1, G1: ¥240.00."
    # the search's value is the bill: a fare that the search did not know would be missing here
    compiled = compile_scenario(of)
    there, back = compiled.problem.travel[0, 0, 1, 1], compiled.problem.travel[0, 1, 0, 1]
    assert there + back == km.cents + hours.cents + fares.cents


def test_nobody_pays_fares_without_the_rule() -> None:
    of = far_day()
    off = of.model_copy(update={"policy": Policy(rules={"TRAVEL": {"active": False}})})
    assert int(compile_scenario(off).problem.travel[0, 0, 1, 1]) == 0
