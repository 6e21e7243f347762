"""Lays the sheets out as one HTML page that needs nothing from elsewhere: for a screen, a phone, or any printer."""

from base64 import b64encode
from functools import partial
from hashlib import sha256
from importlib.resources import files

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.records import DispatchOrders
from optimizer.dispatch_orders.sheet_words import order_words
from optimizer.words.language import Language


def orders_html(orders: DispatchOrders, language: Language) -> str:
    """Return the sheets as a page; printed, each sheet begins a new page.

    All text is escaped. The page runs no script, and its own policy lets it load nothing and use no style but
    the one in it.

    Parameters
    ----------
    orders : the facts
    language : English or Chinese
    """
    from jinja2 import Environment, StrictUndefined  # imported here: only the page needs it
    from markupsafe import Markup

    # No loader: the two templates are this package's own files, and a template can name no other.
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(_file("orders.html.j2"))
    style = _file("orders.css")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return template.render(
        words=order_words(orders, language),
        label=partial(_label, language),
        style=Markup(style),
        style_hash=f"sha256-{digest}",
    )


def _label(language: Language, key: str, **filled: object) -> str:
    return label(key, language, **filled)


def _file(name: str) -> str:
    return files("optimizer.dispatch_orders").joinpath("templates", name).read_text(encoding="utf-8")
