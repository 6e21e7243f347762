"""Names inside Chinese sentences: a space stands between Chinese and Latin letters, and nowhere else."""


def spaced(name: str) -> str:
    """Return a name as it stands between Chinese words, e.g. `` J2 `` but ``芙蓉门店``.

    Parameters
    ----------
    name : anybody's text
    """
    left = " " if name[:1].isascii() and name else ""
    right = " " if name[-1:].isascii() and name else ""
    return f"{left}{name}{right}"
