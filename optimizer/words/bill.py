"""What a change does to the bill, in words."""

from optimizer.words.language import Language
from optimizer.words.numbers import money


def bill_change(cents: int, language: Language = "en") -> str:
    """Return what the bill does, e.g. ``the bill rises by ¥12.30`` or ``账单增加 ¥12.30``.

    Parameters
    ----------
    cents : by how much it changes; below 0: it falls
    language : English or Chinese
    """
    if language == "zh":
        return "账单不变" if cents == 0 else f"账单{'增加' if cents > 0 else '减少'} {money(abs(cents))}"
    if cents == 0:
        return "the bill stays the same"
    return f"the bill {'rises' if cents > 0 else 'falls'} by {money(abs(cents))}"
