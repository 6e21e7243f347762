"""Finds plans and the questions they answer."""

import json

from service.access.redact import redacted
from service.door.call import Call
from service.door.problem import Problem
from service.door.problem_kinds import NOT_FOUND
from service.plans.questions import Texts
from service.store import Transaction, tables
from service.store.plans import plan_row
from service.store.scenarios import revision_row


def find_plan(tx: Transaction, call: Call, plan_id: str, *, body: bool = True) -> tables.Plan:
    """Return a plan.

    Parameters
    ----------
    body : also what it says; false: without

    Raises
    ------
    Problem
        There is none, or the caller may see neither its scenario nor the part of it that it plans.
    """
    row = plan_row(tx, plan_id, call.caller, body=body, part=True)
    if row is None:
        raise Problem(NOT_FOUND, f"There is no plan {plan_id}.")
    return row


def find_question(tx: Transaction, row: tables.Plan) -> bytes:
    """Return the question that a plan answers, for who may see the plan.

    Parameters
    ----------
    row : the plan
    """
    question = revision_row(tx, row.scenario_id, row.revision)
    assert question is not None  # the revision that a plan answers stays as long as the plan
    return question.body


def find_texts(tx: Transaction, call: Call, plan_id: str, *, personal: bool = True) -> Texts:
    """Return a plan and the question it answers.

    Parameters
    ----------
    personal : also customers' data; false: only where the caller has the right to it
    """
    row = find_plan(tx, call, plan_id)
    scenario = find_question(tx, row)
    if not personal and not call.caller.may("personal"):
        scenario = json.dumps(redacted(json.loads(scenario)), ensure_ascii=False).encode()
    return Texts(scenario, row.body)
