"""What exactly is missing where a skill, a certificate, a tool or a part stops a job."""

from collections.abc import Hashable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.domain.parts import loading_branches, required_parts
from optimizer.domain.requirements import (
    carried_tools,
    required_certificates,
    required_shared_tools,
    required_skills,
)
from optimizer.domain.roster import RosterShift
from optimizer.rules.settings import params_of
from optimizer.rules.skill import RULE as SKILL
from optimizer.rules.skill import own_installers
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool import needed_tools

NAMED_CODES: Final = frozenset({"SKILL", "CERTIFICATE", "TOOL", "PART", "SHARED_TOOL"})
"""Codes of which it can be said what is missing."""

_Need = tuple[str, int]
"""A name and the level or the pieces of it."""


class Lacking:
    """Names what the technicians of some shifts lack for a job; shifts that bring the same are looked at once.

    Parameters
    ----------
    compiled : the question
    """

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._scenario = compiled.scenario
        self._loads = loading_branches(compiled.scenario, compiled.shifts)
        self._stock = {branch.branch_id: branch.stock for branch in compiled.scenario.branches}
        self._own = own_installers(compiled.scenario, params_of(SKILL, compiled.scenario.policy))
        self._kits: dict[str, tuple[NDArray[np.int64], list[dict[str, int]]]] = {}

    def names(self, job: int, code: str, shifts: NDArray[np.int32]) -> tuple[str, ...]:
        """Return what is missing where it is the same in all of these shifts; empty: it differs or is not known.

        Parameters
        ----------
        job : row of the job
        code : the rule that stops it there
        shifts : rows of the shifts
        """
        if code not in NAMED_CODES or (code == "TOOL" and self._compiled.names.jobs[job] in self._own):
            return ()  # the installer who mends the own work needs other tools than a stranger
        if code == "SHARED_TOOL":
            return required_shared_tools(self._scenario.jobs[job], self._scenario.policy)
        shifts = np.array([self._compiled.days_of(row)[0][0] for row in np.unique(shifts).tolist()], np.int32)
        needs = self._needs(job, code)
        kit_of, kits = self._kits_of(code)
        missing = {
            tuple((name, least) for name, least in needs if kits[kit].get(name, 0) < least)
            for kit in np.unique(kit_of[shifts]).tolist()
        }
        if code == "PART" and len(needs) == 1:
            missing = {needs}  # others may have taken the pieces that were there
        if len(missing) != 1:
            return ()
        return tuple(_said(code, name, least) for name, least in missing.pop())

    def _needs(self, job: int, code: str) -> tuple[_Need, ...]:
        one, policy = self._scenario.jobs[job], self._scenario.policy
        match code:
            case "SKILL":
                return tuple(required_skills(one, policy).items())
            case "CERTIFICATE":
                return tuple((name, 1) for name in required_certificates(one, policy))
            case "TOOL":
                tools = needed_tools(one, self._scenario, params_of(TOOL, policy))
                return tuple((name, 1) for name in tools)
            case _:
                return tuple(required_parts(one, policy).items())

    def _kits_of(self, code: str) -> tuple[NDArray[np.int64], list[dict[str, int]]]:
        """Return what each shift brings: for each the row of its kit, and the kits."""
        if code not in self._kits:
            rows: dict[Hashable, int] = {}
            kits: list[dict[str, int]] = []
            kit_of: list[int] = []
            for shift in self._compiled.shifts:
                kit = self._brings(shift, code)
                row = rows.setdefault(frozenset(kit.items()), len(kits))
                if row == len(kits):
                    kits.append(kit)
                kit_of.append(row)
            self._kits[code] = (np.array(kit_of, np.int64), kits)
        return self._kits[code]

    def _brings(self, shift: RosterShift, code: str) -> dict[str, int]:
        who = shift.technician
        match code:
            case "SKILL":
                return dict(who.skills)
            case "CERTIFICATE":
                return {one.name: 1 for one in who.certificates if one.valid_on(shift.key.day)}
            case "TOOL":
                return dict.fromkeys(carried_tools(who, self._scenario.policy), 1)
            case _:
                shelf = self._stock.get(self._loads.get(shift.key, ""), {})
                return {part: who.parts.get(part, 0) + shelf.get(part, 0) for part in who.parts | shelf}


def _said(code: str, name: str, least: int) -> str:
    """Return the name, with the level of a skill where one is asked for; the same in every language."""
    return f"{name} ≥ {least}" if code == "SKILL" and least > 1 else name
