"""Other people's text on the terminal."""

from optimizer.words.free_text import harmless


def plain(text: str) -> str:
    """Return text that cannot steer the terminal."""
    return harmless(text)
