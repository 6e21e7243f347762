"""The checker of tied answers finds each thing that can be broken, by itself."""

from optimizer.build import Link, ProblemBuilder
from optimizer.problem import A_TOOL, ANOTHER, APART, BEFORE, SAME, Routes
from tests.oracle.tied import _timed, violations
from tests.oracle.tiny import HOUR, MINUTE, on_a_line


def say(builder: ProblemBuilder) -> None:
    """Say one of each tie: a crew for rows 0 and 5, a tool for 6, a job in parts 1 and 7, chains and pairs."""
    ties = builder.ties
    ties.crew(0, [5, 6])
    ties.cover(0, [0])
    ties.parts([1, 7])
    ties.link(Link(1, 7, BEFORE))
    ties.stand_together([1], 4)
    ties.stand_together([3], A_TOOL)
    ties.link(Link(2, 3, BEFORE, least_s=10 * MINUTE, most_s=HOUR))
    ties.link(Link(3, 4, APART))
    ties.link(Link(2, 4, who=SAME))
    ties.link(Link(3, 1, who=ANOTHER))
    builder.forbid("TOOL", [0, 1, 2, 3, 4, 5, 7], [3])
    builder.forbid("TOOL", [6], [0, 1, 2])


PROBLEM = on_a_line([5, 5, 5, 5, 5, 5, 5, 5], 4, say)


def broken(stops: tuple[tuple[int, ...], ...], **minutes: int) -> list[str]:
    """Return what is broken in an answer, agreed starts in minutes by row (``r0=5``)."""
    agreed = tuple((int(row[1:]), MINUTE * at) for row, at in minutes.items())
    served = {row for route in stops for row in route}
    first = tuple(row for row in range(5) if row not in served)
    routes = Routes(stops, first, agreed)
    return list(violations(PROBLEM, routes, _timed(PROBLEM, routes)[0]))


def test_a_sound_answer_is_not_complained_of() -> None:
    assert broken(((0, 2, 4), (1, 7), (5, 3), (6,)), r0=5, r1=5, r2=15, r3=35, r4=45, r7=20) == []


def test_crews() -> None:
    assert broken(((0,), (), (), ()), r0=5) == [
        "crew 0 is not complete",
        "job 0 is served in part",
        "job 0 is served in part",
    ]
    assert broken(((5,), (), (0,), (6,)), r0=5) == []
    assert broken(((), (5,), (0,), (6,)), r0=5) == [
        "crew 0 is of several standing crews",
        "crew 0 lacks something",
    ]
    assert broken(((0,), (5,), (), (6,)), r0=5) == ["crew 0 is of several standing crews"]


def test_a_crew_starts_together() -> None:
    found = broken(((0,), (), (5,), (6,)))
    assert found == ["agreed are ()"]
    # With nothing agreed everybody starts on arriving: all at five minutes here; one comes later by way of job 2.
    assert "crew 0 does not start together" in broken(((2, 0), (), (5,), (6,)), r2=5)


def test_parts_are_served_together() -> None:
    assert broken(((1,), (), (), ()), r1=5) == ["job 1 is served in part", "job 1 is served in part"]


def test_links() -> None:
    assert broken(((), (), (3,), ()), r3=5) == ["3 is served without 2"]
    assert broken(((2,), (), (3,), ()), r2=5, r3=20) == ["3 starts 300 s after 2"]
    assert broken(((2,), (), (3,), ()), r2=5, r3=90) == ["3 starts 4500 s after 2"]
    assert broken(((2, 4), (), (3,), ()), r2=5, r3=30, r4=25) == ["3 and 4 are under way at the same time"]
    assert broken(((2,), (4,), (), ()), r2=5, r4=5) == ["2 and 4 are served by the wrong people"]
    assert broken(((2,), (), (1, 3, 7), ()), r1=5, r2=5, r3=30, r7=45) == [
        "3 and 1 are served by the wrong people"
    ]


def test_what_is_forbidden() -> None:
    assert broken(((), (), (), (2,)), r2=5) == ["visit 2 is forbidden to shift 3"]
