"""What a column means, as the comment on its header says it."""

from typing import Final

from optimizer.interchange.workbook.columns.chinese import chinese
from optimizer.interchange.workbook.columns.column import Column, Kind, Sheet, field_at
from optimizer.words.language import Language, Words

_FORMS: Final[dict[Kind, Words]] = {
    "text": {"en": "Any text.", "zh": "文本。"},
    "word": {"en": "An id or a name.", "zh": "编号或名称。"},
    "number": {"en": "A number.", "zh": "数字。"},
    "whole": {"en": "A whole number.", "zh": "整数。"},
    "yes/no": {"en": "yes or no.", "zh": "是或否。"},
    "day": {"en": "A day.", "zh": "日期。"},
    "clock": {"en": "A local time of day.", "zh": "当地时间。"},
    "moment": {"en": "Day and local time.", "zh": "日期和当地时间。"},
    "choice": {"en": "One word of the list.", "zh": "从列表中选择。"},
    "words": {"en": "A list, separated by ;", "zh": "列表，用 ; 分隔。"},
    "wholes": {"en": "Whole numbers, separated by ;", "zh": "整数列表，用 ; 分隔。"},
    "days": {"en": "Days, separated by ;", "zh": "日期列表，用 ; 分隔。"},
    "levels": {"en": "Names with numbers, separated by ;", "zh": "名称: 数字，用 ; 分隔。"},
    "skills": {
        "en": "Skills with levels, separated by ;",
        "zh": "工种或工种/产品: 等级，用 ; 分隔；工种可写中文，如 维修/空调: 3。",
    },
    "no list": {"en": "yes: there are none at all.", "zh": "是或否。"},
    "no table": {"en": "yes: there are none at all.", "zh": "是或否。"},
    "value": {
        "en": "A number, a word, a time, yes or no; lists as JSON.",
        "zh": "数字、文字、时间、是或否；列表用 JSON。",
    },
}


def comment(sheet: Sheet, column: Column, language: Language) -> str:
    """Return the text of a header's comment: meaning, form, example, and what an empty cell means.

    Parameters
    ----------
    sheet : where the column stands
    column : the column
    language : language of the text
    """
    return "\n".join(
        line for line in (meaning(sheet, column, language), _ending(sheet, column, language)) if line
    )


def meaning(sheet: Sheet, column: Column, language: Language) -> str:
    """Return what a column means, with its form and an example, in one line.

    Parameters
    ----------
    sheet : where the column stands
    column : the column
    language : language of the text
    """
    said = f"{chinese(sheet.name, column.name)}。" if language == "zh" else _meaning(sheet, column)
    return " ".join(part for part in (said, _form(column, language), _example(column, language)) if part)


def _form(column: Column, language: Language) -> str:
    if column.choices is None:
        return _FORMS[column.kind][language]
    words = column.choices.values() if language == "zh" else column.choices
    return {"en": f"One of: {', '.join(words)}.", "zh": f"选其一：{'、'.join(words)}。"}[language]


def _example(column: Column, language: Language) -> str:
    if not column.example or column.choices or column.kind in ("yes/no", "no list", "no table"):
        return ""
    return {"en": f"E.g. {column.example}", "zh": f"例：{column.example}"}[language]


def _meaning(sheet: Sheet, column: Column) -> str:
    if column.kind in ("no list", "no table"):
        return "Without this an empty sheet means the usual ones."
    said = " ".join(sheet.described(column).split())
    return said.replace("``", "'")


def _ending(sheet: Sheet, column: Column, language: Language) -> str:
    if sheet.needed(column):
        return {"en": "Must be filled in.", "zh": "必填。"}[language]
    field = field_at(sheet.record, column.path) if column.path else None
    usual = None if field is None or field.is_required() else field.get_default(call_default_factory=True)
    if column.kind in ("no list", "no table"):
        return ""
    if isinstance(usual, bool):
        said = {"en": "yes" if usual else "no", "zh": "是" if usual else "否"}[language]
    elif isinstance(usual, str) and column.choices and usual in column.choices:
        said = column.choices[usual] if language == "zh" else usual
    elif usual is None or usual == "" or isinstance(usual, tuple | dict):
        return ""
    else:
        said = str(usual)
    return {"en": f"Empty: {said}.", "zh": f"不填：{said}。"}[language]
