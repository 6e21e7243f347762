"""What is wrong with one cell."""


class Unreadable(Exception):
    """A cell does not hold what its column takes.

    Parameters
    ----------
    code : kind of mistake
    cause : what is wrong, one sentence
    action : what to do, one sentence
    """

    def __init__(self, code: str, cause: str, action: str) -> None:
        self.code = code
        self.cause = cause
        self.action = action
        super().__init__(cause)
