"""What every part of the client has."""

from urllib.parse import quote

from service.client.connection import Connection


class Room:
    """Some of the service's operations.

    Parameters
    ----------
    connection : speaks with the service
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


def at(*steps: str) -> str:
    """Return an address; ids are the user's own texts and may hold any sign.

    Parameters
    ----------
    steps : the address's parts
    """
    return "/" + "/".join(quote(step, safe="") for step in steps)
