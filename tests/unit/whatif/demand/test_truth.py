from datetime import datetime, timedelta
from math import exp, log
from statistics import mean, median, stdev
from zoneinfo import ZoneInfo

import pytest

from optimizer.domain.demand_chances import Absences, Durations, Failures, RealDuration, TravelChances
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.job import Job
from optimizer.domain.policy import Policy
from optimizer.domain.technician import Level
from optimizer.whatif.demand.absence import LATEST_MIN, illness, late_start, sick
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.real_travel import travel_factor
from optimizer.whatif.demand.truth import Outcome, Truth, duration_s, outcome, truth_of
from tests.unit.whatif.demand.town import MODEL, MONDAY, TOWN

REPAIR, _, INSTALLATION, _ = TOWN.jobs
NOW = datetime(2026, 7, 13, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
LEVELS: tuple[Level, ...] = (1, 2, 3, 4, 5)
MANY = 4_000


def truths(model: DemandModel, job: Job, visit: int = 1) -> list[Truth]:
    return [
        truth_of(model, Policy(), Chain(3, number), job, since=NOW, visit=visit) for number in range(MANY)
    ]


def test_without_chance_everything_is_as_planned() -> None:
    model = MODEL.certain()
    for number in range(200):
        chain, day = Chain(3, number), MONDAY + timedelta(days=number)
        for job in TOWN.jobs:
            for visit in (1, 2):
                truth = truth_of(model, Policy(), chain, job, since=NOW, visit=visit)
                assert truth.cancelled_at is None
                for level in LEVELS:
                    assert duration_s(model, 3_540, truth, level) == 3_540
                    assert outcome(model, truth, level) == "done"
        assert travel_factor(model, chain, day, "branch:B1", "job:R1") == 1.0
        assert not sick(model, chain, "T1", day)
        assert late_start(model, chain, "T1", day) == 0
    assert model.sources == MODEL.sources  # the demand stays


def test_durations_are_log_normal_around_the_planned_time() -> None:
    model = DemandModel(
        durations=Durations(
            by_type={"repair": RealDuration(median=1.2, spread=0.4)}, by_level=(1.5, 1.0, 1.0, 1.0, 0.9)
        )
    )
    logs = [log(duration_s(model, 36_000, truth, 3) / 36_000) for truth in truths(model, REPAIR)]
    # The mean of 4,000 strays by 0.4 ÷ √4000 = 0.0063, their deviation by 0.4 ÷ √8000 = 0.0045.
    assert mean(logs) == pytest.approx(log(1.2), abs=4.5 * 0.0063)
    assert stdev(logs) == pytest.approx(0.4, abs=4.5 * 0.0045)
    one = truths(model, REPAIR)[0]
    assert [duration_s(model, 1_000_000, one, level) for level in LEVELS] == [
        round(1_000_000 * factor * one.duration_factor) for factor in (1.5, 1, 1, 1, 0.9)
    ]
    usual = [truth.duration_factor for truth in truths(model, INSTALLATION)]
    assert median(usual) == pytest.approx(1, abs=4.5 * 1.25 * 0.3 / MANY**0.5)


def test_durations_can_be_exponential_with_the_same_median() -> None:
    model = DemandModel(durations=Durations(usual=RealDuration(median=1.2, shape="exponential")))
    factors = sorted(truth.duration_factor for truth in truths(model, REPAIR))
    long = 1.2 / log(2)  # the mean, 1.44 medians; of an exponential time the deviation is as much
    assert mean(factors) == pytest.approx(long, abs=4.5 * long / MANY**0.5)
    assert stdev(factors) == pytest.approx(long, rel=4.5 * 1.42 / MANY**0.5)
    # Half of all are below the median, three quarters below twice of it, seven of eight below three times.
    for times, share in ((1, 1 / 2), (2, 3 / 4), (3, 7 / 8)):
        below = sum(one < times * 1.2 for one in factors) / MANY
        assert below == pytest.approx(share, abs=4.5 * (share * (1 - share) / MANY) ** 0.5)
    assert "shape" in model.durations.usual.model_dump()
    assert "shape" not in RealDuration().model_dump()  # older studies keep their samples


def test_visits_end_as_often_as_the_shares_say() -> None:
    model = DemandModel(
        failures=Failures(
            cancelled=0.1,
            no_access=0.2,
            site_not_ready=0.25,
            part_missing=(0.5, 0.4, 0.3, 0.2, 0.1),
            not_fixed=(0.4, 0.3, 0.2, 0.1, 0.0),
        )
    )
    drawn = truths(model, INSTALLATION)
    cancelled = [truth.cancelled_at for truth in drawn if truth.cancelled_at is not None]
    assert len(cancelled) / MANY == pytest.approx(0.1, abs=0.022)
    assert all(NOW <= at < NOW + timedelta(hours=24) for at in cancelled)
    ends = [outcome(model, truth, 3) for truth in drawn]
    # One after the other: 0.2; 0.8 × 0.25; 0.6 × 0.3; 0.42 × 0.2; the rest. Each strays by at most 0.5 ÷ √4000 = 0.008.
    shares: dict[Outcome, float] = {
        "no_access": 0.2,
        "site_not_ready": 0.2,
        "part_missing": 0.18,
        "not_fixed": 0.084,
        "done": 0.336,
    }
    for end, share in shares.items():
        assert ends.count(end) / MANY == pytest.approx(share, abs=0.036), end
    for truth in drawn:  # whoever is better fails at nothing that the others mend
        done = [outcome(model, truth, level) == "done" for level in LEVELS]
        assert done == sorted(done)


def test_only_the_first_visit_is_cancelled_or_finds_the_site_not_ready() -> None:
    model = DemandModel(failures=Failures(cancelled=1, site_not_ready=1, no_access=0.5))
    first, second = truths(model, INSTALLATION), truths(model, INSTALLATION, visit=2)
    assert all(truth.cancelled_at is not None and truth.site_not_ready for truth in first)
    assert not any(truth.cancelled_at is not None or truth.site_not_ready for truth in second)
    # What happens at the second visit is drawn anew: half of all pairs agree.
    agree = sum(one.no_access == other.no_access for one, other in zip(first, second, strict=True))
    assert agree / MANY == pytest.approx(0.5, abs=0.036)
    assert not any(truth.site_not_ready for truth in truths(model, REPAIR))


def test_travel_varies_by_day_and_by_leg() -> None:
    model = DemandModel(travel=TravelChances(median=1.1, day_spread=0.3, leg_spread=0.2))
    by_day = [
        [
            log(travel_factor(model, Chain(5, 0), MONDAY + timedelta(days=day), "branch:B1", f"job:J{leg}"))
            for leg in range(40)
        ]
        for day in range(300)
    ]
    means = [mean(day) for day in by_day]
    # Day means stray by √(0.3² + 0.2² ÷ 40) = 0.302, their mean by 0.302 ÷ √300 = 0.0174.
    assert mean(means) == pytest.approx(log(1.1), abs=4.5 * 0.0174)
    assert stdev(means) == pytest.approx(0.302, rel=0.2)
    assert mean(stdev(day) for day in by_day) == pytest.approx(0.2, rel=0.05)
    there = travel_factor(model, Chain(5, 0), MONDAY, "branch:B1", "job:J1")
    assert there == pytest.approx(exp(by_day[0][1]))
    assert there != travel_factor(model, Chain(5, 0), MONDAY, "job:J1", "branch:B1")


@pytest.mark.parametrize(("share", "days"), [(0.03, 1.0), (0.1, 3.0), (0.5, 6.0), (0.06, 30.0)])
def test_the_share_of_ill_people_is_the_models(share: float, days: float) -> None:
    model = DemandModel(absences=Absences(sick=share, sick_days=days))
    people, span = 150, 60
    ill = sum(
        sick(model, Chain(9, 0), f"T{who}", MONDAY + timedelta(days=day))
        for who in range(people)
        for day in range(span)
    )
    # Days of one person are alike as long as an illness lasts: about people × span ÷ (2 × days) are independent.
    independent = people * span / (2 * days)
    assert ill / people / span == pytest.approx(share, abs=4.5 * (share * (1 - share) / independent) ** 0.5)


def test_an_illness_is_the_same_on_all_its_days() -> None:
    model = DemandModel(absences=Absences(sick=0.1, sick_days=4))
    lengths = []
    for who in range(300):
        found = illness(model, Chain(9, 0), f"T{who}", MONDAY)
        if found is None:
            continue
        assert found.covers(MONDAY)
        for ahead in range((found.last_day - MONDAY).days + 1):
            assert sick(model, Chain(9, 0), f"T{who}", MONDAY + timedelta(days=ahead))
        lengths.append((found.last_day - found.first_day).days + 1)
    assert mean(lengths) > 4  # a day meets long illnesses more often than short ones


def test_who_is_late_is_late_by_minutes() -> None:
    model = DemandModel(absences=Absences(late=0.5, late_min=30))
    minutes = [late_start(model, Chain(9, number), "T1", MONDAY) for number in range(MANY)]
    late = [each for each in minutes if each]
    assert len(late) / MANY == pytest.approx(0.5, abs=0.036)
    assert mean(late) == pytest.approx(30.5, abs=4.5 * 30 / 2000**0.5)  # rounded up
    assert max(late) <= LATEST_MIN
    everybody = DemandModel(absences=Absences(sick=1.0, sick_days=1))
    assert all(sick(everybody, Chain(9, number), "T1", MONDAY) for number in range(200))
