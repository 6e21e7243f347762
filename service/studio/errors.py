"""What can go wrong in the studio besides what the library says."""


class StudioBusy(Exception):
    """Too many wait already, nobody was free in time, or the studio is closing; nothing was computed."""


class TooLong(Exception):
    """The answer took longer than it may; the process was ended and replaced."""


class StudioFailed(Exception):
    """The work failed in a way nobody expected, or its process died.

    Parameters
    ----------
    error : name of the error's type, or what became of the process
    places : where in the program, without any values
    """

    def __init__(self, error: str, places: tuple[str, ...] = ()) -> None:
        self.error = error
        self.places = places
        super().__init__(error)
