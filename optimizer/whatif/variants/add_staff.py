"""More people: like a technician there is, or as described."""

from collections.abc import Iterator
from itertools import count, islice
from typing import Any, Final

from optimizer.domain.base import Id
from optimizer.domain.scenario import MAX_TECHNICIANS, Scenario
from optimizer.domain.study_patches import AddStaff, Hours
from optimizer.domain.technician import Certificate, Ledger, Onboarding, Shift, Technician, Territory
from optimizer.errors import Issue
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.on_call import ON_CALL
from optimizer.whatif.variants.people import moved
from optimizer.whatif.variants.shifts import with_shifts

LONGEST_ID: Final = 80


class AddStaffKind(ChangeKind[AddStaff]):
    """More people.

    Whoever comes is called by whom they are like, else by their branch, with a number: ``T05+1``, ``T05+2``. So the
    first who comes has the same name whether one comes or ten.

    They have skills, level, certificates, kits, tools, parts on the van, means, hours, wage, territory and the work
    done so far of whom they are like, as if they had always been there; not that person's name, leave, suspension,
    attendance, missing tools, nor what is said of single days (absences, other places to start from, work done). At
    another branch they have no home and no areas of their own.
    """

    patch = AddStaff

    def applied(self, scenario: Scenario, patch: AddStaff) -> Scenario:
        """Return the scenario with these people, at the end of the list."""
        names.refuse(_issues(scenario, patch))
        found = {one.technician_id: one for one in scenario.technicians}
        like = None if patch.like is None else found[patch.like]
        model = _described(scenario, patch) if like is None else _like(scenario, patch, like)
        stem = patch.like or model.branch_id
        free = (number for number in count(1) if f"{stem}+{number}" not in found)
        ids = [f"{stem}+{number}" for number in islice(free, patch.count)]
        new = tuple(model.model_copy(update={"technician_id": one}) for one in ids)
        travel = scenario.travel
        if like is not None and model.home is not None and travel.matrices:
            homes = {f"home:{one}": f"home:{like.technician_id}" for one in ids}
            matrices = {
                means: matrix.widened(homes) if f"home:{like.technician_id}" in matrix.places else matrix
                for means, matrix in travel.matrices.items()
            }
            travel = travel.model_copy(update={"matrices": matrices})
        return scenario.model_copy(update={"technicians": (*scenario.technicians, *new), "travel": travel})


def _issues(scenario: Scenario, patch: AddStaff) -> Iterator[Issue]:
    if patch.like is not None:
        yield from names.unknown("technician", "like", patch.like, names.technician_ids(scenario))
        if any(one.technician_id == patch.like and one.lent_for is not None for one in scenario.technicians):
            cause = f"{patch.like} is lent for single jobs, so nobody can be like that."
            yield Issue("lent", "like", cause, "Name somebody of the own staff.")
    if patch.branch_id is not None:
        yield from names.unknown("branch", "branch_id", patch.branch_id, names.branch_ids(scenario))
    if patch.skills:
        known = names.skills(scenario)
        for skill in patch.skills:
            yield from names.unknown("skill", f"skills.{skill}", skill, known)
    if patch.certificates:
        yield from names.all_unknown(
            "certificate", "certificates", patch.certificates, names.certificates(scenario)
        )
    yield from names.all_unknown("kit", "kits", patch.kits or (), scenario.policy.kits)
    stem = patch.like or patch.branch_id or ""
    if len(stem) + len(f"+{MAX_TECHNICIANS}") > LONGEST_ID:
        field = "like" if patch.like else "branch_id"
        cause = f"{stem!r} is too long for the ids of those who come."
        yield Issue(
            "id-too-long", field, cause, f"Shorten the id in the base to {LONGEST_ID - 5} characters."
        )
    if len(scenario.technicians) + patch.count > MAX_TECHNICIANS:
        cause = f"There would be {len(scenario.technicians) + patch.count:,} technicians."
        room = MAX_TECHNICIANS - len(scenario.technicians)
        action = f"Add at most {room}: a scenario holds {MAX_TECHNICIANS:,}."
        yield Issue("too-many-technicians", "count", cause, action)


def _like(scenario: Scenario, patch: AddStaff, like: Technician) -> Technician:
    of_days: dict[str, Any] = {"absences": (), "start_at": None, "end_at": None, "so_far": None}
    shifts = like.shifts and tuple(one.model_copy(update=of_days) for one in like.shifts)
    one = like.model_copy(
        update={
            "name": "",
            "missing_tools": (),
            "last_inspection": None,
            "shifts": shifts,
            "leave": tuple(days for days in like.leave if days.reason == ON_CALL),
            "suspended": (),
            "attendance": (),
            "onboarding": Onboarding(trained_products=like.onboarding.trained_products),
        }
    )
    if patch.branch_id not in (None, like.branch_id):
        one = _elsewhere(one, str(patch.branch_id))
    return _as_said(scenario, patch, one)


def _elsewhere(one: Technician, branch_id: Id) -> Technician:
    one = moved(one, branch_id)
    territory = one.territory.model_copy(update={"areas": ()})
    update = {"home": None, "starts_from": "branch", "ends_at": "branch", "territory": territory}
    return one.model_copy(update=update)


def _described(scenario: Scenario, patch: AddStaff) -> Technician:
    one = Technician(
        technician_id="new",
        branch_id=str(patch.branch_id),
        kits=tuple(scenario.policy.kits),
        territory=Territory(),
        month_to_date=Ledger(),
    )
    return _as_said(scenario, patch, one)


def _as_said(scenario: Scenario, patch: AddStaff, one: Technician) -> Technician:
    update: dict[str, Any] = {
        name: value
        for name in ("skills", "level", "kits", "means", "wage_cents_per_hour")
        if (value := getattr(patch, name)) is not None
    }
    if patch.certificates is not None:
        update["certificates"] = tuple(Certificate(name=name) for name in patch.certificates)
    one = one.model_copy(update=update)
    return one if patch.hours is None else _with_hours(scenario, one, patch.hours)


def _with_hours(scenario: Scenario, one: Technician, hours: Hours) -> Technician:
    def change(shift: Shift) -> Shift:
        return shift.model_copy(update={"start": hours.start, "end": hours.end})

    return with_shifts(scenario, one, change)


KIND = AddStaffKind()
