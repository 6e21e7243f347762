"""Finds a font for the sheets: one with Chinese characters, and which signs no font has."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from optimizer.errors import UnsupportedFeature

if TYPE_CHECKING:
    import typst

PREFERRED: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Serif CJK SC",
    "SimSun",
)
"""Fonts that look good on a sheet, the best first; any other font with Chinese characters will do."""

LATIN: Final = ("Liberation Sans", "DejaVu Sans", "Arial", "Libertinus Serif")
"""Fonts for sheets without a Chinese character; the last one comes with the typesetter."""

REPLACEMENT: Final = "□"
"""Stands for a sign that no font has."""

ARCHIVAL: Final = "a-2b"
"""PDF/A: every glyph is embedded, and a sign that no font has is an error instead of an empty box."""

_SAMPLE: Final = "派工单技术员地址"
_PROBE: Final = b"""#set document(date: datetime(year: 2000, month: 1, day: 1))
#set page(width: auto, height: auto)
#set text(font: sys.inputs.font, fallback: sys.inputs.fallback == "yes")
#json(bytes(sys.inputs.signs)).join(" ")
"""
NO_CHINESE_FONT: Final = (
    "No font with Chinese characters was found. Install one (on Debian: apt install fonts-noto-cjk), "
    "or name a folder that holds one in PAIGONG_FONTS."
)


def fonts_in(folders: Sequence[Path]) -> "typst.Fonts":
    """Return the fonts of the system and of further folders.

    Parameters
    ----------
    folders : folders with font files

    Raises
    ------
    UnsupportedFeature
        One of the folders is not there.
    """
    import typst  # imported here: only the PDF needs the typesetter

    for folder in folders:
        if not folder.is_dir():
            raise UnsupportedFeature(
                f"PAIGONG_FONTS names {folder}, which is no folder. Correct or unset it."
            )
    return typst.Fonts(font_paths=[str(folder) for folder in folders])


def main_font(fonts: "typst.Fonts", text: str) -> str:
    """Return the font that a text is set in.

    Parameters
    ----------
    fonts : what there is
    text : everything that is printed

    Raises
    ------
    UnsupportedFeature
        The text has Chinese characters and no font has them.
    """
    there = fonts.families()
    known = [name for name in PREFERRED if name in there]
    if not any("\u4e00" <= sign <= "\u9fff" for sign in text):
        return next(name for name in (*known, *LATIN, *there) if name in there)
    for name in (*known, *(name for name in there if name not in PREFERRED)):
        if _has_all(fonts, name, _SAMPLE, fallback=False):
            return name
    raise UnsupportedFeature(NO_CHINESE_FONT)


def missing_signs(fonts: "typst.Fonts", name: str, text: str) -> frozenset[str]:
    """Return the signs of a text that neither its font nor any other there has.

    Parameters
    ----------
    fonts : what there is
    name : the font the text is set in
    text : everything that is printed
    """
    signs = sorted(sign for sign in set(text) if not sign.isspace())
    return frozenset(_missing(fonts, name, signs))


def _missing(fonts: "typst.Fonts", name: str, signs: Sequence[str]) -> Iterator[str]:
    """Halve the signs until those remain that cannot be set."""
    if not signs or _has_all(fonts, name, signs, fallback=True):
        return
    if len(signs) == 1:
        yield signs[0]
        return
    middle = len(signs) // 2
    yield from _missing(fonts, name, signs[:middle])
    yield from _missing(fonts, name, signs[middle:])


def _has_all(fonts: "typst.Fonts", name: str, signs: Iterable[str], *, fallback: bool) -> bool:
    import json

    import typst

    inputs = {"font": name, "fallback": "yes" if fallback else "no", "signs": json.dumps(list(signs))}
    stamp = datetime(2000, 1, 1, tzinfo=UTC)
    try:
        typst.compile(_PROBE, font_paths=fonts, sys_inputs=inputs, pdf_standards=[ARCHIVAL], timestamp=stamp)
    except typst.TypstError:
        return False
    return True
