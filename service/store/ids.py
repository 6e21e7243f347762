"""Names of stored objects: they sort by the time they were made, and nobody can guess one."""

import secrets
import time
from typing import Final

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u: nothing is read wrongly


def new_id(kind: str) -> str:
    """Return a new id, e.g. ``run_06e3m5x2k9q8w7t1z4y0v6s3rn``.

    Parameters
    ----------
    kind : what it is the id of, in a few letters

    References
    ----------
    ULID, https://github.com/ulid/spec: 48 bits of milliseconds, 80 bits of chance.
    """
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    letters = [_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5)]
    return f"{kind}_{''.join(letters)}"
