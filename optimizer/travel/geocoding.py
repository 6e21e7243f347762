"""Finds the places of addresses through a geocoder that the operator has named, and remembers what it answered.

Addresses are personal data: none is sent anywhere unless the setting `PAIGONG_GEOCODER` names a service, and the cache
holds fingerprints of addresses only.
"""

import hashlib
import json
import math
import unicodedata
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

import httpx

from optimizer import __version__
from optimizer.domain.place import CoordinateSystem, Place
from optimizer.errors import InvalidInput, Issue, TravelUnavailable
from optimizer.settings import Settings, variable
from optimizer.travel.address_cache import AddressCache, Found
from optimizer.travel.coordinates import from_wgs84, to_wgs84
from optimizer.travel.web_answer import PACKINGS, AnswerRefused, read_answer

if TYPE_CHECKING:
    from geopy.geocoders.base import Geocoder

LEAST_PAUSE_S: Final = 1.0
"""Between two questions to a service, as public services ask for."""

_TRIES: Final = 3
_WAIT_AFTER_ERROR_S: Final = 3.0
_TIMEOUT_S: Final = 20.0
_LONGEST_ADDRESS: Final = 300
_LARGEST_ANSWER: Final = 2_000_000  # bytes
_BAIDU_UNKNOWN: Final = "无相关结果"
_LONGEST_S: Final = 60.0  # for a whole answer


class Provider(NamedTuple):
    """A geocoding service that is known by name."""

    system: CoordinateSystem
    """What its coordinates refer to."""
    needs_key: bool
    """Whether it answers only with a key."""
    takes_url: bool
    """Whether it can stand at another address than the usual one."""


PROVIDERS: Final[dict[str, Provider]] = {
    "nominatim": Provider("WGS-84", needs_key=False, takes_url=True),
    "photon": Provider("WGS-84", needs_key=False, takes_url=True),
    "opencage": Provider("WGS-84", needs_key=True, takes_url=True),
    "baidu": Provider("BD-09", needs_key=True, takes_url=False),
}
"""Values of `PAIGONG_GEOCODER`."""


def geocode(
    addresses: Iterable[str],
    settings: Settings,
    *,
    system: CoordinateSystem = "WGS-84",
    pause_s: float = LEAST_PAUSE_S,
) -> dict[str, Place | None]:
    """Return where addresses are, or none where the service does not know; each is asked for once.

    Parameters
    ----------
    addresses : as somebody wrote them
    settings : name the service, its address and key, and the folder of the cache
    system : what the coordinates of the answer shall refer to
    pause_s : seconds between two questions to the service

    Returns
    -------
    A place with the address as it was given, or none, for each address.

    Raises
    ------
    InvalidInput
        No service is named, or the settings for it do not fit.
    TravelUnavailable
        The service does not answer; what it answered before is in the cache.
    """
    name = _checked(settings)
    asked = dict.fromkeys(addresses)
    folder = settings.cache_folder()
    with AddressCache(None if folder is None else folder / "geocodes.jsonl") as cache:
        ask: Callable[[str], Found | None] | None = None
        found: dict[str, Found | None] = {}
        for address in asked:
            text = normalised(address)
            key = _key(name, settings.geocoder_url, text)
            if not text:
                found[address] = None
                continue
            if key not in cache:
                ask = ask or _asking(name, settings, pause_s)
                cache.remember(key, ask(text))
            found[address] = cache.recall(key)
    return {address: _place(address, at, system) for address, at in found.items()}


def normalised(address: str) -> str:
    """Return an address as it is asked for: one form of each letter, single spaces, nothing unprintable."""
    text = unicodedata.normalize("NFKC", address)
    shown = "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(shown.split())[:_LONGEST_ADDRESS]


def _checked(settings: Settings) -> str:
    """Return the service's name; refuse settings that do not fit, all at once."""
    name = (settings.geocoder or "").lower()
    known = ", ".join(PROVIDERS)
    if not name:
        raise _refused("geocoder", "No geocoder is set.", f"Set it to one of: {known}.")
    if name not in PROVIDERS:
        raise _refused("geocoder", f"There is no geocoder {name!r}.", f"Set it to one of: {known}.")
    provider, issues = PROVIDERS[name], []
    if provider.needs_key and settings.geocoder_key is None:
        issues.append(_issue("geocoder_key", f"{name} answers only with a key.", "Set the key."))
    if settings.geocoder_url is not None and not provider.takes_url:
        issues.append(_issue("geocoder_url", f"{name} stands at its own address.", "Unset it."))
    if issues:
        raise InvalidInput(tuple(issues))
    return name


def _asking(name: str, settings: Settings, pause_s: float) -> Callable[[str], Found | None]:
    """Return what asks the service: not too often, again after an error, and never without an end."""
    from geopy.exc import GeopyError  # imported here: rarely needed
    from geopy.extra.rate_limiter import RateLimiter

    limited = RateLimiter(
        _geocoder(name, settings).geocode,
        min_delay_seconds=pause_s,
        max_retries=_TRIES - 1,
        error_wait_seconds=max(pause_s, min(_WAIT_AFTER_ERROR_S, 3 * pause_s)),
        swallow_exceptions=False,
    )

    def ask(text: str) -> Found | None:
        try:
            with warnings.catch_warnings():
                # About latitudes beyond a pole, which are refused.
                warnings.simplefilter("ignore", UserWarning)
                answer = limited(text)
        except (GeopyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise TravelUnavailable(f"The geocoder {name} {_failure(error)}") from None
        if answer is None:
            return None
        return _in_gps(float(answer.latitude), float(answer.longitude), PROVIDERS[name].system)

    return ask


def _failure(error: Exception) -> str:
    """Return what a failure means to whoever waits for addresses."""
    # Other than geopy's own errors: an answer that is not built as the service's answers are.
    from geopy.exc import GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, GeocoderServiceError

    kept = "what it answered before is kept."
    if isinstance(error, GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges):
        return f"does not take the key; check {variable('geocoder_key')}, {kept}"
    what = "does not answer" if isinstance(error, GeocoderServiceError) else "answers nonsense"
    return f"{what} ({type(error).__name__}); try again later, {kept}"


def _geocoder(name: str, settings: Settings) -> "Geocoder":
    from geopy.geocoders import Nominatim, OpenCage, Photon

    usual: dict[str, Any] = {
        "user_agent": f"paigong/{__version__}",
        "timeout": _TIMEOUT_S,
        "adapter_factory": _adapter(),
    }
    if settings.geocoder_url is not None:
        parts = urlsplit(settings.geocoder_url)
        usual |= {"scheme": parts.scheme, "domain": f"{parts.netloc}{parts.path}"}
    key = "" if settings.geocoder_key is None else settings.geocoder_key.get_secret_value()
    match name:
        case "nominatim":
            return Nominatim(**usual)
        case "photon":
            return Photon(**usual)
        case "opencage":
            return OpenCage(key, **usual)
        case _:
            return _baidu(key, usual)


def _baidu(key: str, usual: dict[str, Any]) -> "Geocoder":
    """Return Baidu's geocoder, which takes an unknown address for an error of its own: that is an answer too."""
    from geopy.geocoders import BaiduV3

    class Baidu(BaiduV3):  # type: ignore[misc]  # geopy has no types
        def _parse_json(self, page: Any, exactly_one: bool = True) -> Any:
            if page.get("status") == 1 and _BAIDU_UNKNOWN in str(page.get("msg")):
                return None
            return super()._parse_json(page, exactly_one=exactly_one)

    return Baidu(key, **usual)


def _adapter() -> Callable[..., Any]:
    """Return geopy's way to the web with a limit on the size of answers, and without redirects."""
    from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
    from geopy.exc import GeocoderServiceError, GeocoderTimedOut

    class Bounded(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
        def __init__(self, *, proxies: object, ssl_context: object) -> None:
            super().__init__(proxies=proxies, ssl_context=ssl_context)

        def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))

        def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
            try:
                return self._read(url, timeout, headers)
            except httpx.TimeoutException:
                raise GeocoderTimedOut("no answer in time") from None
            except httpx.HTTPError as error:
                raise GeocoderServiceError(type(error).__name__) from None

        def _read(self, url: str, timeout: float, headers: dict[str, str]) -> str:
            asked = {**headers, "Accept-Encoding": PACKINGS}
            with httpx.stream("GET", url, timeout=timeout, headers=asked, follow_redirects=False) as answer:
                try:
                    body = read_answer(answer, most_bytes=_LARGEST_ANSWER, most_s=_LONGEST_S)
                except AnswerRefused as refused:
                    raise GeocoderServiceError(f"the answer {refused}") from None
                text = body.decode(errors="replace")
                if answer.status_code != httpx.codes.OK:
                    raise AdapterHTTPError(
                        f"status {answer.status_code}",
                        status_code=answer.status_code,
                        headers=dict(answer.headers),
                        text=text,
                    )
            return text

    return Bounded


def _in_gps(lat: float, lon: float, system: CoordinateSystem) -> Found:
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("no place on earth")
    there = to_wgs84([lat], [lon], system)
    return Found(float(there.lat[0]), float(there.lon[0]))


def _place(address: str, at: Found | None, system: CoordinateSystem) -> Place | None:
    if at is None:
        return None
    there = from_wgs84([at.lat], [at.lon], system)
    # Six decimals are 11 cm; what the iteration leaves behind them is not the service's answer.
    return Place(lat=round(float(there.lat[0]), 6), lon=round(float(there.lon[0]), 6), address=address)


def _key(name: str, url: str | None, text: str) -> str:
    return hashlib.sha256(f"{name}\n{url or ''}\n{text.casefold()}".encode()).hexdigest()


def _refused(field: str, cause: str, action: str) -> InvalidInput:
    return InvalidInput((_issue(field, cause, action),))


def _issue(field: str, cause: str, action: str) -> Issue:
    return Issue("bad-setting", variable(field), cause, action)
