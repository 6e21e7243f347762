"""Opens the store that the settings name; says in plain words what is wrong where it cannot."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from alembic.util import CommandError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from optimizer.errors import InvalidInput, Issue
from optimizer.settings import Settings, variable
from service.store.database import Store, StoreBusy, sqlite_url
from service.store.migrations import upgrade

_DRIVERS: Final = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
_FORM: Final = (
    "Write postgresql+psycopg://user:password@host:port/name, with %40 for an @ in the password, "
    "or sqlite:////folder/file.db."
)


def open_store(settings: Settings, *, is_there: bool = False) -> Store:
    """Return the store, its tables in their newest form.

    Parameters
    ----------
    settings : what the operator decided
    is_there : a file must be there already; else a new one is begun where there is none

    Raises
    ------
    InvalidInput
        The data folder or the database cannot be used; never says the database's password.
    """
    url = _url(settings)
    if url.get_backend_name() == "sqlite":
        file = Path(str(url.database))
        if is_there and not file.is_file():
            cause = f"There is no store at {file}."
            raise _refused(settings, cause, "Name the place that the service uses.")
        with suppress(OSError):  # where it cannot be made, the database itself says why
            # The folder may be one that others can read; SQLite's further files take this mode over.
            file.touch(mode=0o600)
    store = Store(url)
    try:
        upgrade(store)
    except CommandError as error:
        cause = f"The tables are of another version of the program than this one: {error}."
        raise _refused(settings, cause, "Install the version that was used last, or a newer one.") from None
    except (StoreBusy, DBAPIError) as error:
        cause = f"The database cannot be used: {_said(error)}."
        action = (
            "Name a file of the store, or a new one, in a folder that is there and may be written to."
            if store.is_sqlite
            else "See that it runs, that its address is right, and that the user may make tables in it."
        )
        raise _refused(settings, cause, action) from None
    return store


def _url(settings: Settings) -> URL:
    given = settings.database_url
    if given is None:
        folder = settings.data_folder()
        try:
            return make_url(sqlite_url(folder))
        except OSError as error:
            cause = f"The folder {folder} cannot be made: {error.strerror or error}."
            raise _refused(settings, cause, "Name a folder that the user may write to.") from None
    try:
        url = make_url(given.get_secret_value())
    except (ArgumentError, ValueError):  # what it says may hold a part of the password
        raise _refused(settings, "This is no address of a database.", _FORM) from None
    if url.drivername not in _DRIVERS:
        raise _refused(settings, f"There is no store on {url.drivername}.", _FORM)
    if url.get_backend_name() == "sqlite":
        if url.database in (None, "", ":memory:"):
            raise _refused(settings, "A store needs a file: memory would forget what it promised.", _FORM)
        return url
    try:
        import psycopg  # noqa: F401 # an extra: whoever keeps everything in a file does not need it
    except ImportError:
        cause = "What talks to PostgreSQL is not installed."
        raise _refused(settings, cause, "Install it with `pip install 'paigong[postgres]'`.") from None
    return url


def _said(error: Exception) -> str:
    """Return what the database itself says, in one line."""
    deepest: BaseException = error
    while deepest.__cause__ is not None:
        deepest = deepest.__cause__
    return " ".join(str(deepest).split()).rstrip(".?") or "others have been writing for too long"


def _refused(settings: Settings, cause: str, action: str) -> InvalidInput:
    field = "data" if settings.database_url is None else "database_url"
    return InvalidInput((Issue("bad-store", variable(field), cause, action),))
