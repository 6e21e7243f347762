"""How pages are rendered: everything that is printed is cleaned and escaped."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from optimizer.day_page.map import number
from optimizer.day_page.text import in_stylesheet, shown


def environment(package: str) -> Environment:
    """Return what renders the templates of a package.

    Parameters
    ----------
    package : with a folder ``templates``
    """
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["n"] = number
    return made


def margins(title: str) -> str:
    """Return what stands in the margins of every printed page, as a style.

    Parameters
    ----------
    title : on the left; the page's number stands on the right
    """
    left = in_stylesheet(title)
    return f'@page{{@top-left{{content:{left}}}@top-right{{content:counter(page) " / " counter(pages)}}}}'


def _harmless(value: Any) -> Any:
    """Clean every text that a template prints; what is printed is then escaped."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value
