from optimizer.domain.line_facts import line_facts
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, Travel
from optimizer.domain.validation import validate_scenario
from tests.unit.far_day import LOCAL, far_day, line, station
from tests.unit.rules.build import technician


def issues(of: Scenario) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in line_facts(of)]


def with_travel(travel: Travel) -> Scenario:
    return far_day().model_copy(update={"travel": travel})


def test_sound_lines_have_no_issue() -> None:
    assert validate_scenario(far_day()) == ()
    assert validate_scenario(far_day([])) == ()


def test_every_mistake_of_a_line_is_named() -> None:
    odd = line(
        "G2",
        stations=(
            station("South", 5),  # 1 km from the South of G1
            station("Middle", 150, minutes=50, fare_cents=500),
            station("North", 296, minutes=50, fare_cents=400),
            station("Middle", 150, minutes=60, fare_cents=400),
        ),
    )
    of = far_day([line(), odd, line(stations=(station("South", 4),))])
    assert issues(of) == [
        ("duplicate-station", "travel.lines[1].stations[3].name"),
        ("unordered", "travel.lines[1].stations[2].minutes"),
        ("unordered", "travel.lines[1].stations[2].fare_cents"),
        ("two-places", "travel.lines[1].stations[0].place"),
        ("duplicate-line", "travel.lines[2].name"),
        ("too-few-stations", "travel.lines[2].stations"),
    ]
    assert set(issues(of)) <= {(one.code, one.path) for one in validate_scenario(of)}


def test_lines_that_nobody_uses() -> None:
    of = far_day().model_copy(update={"technicians": (technician(),)})
    assert issues(of) == [("unused-lines", "travel.lines")]
    given = Matrix(places=(), seconds=(), metres=())
    travel = Travel(lines=(line(),), matrices={"long_distance": given})
    assert issues(with_travel(travel)) == [("unused-lines", "travel.lines")]


def test_lines_for_somebody_who_may_take_them_instead_of_the_car() -> None:
    driver = technician(means="car", other_means=("long_distance",))
    assert issues(far_day().model_copy(update={"technicians": (driver,)})) == []


def test_speeds_that_lines_need_and_speeds_that_nobody_uses() -> None:
    nowhere = with_travel(Travel(profiles={}, lines=(line(),)))
    assert [(one.code, one.path) for one in validate_scenario(nowhere)] == [
        ("no-travel-times", "technicians[0].means"),
        ("no-travel-times", "travel.lines"),
    ]
    unused = with_travel(
        Travel(profiles={"public_transport": LOCAL, "long_distance": LOCAL}, lines=(line(),))
    )
    assert issues(unused) == [("unused-profile", "travel.profiles.long_distance")]


def test_more_stations_than_are_looked_at() -> None:
    lines = [
        line(f"G{number}", stations=tuple(station(f"{number}/{x}", x, x) for x in range(151)))
        for number in range(2)
    ]
    assert issues(far_day(lines)) == [("too-many-stations", "travel.lines")]
