"""The short list of ways to go on."""

from optimizer.control import Iterations
from optimizer.domain.event import CallOff
from optimizer.planning import plan_scenario
from optimizer.replan import Replanner, next_revision, with_expected
from tests.unit.replan.test_close import JOBS
from tests.unit.rules.build import at, scenario, technician


def test_of_two_searches_that_find_the_same_the_first_one_stays_whichever_ends_first() -> None:
    people = [technician(), technician(technician_id="T2")]
    asked = scenario(people, JOBS, now=at("07:30"))
    plan = plan_scenario(asked, stop=Iterations(60)).plan
    ill = CallOff(kind="call_off", technician_id=plan.shifts[0].technician_id, at=at("08:00"))
    revision = next_revision(with_expected(asked, plan, told=True), plan, [ill], at("08:00"))
    names = []
    for turned in (False, True):
        replanner = Replanner(revision, plan)
        tuple(replanner.searched(Iterations(40)))
        ended = [item for item in replanner._found.items() if item[0] != "repair"]
        replanner._found = dict(reversed(ended) if turned else ended)
        names.append([one.name for one in replanner.proposals().proposals])
    assert names[0] == names[1]
    assert len(names[0]) == 1
