"""Settings of an installation: what the operator decides, as environment variables that begin with ``PAIGONG_``.

A scenario never sets any of these, so nobody can make the program talk to another server by sending a scenario.
"""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from optimizer.errors import InvalidInput, Issue

PREFIX: Final = "PAIGONG_"
"""What the names of the environment variables begin with."""

OFF: Final = "off"
"""The word that switches a setting off."""


def _web_address(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:  # brackets or a port that are none; what it says may hold a part of a password
        usable = False
    if not usable or not text.isprintable() or " " in text:
        raise ValueError("write an address such as http://127.0.0.1:5000")
    if parts.query or parts.fragment:
        raise ValueError("write the address without ? and #")
    return text.rstrip("/")


def _none_if_off(value: object) -> object:
    return None if isinstance(value, str) and value.strip().lower() in ("", OFF) else value


def _pairs(value: object) -> object:
    """Read ``car=driving,motorcycle=driving``."""
    if not isinstance(value, str):
        return value
    pairs: dict[str, str] = {}
    for piece in value.split(","):
        key, sign, name = (part.strip() for part in piece.partition("="))
        if not (key and sign and name):
            raise ValueError("write pairs such as car=driving,motorcycle=driving")
        if key in pairs:
            raise ValueError(f"{key} stands here twice")
        pairs[key] = name
    return pairs


WebAddress = Annotated[str | None, BeforeValidator(_none_if_off), AfterValidator(_web_address)]
"""Address of a server, or none; ``off`` and an empty text mean none."""

Folder = Annotated[Path | None, BeforeValidator(_none_if_off)]
"""A folder or file, or none; ``off`` and an empty text mean none."""

Profiles = Annotated[
    dict[str, Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]], NoDecode, BeforeValidator(_pairs)
]
"""Means of transport and the road server's name for each."""


def _names(value: object) -> object:
    """Read ``one,other``."""
    return (
        [name for piece in value.split(",") if (name := piece.strip())] if isinstance(value, str) else value
    )


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)]
"""Names with commas between them."""


class Settings(BaseSettings):
    """What the operator of this installation decided; `Settings.read` takes it from the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=None, extra="ignore", frozen=True, use_attribute_docstrings=True
    )

    roads: Annotated[WebAddress, Field(repr=False)] = None
    """Road server that speaks OSRM's table and route services, e.g. http://127.0.0.1:5000; off: none."""
    roads_profiles: Profiles = {"car": "driving"}
    """Which means go by roads, and the server's profile for each, e.g. car=driving,motorcycle=driving."""
    roads_version: Annotated[str, Field(max_length=100)] = ""
    """State of the server's map in any words; change it with the map, then nothing old is used again."""
    roads_connect_s: Annotated[float, Field(gt=0, le=600)] = 3.0
    """Seconds to wait for the road server to take a call."""
    roads_read_s: Annotated[float, Field(gt=0, le=3600)] = 30.0
    """Seconds to wait for the road server to send something."""
    roads_tries: Annotated[int, Field(ge=1, le=10)] = 3
    """How often a request is tried, when the road server is busy or the connection breaks."""
    roads_chunk: Annotated[int, Field(ge=2, le=1000)] = 100
    """At most so many places from and so many places to in a request (osrm-routed --max-table-size)."""
    roads_parallel: Annotated[int, Field(ge=1, le=32)] = 4
    """Requests to the road server at the same time."""
    roads_snap_m: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    """A place farther than so many metres from any road is named in a warning."""
    osrm_file: Folder = None
    """OSRM map that is read by the program itself instead of asking a server, e.g. /maps/hunan.osrm."""
    cache: Annotated[Path | Literal["off"] | None, BeforeValidator(lambda text: text or None)] = None
    """Folder where answers of road servers and geocoders are kept; off: nothing is kept."""
    cache_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 500
    """The cache is kept below so many megabytes; the oldest answers go first."""
    geocoder: Annotated[str | None, BeforeValidator(_none_if_off)] = None
    """Which service turns addresses into places: nominatim, photon, opencage or baidu; off: none."""
    geocoder_url: Annotated[WebAddress, Field(repr=False)] = None
    """Address of the geocoder, where it is not the service's usual one."""
    geocoder_key: SecretStr | None = None
    """Key for the geocoder; never shown."""
    fonts: Folder = None
    """Folder with further fonts for printed sheets."""

    # The service
    host: Annotated[str, Field(min_length=1, max_length=255)] = "127.0.0.1"
    """Address the service listens on; anything but loopback needs a key first (`paigong keys`)."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8470
    """Port the service listens on; 0: any free one."""
    allowed_hosts: Names = ()
    """Names under which the service may be called, e.g. plan.example.com,10.0.0.5; loopback always is."""
    data: Folder = None
    """Folder of the service's own data; off: the user's data folder."""
    database_url: Annotated[SecretStr | None, BeforeValidator(_none_if_off)] = None
    """Database, e.g. postgresql+psycopg://user:password@host/name; none: a SQLite file in the data folder."""
    workers: Annotated[int, Field(ge=1, le=256)] | None = None
    """Worker processes that compute runs; none: one for each processor."""
    worker_nice: Annotated[int, Field(ge=0, le=19)] = 10
    """How far workers stand back for the service itself, as `nice` has it."""
    worker_memory_mb: Annotated[int, Field(ge=500, le=10_000_000)] | None = None
    """Most memory of each worker process for its data, in megabytes, on Linux; a run that needs more fails and says so.
    An idle one takes 270, one that plans 3,000 jobs about 1,500, and so does the very first, which compiles
    the kernels; none: no limit."""
    studio: Annotated[int, Field(ge=1, le=64)] = 2
    """Processes for what is computed while the caller waits: explanations, checks, previews, VROOM requests."""
    dask: Annotated[str | None, BeforeValidator(_none_if_off)] = None
    """Scheduler of a Dask cluster that computes runs, e.g. tls://scheduler:8786; an open tcp:// one lets anybody who
    reaches it run code, so only on a private network; off: worker processes of its own."""
    dask_ca: Folder = None
    """Certificate of the authority that signs the cluster's certificates, for tls://."""
    dask_cert: Folder = None
    """Certificate of the service at the cluster, for tls://."""
    dask_key: Folder = None
    """Private key of that certificate."""
    run_limit_s: Annotated[int, Field(ge=1, le=86_400)] = 600
    """A run may search so many seconds at most."""
    run_tries: Annotated[int, Field(ge=1, le=10)] = 3
    """How often a run is begun again when its worker dies."""
    lease_s: Annotated[int, Field(ge=2, le=3600)] = 15
    """A run whose server has not been heard of for so many seconds is taken over by another."""
    queue: Annotated[int, Field(ge=1, le=100_000)] = 200
    """So many runs wait at most; further ones are refused with 429."""
    queue_each: Annotated[int, Field(ge=1, le=100_000)] = 50
    """So many of them at most for one key."""
    study_workers: Annotated[int, Field(ge=0, le=256)] | None = None
    """Worker processes that simulate a study, beside those of the runs and behind them; none: as many as compute runs;
    0: this server leaves studies to others."""
    study_queue: Annotated[int, Field(ge=1, le=100_000)] = 20
    """So many studies wait at most; further ones are refused with 429."""
    study_days: Annotated[int, Field(ge=1, le=100_000_000)] = 100_000
    """A study may simulate so many days at most: those of all chains of all its variants and questions, warm-up
    included."""
    body_mb: Annotated[int, Field(ge=1, le=1024)] = 32
    """Larger requests are refused."""
    body_s: Annotated[int, Field(ge=1, le=3600)] = 60
    """Seconds a client may take to send its request."""
    answer_s: Annotated[int, Field(ge=1, le=3600)] = 60
    """Seconds an answer that is computed at once (an explanation, a check) may take."""
    rate_each: Annotated[int, Field(ge=1, le=1_000_000)] = 12_000
    """Requests a minute for one key."""
    wrong_keys: Annotated[int, Field(ge=1, le=1_000_000)] = 10
    """Wrong keys a minute from one address; a right one is never kept out."""
    session_h: Annotated[int, Field(ge=1, le=720)] = 12
    """Hours a sign-in with a browser holds."""
    keep_runs_days: Annotated[int, Field(ge=1, le=36_500)] = 90
    """Days runs, their plans and old revisions are kept; what a board refers to stays."""
    keep_boards_days: Annotated[int, Field(ge=1, le=36_500)] = 730
    """Days a board is kept after its day, and a scenario without a board after its last change: both name customers."""
    keep_answers_h: Annotated[int, Field(ge=1, le=8760)] = 24
    """Hours an Idempotency-Key is remembered."""
    keep_audit_days: Annotated[int, Field(ge=1, le=36_500)] = 730
    """Days the record of who did what is kept."""
    offer_min: Annotated[int, Field(ge=1, le=1440)] = 30
    """Minutes for which a window of offers can be held or confirmed after they were asked for."""
    hold_min: Annotated[int, Field(ge=1, le=1440)] = 10
    """Minutes for which a held window is kept free."""
    keep_offers_h: Annotated[int, Field(ge=1, le=8760)] = 24
    """Hours offers are kept after their end: they name customers."""
    webhook_hosts: Names = ()
    """Hosts in private networks to which webhooks may be sent; public ones always are allowed."""
    webhook_tries: Annotated[int, Field(ge=1, le=50)] = 8
    """How often a message is sent before it is given up; the pauses grow from 10 seconds to an hour."""
    risk_min: Annotated[int, Field(ge=1, le=1440)] = 30
    """Minutes before the end of a promised window, or before a clock is due, from which on it is at risk unless it was
    kept."""
    log: Literal["text", "json"] = "text"
    """How the service writes its log to standard error: text for people, json for programs."""

    @classmethod
    def read(cls, **instead: str | None) -> Self:
        """Read the settings from the environment.

        Parameters
        ----------
        instead : values by field that go before the environment's

        Raises
        ------
        InvalidInput
            A variable has a value that cannot be used; lists all.
        """
        try:
            return cls(**instead)  # type: ignore[arg-type] # texts, as the environment has them
        except ValidationError as error:
            raise InvalidInput(tuple(_issues(error))) from None

    def cache_folder(self) -> Path | None:
        """Return the folder of the cache, or none where it is off or the user has none."""
        if self.cache == OFF:
            return None
        if self.cache is not None:
            return Path(self.cache)
        folder = _user_folder("XDG_CACHE_HOME", ".cache")
        return None if folder is None else folder / "paigong"

    def data_folder(self) -> Path:
        """Return the folder of the service's own data; without a home it is the working folder's ``paigong-data``."""
        if self.data is not None:
            return self.data
        folder = _user_folder("XDG_DATA_HOME", ".local/share")
        return Path("paigong-data") if folder is None else folder / "paigong"


_PLAINLY: Final = {
    "int_parsing": "The value should be a whole number.",
    "float_parsing": "The value should be a number.",
}
"""What pydantic says of text that is no number, in plain words."""


def variable(field: str) -> str:
    """Return the environment variable of a setting, e.g. ``PAIGONG_ROADS`` for ``roads``."""
    return PREFIX + field.upper()


def unknown_variables() -> tuple[str, ...]:
    """Return a sentence for each variable that looks like a setting and is none."""
    known = [variable(field) for field in Settings.model_fields]
    sentences = []
    for name in sorted(name.upper() for name in os.environ if name.upper().startswith(PREFIX)):
        if name not in known:
            near = get_close_matches(name.removeprefix(PREFIX).lower(), Settings.model_fields, n=1)
            hint = f" Did you mean {variable(near[0])}?" if near else ""
            sentences.append(f"{name} is no setting and is not read.{hint}")
    return tuple(sentences)


def _issues(error: ValidationError) -> list[Issue]:
    issues = []
    for complaint in error.errors(include_url=False, include_input=False):
        field = str(complaint["loc"][0]) if complaint["loc"] else ""
        cause = complaint["msg"].removeprefix("Value error, ").replace("Input should", "The value should")
        cause = _PLAINLY.get(complaint["type"], cause)
        issues.append(
            Issue(
                "bad-setting",
                variable(field),
                f"{cause[:1].upper()}{cause[1:].rstrip('.')}.",
                "Correct the environment variable, or unset it; `paigong settings` lists all.",
            )
        )
    return issues


def _user_folder(xdg: str, usual: str) -> Path | None:
    """Return a folder of the user's, as each system has it, or none for a user without a home."""
    for name in (xdg, "LOCALAPPDATA"):
        if (folder := os.environ.get(name)) and Path(folder).is_absolute():
            return Path(folder)
    try:
        return Path.home() / usual
    except RuntimeError:
        return None
