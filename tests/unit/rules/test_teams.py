"""Who is at a job together."""

from optimizer.rules.teams import by_seat, teams
from tests.unit.rules.build import NEXT_DAY, at, job, plan, scenario, shift_plan, stop, technician

PEOPLE = [technician(technician_id=f"T{i}") for i in (1, 2)]


def test_a_crew_counts_together_the_lead_first_and_others_alone() -> None:
    of = scenario(PEOPLE, [job(seats=2), job(job_id="J2")], days=2)
    made = plan(
        of,
        [
            shift_plan([stop("J1", at("09:30"), at("10:30"), seat=1), stop("J2", at("11:00"), at("12:00"))]),
            shift_plan([stop("J1", at("09:30"), at("10:30"))], technician_id="T2"),
            shift_plan(
                [stop("J1", at("09:30", NEXT_DAY), at("10:30", NEXT_DAY), part=1)],
                technician_id="T2",
                day=NEXT_DAY,
            ),
        ],
    )
    found = [[(one.technician.technician_id, one.stop.part) for one in team] for team in teams(of, made)]
    assert found == [[("T2", 0), ("T1", 0)], [("T1", 0)], [("T2", 1)]]
    places = {
        (mine[0].job.job_id, mine[0].stop.seat): [one.stop.part for one in mine] for mine in by_seat(of, made)
    }
    assert places == {("J1", 0): [0, 1], ("J1", 1): [0], ("J2", 0): [0]}


def test_people_sent_twice_to_a_job_for_one_are_no_team() -> None:
    of = scenario(PEOPLE)
    made = plan(
        of,
        [
            shift_plan([stop("J1", at("09:30"), at("10:30"))], technician_id=one.technician_id)
            for one in PEOPLE
        ],
    )
    assert [len(team) for team in teams(of, made)] == [1, 1]
