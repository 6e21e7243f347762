"""Makes the READMEs' tables from the registries; run with ``--write`` to bring them up to date.

A table stands between ``<!-- table NAME -->`` and ``<!-- end -->``.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from optimizer.cli.app import command_name
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.settings import setting_rows
from optimizer.engines import ENGINES
from optimizer.interchange.scenario_file import load_scenario
from optimizer.rules import RULES
from optimizer.scenario_library import rule_scenario, scenario_names, scenario_path
from optimizer.settings import Settings
from service.app import create_app
from service.backend import Backend
from service.cli import COMMANDS
from service.store import Store
from tests.architecture.project import ROOT

READMES = (
    ROOT / "README.md",
    ROOT / "optimizer" / "README.md",
    ROOT / "service" / "README.md",
    ROOT / "scenarios" / "rules" / "README.md",
)
"""Files that hold tables."""

_PLACE = re.compile(r"(<!-- table (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def first_sentence(text: str | None) -> str:
    """Return the first line of a docstring, or the first sentence of a story.

    Parameters
    ----------
    text : the docstring or story
    """
    first = " ".join(inspect.cleandoc(text or "").split("\n\n")[0].split())
    return re.split(r"(?<=[.!?。])\s", first)[0]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table.

    Parameters
    ----------
    head : names of the columns
    rows : cells
    """
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def rules() -> str:
    """Return the table of rules."""
    rows = (
        (
            f"`{rule.code}`",
            rule.title,
            "hard" if rule.hard else "soft",
            "; ".join(f"{source.document} {source.section}" for source in rule.source),
        )
        for rule in RULES
    )
    return table(("code", "rule", "", "source"), rows)


def engines() -> str:
    """Return the table of engines."""
    rows = ((f"`{engine.name}`", first_sentence(type(engine).__doc__)) for engine in ENGINES)
    return table(("engine", "what it does"), rows)


def commands() -> str:
    """Return the table of commands."""
    rows = ((f"`paigong {command_name(command)}`", first_sentence(command.__doc__)) for command in COMMANDS)
    return table(("command", "what it does"), rows)


def exit_codes() -> str:
    """Return the table of exit codes, from the texts under each of them."""
    (body,) = (
        node.body for node in ast.parse(inspect.getsource(ExitCode)).body if isinstance(node, ast.ClassDef)
    )
    texts = [
        node.value.value
        for node in body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ]
    rows = ((str(code.value), str(text)) for code, text in zip(ExitCode, texts[1:], strict=True))
    return table(("exit code", "meaning"), rows)


def settings() -> str:
    """Return the table of settings."""
    rows = ((f"`{row.variable}`", row.meaning, row.default) for row in setting_rows())
    return table(("variable", "meaning", "default"), rows)


def scenarios() -> str:
    """Return the table of scenarios that come with the program as folders."""
    return table(("scenario", "technicians", "jobs", "days", "story"), _scenarios())


def rule_scenarios() -> str:
    """Return the table of the small scenarios, in the order of the rule book."""
    return table(("scenario", "rule", "technicians", "jobs"), _rule_scenarios())


def modules() -> str:
    """Return the table of what stands in `optimizer`."""
    return _modules("optimizer")


def service_modules() -> str:
    """Return the table of what stands in `service`."""
    return _modules("service")


def operations() -> str:
    """Return the table of the service's operations, from its own description."""
    description = create_app(Backend(Settings(), Store("sqlite:///not-opened.db"))).openapi()
    rows = (
        (one["tags"][0], f"`{method.upper()} {path}`", one["summary"], _right(one))
        for path, methods in description["paths"].items()
        for method, one in methods.items()
    )
    return table(("about", "operation", "what it does", "right"), rows)


def _right(operation: dict[str, Any]) -> str:
    if "security" not in operation:
        return "none"
    return ", ".join(next(iter(operation["security"][0].values()))) or "any key"


def _modules(package: str) -> str:
    rows = []
    for path in sorted((ROOT / package).iterdir()):
        file = path / "__init__.py" if path.is_dir() else path
        if file.suffix == ".py" and file.exists() and not path.name.startswith("__"):
            name = f"{path.name}/" if path.is_dir() else path.name
            text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
            rows.append((f"`{name}`", first_sentence(text)))
    return table(("where", "what"), rows)


TABLES = {
    made.__name__: made
    for made in (
        rules,
        engines,
        commands,
        exit_codes,
        settings,
        scenarios,
        rule_scenarios,
        modules,
        operations,
        service_modules,
        operations,
    )
}
"""Every table by the name it has in a README."""


def with_tables(text: str) -> str:
    """Return a README's text with all its tables made anew.

    Parameters
    ----------
    text : the README as it stands
    """
    return _PLACE.sub(lambda place: f"{place[1]}{TABLES[place[2]]()}{place[3]}", text)


def main() -> None:
    """Print which READMEs are out of date; with ``--write`` bring them up to date."""
    for readme in READMES:
        old = readme.read_text(encoding="utf-8")
        new = with_tables(old)
        if new != old:
            print(f"{readme.relative_to(ROOT)}: out of date")
            if "--write" in sys.argv:
                readme.write_text(new, encoding="utf-8")


def _scenarios() -> Iterator[tuple[str, ...]]:
    for name in scenario_names():
        path = scenario_path(name)
        if path is not None and path.is_dir():
            one = load_scenario(path)
            yield (
                f"[`{name}`](scenarios/{name}/README.md)",
                str(len(one.technicians)),
                str(len(one.jobs)),
                str(one.horizon.days),
                first_sentence(one.story),
            )


def _rule_scenarios() -> Iterator[tuple[str, ...]]:
    for rule in RULES:
        name = rule_scenario(rule.code)
        path = scenario_path(name)
        if path is not None:
            one = load_scenario(path)
            yield f"[`{name}`]({path.name})", rule.title, str(len(one.technicians)), str(len(one.jobs))


if __name__ == "__main__":
    main()
