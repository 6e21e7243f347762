"""What is missing is named where it is the same in every slot that the rule stops."""

from optimizer.domain.reasons import UnservedReason
from optimizer.domain.technician import Certificate
from tests.unit.explain.left import why
from tests.unit.rules.build import DAY, branch, job, scenario, technician


def named(found: UnservedReason) -> dict[str, tuple[str, ...]]:
    return {block.code: block.names for block in found.blocks}


def test_the_skill_of_the_product_line() -> None:
    # The type asks for repair/空调 at level 1; 维修/空调 is another skill.
    people = [technician(skills={"维修/空调": 3}), technician(technician_id="T2", skills={})]
    found = why(scenario(people, [job(product="空调")]))
    assert named(found) == {"SKILL": ("repair/空调",)}
    assert found.sentence == "Both shifts are stopped: 2 by the missing skill repair/空调 (SKILL) alone."


def test_a_level_that_some_miss_by_little_and_others_altogether() -> None:
    people = [technician(skills={"repair": 3}), technician(technician_id="T2", skills={})]
    found = why(scenario(people, [job(skills={"repair": 4})]))
    assert named(found) == {"SKILL": ("repair ≥ 4",)}


def test_what_differs_is_not_named() -> None:
    # T1 lacks both tools that a repair needs, T2 the rope alone.
    people = [technician(kits=()), technician(technician_id="T2")]
    assert named(why(scenario(people, [job(tools=("rope",))]))) == {"TOOL": ()}


def test_only_those_who_are_stopped_count() -> None:
    # T1 has the skill but not the certificate; T2 the reverse.
    people = [
        technician(),
        technician(technician_id="T2", skills={}, certificates=(Certificate(name="welding"),)),
    ]
    found = why(scenario(people, [job(certificates=("welding",))]))
    assert named(found) == {"SKILL": ("repair",), "CERTIFICATE": ("welding",)}


def test_a_certificate_counts_on_its_days() -> None:
    # Welding ends after the first day, electrician is never held: the second day lacks both, the first one.
    who = technician(certificates=(Certificate(name="welding", valid_until=DAY),))
    both = job(certificates=("welding", "electrician"))
    assert named(why(scenario([who], [both]))) == {"CERTIFICATE": ("electrician",)}
    assert named(why(scenario([who], [both], days=2))) == {"CERTIFICATE": ()}


def test_parts_that_van_and_branch_do_not_have() -> None:
    # Two fans are asked for, one lies at the branch; of the board the van has the one it takes.
    who = technician(parts={"board": 1})
    of = scenario([who], [job(parts={"fan": 2, "board": 1})], branches=[branch(stock={"fan": 1})])
    found = why(of)
    assert named(found) == {"PART": ("fan",)}
    assert "stopped by the missing part fan (PART)." in found.sentence


def test_a_part_that_another_job_has_taken() -> None:
    jobs = [job(parts={"fan": 1}), job(job_id="J2", parts={"fan": 1})]
    of = scenario([technician()], jobs, branches=[branch(stock={"fan": 1})])
    assert named(why(of, (0,)))["PART"] == ("fan",)


def test_a_rule_without_things_has_no_names() -> None:
    two = [job(), job(job_id="J2")]
    found = why(scenario([technician()], two, rules={"WORKLOAD_CAP": {"jobs_per_day": 1}}), (0,))
    assert named(found) == {"WORKLOAD_CAP": ()}
