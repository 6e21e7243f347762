"""What there could be one more of: what jobs ask for and few have, the most promising first, and not too many."""

from datetime import date

import pytest

from optimizer.domain.branch import Branch
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import OneMoreKind
from optimizer.domain.study_patches import AddStaff, Certify, PartStock, ToolStock, Train, Who
from optimizer.domain.technician import Certificate, Technician
from optimizer.whatif.candidates import MOST_CANDIDATES, Candidate, Candidates, candidates
from optimizer.whatif.variants.apply import variant_scenario
from tests.unit.rules.build import north
from tests.unit.whatif.staffed import asked, team

ALL: tuple[OneMoreKind, ...] = ("technician", "skill", "certificate", "shared_tool", "part")


def found(*kinds: OneMoreKind, base: Scenario | None = None, at: tuple[str, ...] = ("B1",)) -> Candidates:
    study = asked(value_of_one_more={"kinds": kinds, "branch_ids": at})
    return candidates(study, base or team())


def some(*kinds: OneMoreKind, base: Scenario | None = None) -> list[tuple[str, str]]:
    return [(one.kind, one.what) for one in found(*kinds, base=base).ranked]


def person(base: Scenario, technician_id: str, **update: object) -> Scenario:
    people = (
        one.model_copy(update=update) if one.technician_id == technician_id else one
        for one in base.technicians
    )
    return base.model_copy(update={"technicians": tuple(people)})


def test_each_kind_in_turn_in_the_order_it_is_asked_for() -> None:
    assert some(*ALL) == [
        ("technician", "T2"),
        ("skill", "installation"),
        ("certificate", "height"),
        ("shared_tool", "hoist"),
        ("part", "pump"),
    ]
    assert some("part", "technician", "part") == [("part", "pump"), ("technician", "T2")]


def test_a_technician_is_like_the_most_common_kind_of_the_branch() -> None:
    (one,) = found("technician").ranked  # T2 to T5 repair, T1 installs too, T6 has a certificate
    assert one == Candidate("technician", "T2", "B1", AddStaff(kind="add_staff", like="T2"))


def test_who_is_lent_is_no_example() -> None:
    base = team(people=3)  # each of a kind of its own
    assert [one.what for one in found("technician", base=base).ranked] == ["T1"]
    assert [one.what for one in found("technician", base=person(base, "T1", lent_for=("R1",))).ranked] == [
        "T2"
    ]


def test_at_a_branch_where_nobody_works_comes_the_most_common_kind_of_all() -> None:
    base = team()
    base = base.model_copy(update={"branches": (*base.branches, Branch(branch_id="B3", place=north(80)))})
    (one,) = found("technician", base=base, at=("B3",)).ranked
    assert one.change == AddStaff(kind="add_staff", like="T2", branch_id="B3")


def test_a_skill_is_learnt_with_its_kits_by_who_can_use_it_most() -> None:
    # Only T6 has the certificate that the installations ask for as well.
    (one,) = found("skill").ranked
    level = team().policy.job_types["installation"].min_level
    who = Who(technician_ids=("T6",))
    change = Train(kind="train", who=who, skills={"installation": level}, kits=("installer",))
    assert one == Candidate("skill", "installation", "B1", change)


def test_a_skill_that_all_have_is_none() -> None:
    base = person(team(people=2), "T2", skills={"repair": 3, "installation": 3})
    assert some("skill", base=base) == []


def test_a_certificate_is_for_who_has_the_skill() -> None:
    (one,) = found("certificate").ranked
    who = Who(technician_ids=("T1",))
    assert one.change == Certify(kind="certify", who=who, certificates=("height",))


def test_a_certificate_that_has_run_out_is_not_held() -> None:
    old = Certificate(name="height", valid_until=date(2020, 1, 1))
    base = team()
    base = person(base, "T6", certificates=(*base.technicians[0].certificates, old))
    (one,) = found("certificate", base=base).ranked
    assert variant_scenario(base, (one.change,)) != base


def test_tools_and_parts_get_one_piece_at_that_branch() -> None:
    tool, part = found("shared_tool", "part").ranked
    assert tool.change == ToolStock(kind="tool_stock", tool="hoist", branch_ids=("B1",), more=1)
    assert part.change == PartStock(kind="part_stock", part="pump", branch_ids=("B1",), more=1)
    assert found("shared_tool", "part", at=("B2",)) == Candidates()  # nothing there asks for them


@pytest.mark.parametrize(("pieces", "short"), [(11, True), (12, False)])
def test_a_part_is_short_if_the_simulated_days_take_more_than_there_is(pieces: int, short: bool) -> None:
    # Two are asked for on the one planned day, six days are simulated, five of them warm-up: 12 in all.
    base = team()
    first = base.branches[0].model_copy(update={"stock": {"pump": pieces - 1}})
    base = person(base, "T3", parts={"pump": 1})
    base = base.model_copy(update={"branches": (first, *base.branches[1:])})
    assert bool(some("part", base=base)) == short


def test_the_branch_with_the_most_jobs_comes_first() -> None:
    both = [(one.what, one.branch_id) for one in found("technician", at=()).ranked]
    assert both == [("T2", "B1"), ("U1", "B2")]


def test_only_so_many_are_ranked_and_the_others_counted() -> None:
    base = team()
    new = tuple(Branch(branch_id=f"C{number}", place=north(100 + number)) for number in range(30))
    base = base.model_copy(update={"branches": (*base.branches, *new)})
    result = found("technician", "certificate", base=base, at=())
    assert len(result.ranked) == MOST_CANDIDATES == 20
    assert ("certificate", "height") in [(one.kind, one.what) for one in result.ranked]  # not crowded out
    assert result.left_out == 32 + 1 - 20


def test_what_the_base_has_no_room_for_is_not_tried() -> None:
    base = team()
    long = Technician(technician_id="T" * 78, branch_id="B2", skills={"repair": 3})
    base = base.model_copy(update={"technicians": (*base.technicians[:-1], long)})
    assert found("technician", base=base, at=("B2",)) == Candidates()


def test_every_change_can_be_made() -> None:
    for one in found(*ALL, at=()).ranked:
        assert variant_scenario(team(), (one.change,)) != team()


def test_not_asked_there_is_none() -> None:
    assert candidates(asked(), team()) == Candidates()
