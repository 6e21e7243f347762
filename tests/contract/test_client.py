"""The client reaches every operation of the service, but for a few that are not for programs."""

from pathlib import Path

from service.client import Client
from tests.contract.operations import operations
from tests.unit.service.served import served

NOT_FOR_PROGRAMS = {
    "solve_vroom": "VROOM clients call it, in VROOM's shape",
    "sign_in": "for browsers, which get a cookie; a program sends its key",
    "sign_out": "for browsers",
    "read_manual": "a page for people",
    "list_problems": "pages for people; an error carries what it says",
    "get_problem": "a page for people",
    "get_metrics": "Prometheus reads it",
    "list_rules": "the rule book is in the library that the client comes with",
    "get_rule": "as list_rules",
    "list_engines": "the engines' names are the type of `RunRequest.engine`",
    "list_schemas": "the records themselves come with the client",
    "get_schema": "as list_schemas",
    "list_settings": "for whoever runs the service: `paigong settings`",
}
"""Operations without a method, and why."""


def test_every_operation_has_a_method(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        names = {one.operation_id for one in operations(service)}
    methods = {name for name in dir(Client) if not name.startswith("_")}
    assert names - methods == set(NOT_FOR_PROGRAMS)
    # What goes beyond: the day in one call, waiting, letting go of the connections.
    assert methods - names == {"plan", "wait_for_run", "wait_for_study", "close"}
