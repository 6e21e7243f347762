"""Puts the manual's pages together."""

import base64
import hashlib
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from service.door.problem_kinds import PROBLEM_KINDS, ProblemKind
from service.manual.operations import rooms
from service.manual.prose import breakable, line, paragraphs
from service.manual.schemas import fields, kind

_NOTHING_ELSE: Final = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def manual_page(description: dict[str, Any], base: str) -> HTMLResponse:
    """Return the manual as one page.

    Parameters
    ----------
    description : the service's description, as `/openapi.json` has it
    base : where the service is, without a slash at the end
    """
    schemas = description.get("components", {}).get("schemas", {})
    return _page(
        "manual.html.j2",
        title=description["info"]["title"],
        version=description["info"]["version"],
        about=paragraphs(description["info"].get("description", "")),
        rooms=rooms(description, base),
        records=[
            (
                name,
                line(" ".join(schema.get("description", "").split())),
                kind(schema) if "properties" not in schema else "",
                list(fields(schema, every=schemas)),
            )
            for name, schema in sorted(schemas.items())
        ],
    )


def problems_page() -> HTMLResponse:
    """Return the page that lists every kind of error."""
    return _page("problems.html.j2", kinds=sorted(PROBLEM_KINDS, key=lambda one: one.status))


def problem_page(kind_shown: ProblemKind) -> HTMLResponse:
    """Return the page of one kind of error.

    Parameters
    ----------
    kind_shown : the kind
    """
    return _page(
        "problem.html.j2",
        kind=kind_shown,
        meaning=paragraphs(kind_shown.meaning),
        remedy=paragraphs(kind_shown.remedy),
    )


def _page(template: str, **given: Any) -> HTMLResponse:
    style = files("service.manual").joinpath("templates/manual.css").read_text(encoding="utf-8")
    sha256 = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    text = (
        _environment()
        .get_template(template)
        .render(style=Markup(style), line=line, breakable=breakable, **given)
    )
    # The page may show its own style and nothing else: no script, no picture, no other site.
    policy = f"default-src 'none'; style-src 'sha256-{sha256}'; {_NOTHING_ELSE}"
    return HTMLResponse(
        text, headers={"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("service.manual"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
