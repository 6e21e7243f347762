"""Keeps what a re-plan has found: each plan with the question it answers, and the short list."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from optimizer.domain.document import PlanDocument
from service.executor.events import Found, Proposal
from service.plans.keep import Packed, keep_plan, packed
from service.store import Transaction, tables
from service.store.proposals import branch_of
from service.store.scenarios import add_question


class Ready(NamedTuple):
    """What was found, made ready to be stored, so that little is left to do while others wait."""

    found: Found
    """What was found."""
    plans: Mapping[str, Packed]
    """The plans that are not stored yet, by name."""


def ready(found: Found, stored: Collection[str]) -> Ready:
    """Return what was found, ready to be stored.

    Parameters
    ----------
    found : what was found so far
    stored : names of what is stored already
    """
    new = [one for one in found.proposals if one.name not in stored]
    return Ready(found, {one.name: packed(PlanDocument.model_validate_json(one.document)) for one in new})


def kept(row: tables.Proposals) -> dict[str, Any]:
    """Return what is stored of a re-plan: what was said of each proposal by name, which count, and what was assumed."""
    if row.found is None:
        return {"by_name": {}, "list": [], "questions": {}, "assumed": [], "later": []}
    found: dict[str, Any] = json.loads(row.found)
    return found


def keep(tx: Transaction, row: tables.Proposals, new: Ready, scenario_id: str, now: datetime) -> list[str]:
    """Store what a re-plan has found so far, and return the names of what is new.

    Parameters
    ----------
    row : the re-plan, kept from others
    new : what was found
    scenario_id : whose further revisions the questions are
    now : the present moment
    """
    before = kept(row)
    by_name, questions = before["by_name"], before["questions"]
    names: list[str] = []
    for one in new.found.proposals:
        if one.name not in by_name and one.name in new.plans:
            revision = _question(tx, row, one, questions, scenario_id, now)
            by_name[one.name] = _stored(tx, row, one, new.plans[one.name], revision, scenario_id, now)
            names.append(one.name)
    listed = [one.name for one in new.found.proposals if one.name in by_name]
    found = {"by_name": by_name, "list": listed, "questions": questions}
    said = {**found, "assumed": new.found.assumed, "later": new.found.later}
    row.found = json.dumps(said, ensure_ascii=False).encode()
    return names


def _question(
    tx: Transaction,
    row: tables.Proposals,
    one: Proposal,
    questions: dict[str, int],
    scenario_id: str,
    now: datetime,
) -> int:
    """Return the revision that a proposal answers; proposals that ask the same customers share one."""
    sha256 = hashlib.sha256(one.scenario).hexdigest()
    if sha256 not in questions:
        revision = tables.Revision(
            scenario_id=scenario_id,
            sha256=json.loads(one.document)["plan"]["scenario_sha256"],
            body=one.scenario,
            note=f"What is left of the day of {row.board_id} at {row.at.isoformat()}.",
            made_by=row.made_by,
            made_at=now,
        )
        questions[sha256] = add_question(tx, revision)
    return questions[sha256]


def _stored(
    tx: Transaction,
    row: tables.Proposals,
    one: Proposal,
    plan: Packed,
    revision: int,
    scenario_id: str,
    now: datetime,
) -> dict[str, Any]:
    stored = keep_plan(
        tx,
        plan,
        scenario_id=scenario_id,
        revision=revision,
        run_id=None,
        made_by=row.made_by,
        now=now,
        branch_id=branch_of(tx, row),
    )
    figures = {"total_cents": plan.summary.total_cents, "served": plan.summary.served}
    return {**json.loads(one.said), **figures, "plan_id": stored.plan_id, "revision": revision}
