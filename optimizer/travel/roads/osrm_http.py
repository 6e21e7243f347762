"""A road server that speaks OSRM's table and route services over HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.technician import Means
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.roads.chunks import Piece, table_in_pieces
from optimizer.travel.roads.osrm_answer import read_line, read_table, refusal
from optimizer.travel.roads.source import Drive, Line, RoadsUnavailable, RoadTable
from optimizer.travel.web_answer import PACKINGS, AnswerRefused, read_answer

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

_BYTES_A_CELL: Final = 80  # two numbers, written at any length a server may choose
_BYTES_A_POINT: Final = 2_000  # its street's name comes along
_BYTES_A_LINE: Final = 16_000_000  # about 700,000 points: longer than any drive
_WHOLE_ANSWER: Final = 10  # times the read time-out: a server that sends a byte now and then is given up
_BACKOFF_S: Final = 0.2
_LONGEST_BACKOFF_S: Final = 5.0
_LONGEST_WAIT_S: Final = 30.0  # for a busy server that says when to come back
_TRY_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_NO_ROAD: Final = frozenset({"NoRoute", "NoSegment"})


class _Again(RoadsUnavailable):
    """A failure that may be over in a moment.

    Parameters
    ----------
    reason : short, without addresses
    wait_s : seconds after which the server wants to be asked again
    """

    def __init__(self, reason: str, wait_s: float = 0.0) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


@dataclass(frozen=True)
class OsrmServer:
    """Asks a road server, in pieces as large as it allows; every answer is checked before it is used.

    Parameters
    ----------
    url : address, without the services' paths; it is called directly, whatever proxies the environment names
    profiles : the server's name for each means that goes by roads
    connect_s : seconds to wait until the server takes a call
    read_s : seconds to wait for the next bytes; an answer may take ten times as long in all
    tries : how often a request is tried
    side : at most so many places from and to in a request
    parallel : requests at the same time
    """

    url: str = field(repr=False)  # may hold a password
    profiles: Mapping[Means, str]
    connect_s: float = 3.0
    read_s: float = 30.0
    tries: int = 3
    side: int = 100
    parallel: int = 4
    backoff_s: float = field(default=_BACKOFF_S, repr=False)

    @property
    def identity(self) -> str:
        """The server's address without names and passwords."""
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    def knows(self, means: Means) -> bool:
        """Tell whether `means` goes by roads."""
        return means in self.profiles

    def profile(self, means: Means) -> str:
        """Return the server's name for `means`."""
        return self.profiles[means]

    def table(self, means: Means, points: Coordinates) -> RoadTable:
        """Return times and lengths between all points, see `RoadSource.table`."""
        texts = [f"{lon:.6f},{lat:.6f}" for lat, lon in zip(points.lat, points.lon, strict=True)]
        with self._client() as client:

            def ask(piece: Piece) -> tuple[RoadTable, NDArray[np.float32]]:
                most = _BYTES_A_CELL * len(piece.rows) * len(piece.columns)
                most += _BYTES_A_POINT * (len(piece.rows) + len(piece.columns) + 1)
                content = self._get(client, self._table_path(means, piece, texts), most)
                return read_table(content, len(piece.rows), len(piece.columns))

            return table_in_pieces(len(texts), self.side, self.parallel, ask)

    def lines(self, means: Means, drives: Sequence[Drive]) -> tuple[Line | None, ...]:
        """Return the line of each drive, see `RoadSource.lines`; after a failure no further one is asked for."""
        failed = Event()
        with (
            self._client() as client,
            ThreadPoolExecutor(self.parallel, thread_name_prefix="lines") as threads,
        ):

            def ask(drive: Drive) -> Line | None:
                if failed.is_set():
                    return None
                try:
                    return read_line(self._get(client, self._line_path(means, drive), _BYTES_A_LINE))
                except _NoRoad:
                    return ()
                except RoadsUnavailable:
                    failed.set()
                    return None

            return tuple(threads.map(ask, drives))

    def _line_path(self, means: Means, drive: Drive) -> str:
        ends = ";".join(f"{end.lon:.6f},{end.lat:.6f}" for end in drive)
        asked = "overview=full&geometries=geojson&generate_hints=false"
        return f"/route/v1/{self.profiles[means]}/{ends}?{asked}"

    def _table_path(self, means: Means, piece: Piece, texts: list[str]) -> str:
        rows, columns = ([texts[i] for i in part] for part in (piece.rows, piece.columns))
        asked = "annotations=duration,distance&generate_hints=false"
        # On the diagonal each point stands once, save that OSRM takes no table of a single point.
        if piece.rows == piece.columns and len(rows) > 1:
            columns, first = [], 0
        else:
            first = len(rows)
        sources = ";".join(str(i) for i in range(len(rows)))
        destinations = ";".join(str(first + i) for i in range(len(piece.columns)))
        points = ";".join(rows + columns)
        return (
            f"/table/v1/{self.profiles[means]}/{points}?{asked}&sources={sources}&destinations={destinations}"
        )

    @contextmanager
    def _client(self) -> "Iterator[httpx.Client]":
        import httpx  # a tenth of a second, which only those with a road server pay

        # Where customers live is told to nobody but the server that the operator named: no proxy, no redirect.
        with httpx.Client(
            timeout=httpx.Timeout(self.read_s, connect=self.connect_s, pool=None),
            headers={"User-Agent": "paigong", "Accept-Encoding": PACKINGS},
            follow_redirects=False,
            trust_env=False,
            verify=httpx.create_ssl_context(),  # with the certificates that SSL_CERT_FILE names
        ) as client:
            yield client

    def _get(self, client: "httpx.Client", path: str, most_bytes: int) -> bytes:
        """Return the body of an answer, after as many tries as are allowed."""
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

        backoff = wait_exponential(multiplier=self.backoff_s, max=_LONGEST_BACKOFF_S)

        def wait(state: "RetryCallState") -> float:
            failure = state.outcome.exception() if state.outcome else None
            return max(backoff(state), failure.wait_s if isinstance(failure, _Again) else 0.0)

        trying = Retrying(
            stop=stop_after_attempt(self.tries),
            wait=wait,
            retry=retry_if_exception_type(_Again),
            reraise=True,
        )
        return trying(self._get_once, client, path, most_bytes)

    def _get_once(self, client: "httpx.Client", path: str, most_bytes: int) -> bytes:
        import httpx

        try:
            with client.stream("GET", self.url + path) as answer:
                content = read_answer(answer, most_bytes=most_bytes, most_s=_WHOLE_ANSWER * self.read_s)
        except AnswerRefused as refused:
            raise RoadsUnavailable(f"its answer {refused}") from None
        except httpx.ConnectError:
            raise _Again("no connection to its address can be made") from None
        except httpx.ConnectTimeout:
            raise _Again("no connection to its address can be made") from None
        except httpx.TimeoutException:  # who was silent so long is not waited for again
            raise RoadsUnavailable("it did not answer in time") from None
        except httpx.TransportError:
            raise _Again("the connection broke") from None
        except (httpx.InvalidURL, UnicodeError):  # a host's name that is too long or misspelt is the latter
            raise RoadsUnavailable("its address cannot be used") from None
        return _sound(answer, content)


class _NoRoad(RoadsUnavailable):
    """The server knows no road there."""


def _sound(answer: "httpx.Response", content: bytes) -> bytes:
    """Return an answer's body, or raise what is wrong with it."""
    status, kind = answer.status_code, answer.headers.get("content-type", "")
    if status in _TRY_AGAIN:
        raise _Again(f"it answered with status {status}", _wait_s(answer.headers.get("retry-after", "")))
    if status != 200:
        word = refusal(content)
        if word in _NO_ROAD:
            raise _NoRoad(f"it refused the request with {word}")
        if word == "TooBig":
            raise RoadsUnavailable("it refused so many places at once; lower PAIGONG_ROADS_CHUNK")
        raise RoadsUnavailable(f"it refused the request with status {status} {word}".rstrip())
    if kind.partition(";")[0].strip().lower() not in ("application/json", "text/json"):
        raise RoadsUnavailable("its answer is no JSON")
    return content


def _wait_s(retry_after: str) -> float:
    """Return the seconds that a busy server asks for, within reason; a date instead of seconds counts as none."""
    text = retry_after.strip()
    return min(float(text), _LONGEST_WAIT_S) if text.isascii() and text.isdigit() else 0.0
