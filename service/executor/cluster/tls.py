"""The certificates of a cluster."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class TlsFiles:
    """The files with which server, scheduler and workers know each other; PEM.

    Parameters
    ----------
    ca : certificate of the authority that signed all the others
    cert : our certificate
    key : our key
    """

    ca: Path
    cert: Path
    key: Path
