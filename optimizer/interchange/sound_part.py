"""What is well-formed in a scenario with mistakes, so that its contradictions are named along with them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pydantic import ValidationError

from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.interchange.source_text import Path, Value, parse_path

_IDS = {"branches": "branch_id", "technicians": "technician_id", "jobs": "job_id", "promises": "", "pins": ""}
"""Lists of which single entries can be set aside, and what other records call an entry by."""

_NEEDED = frozenset({"horizon", "time_zone", *_IDS})
"""Without these, too much else would look wrong."""

_ENTRY = re.compile(rf"(?<![\w.])({'|'.join(_IDS)})\[(\d+)\]")
"""An entry of one of these lists; not e.g. `groups[0].jobs[1]`, which is another list."""


class SoundPart(NamedTuple):
    """A scenario without the records that are wrong by themselves."""

    scenario: Scenario
    """What is left."""
    content: Value
    """What the file holds."""
    rows: dict[str, list[int]]
    """Position in the file of each entry that is left, by list."""
    set_aside: frozenset[str]
    """Ids of the records that were set aside; naming them is no mistake."""

    def in_file(self, issues: Iterable[Issue]) -> Iterator[Issue]:
        """Yield the issues of what is left as issues of the file.

        Parameters
        ----------
        issues : what contradicts itself in `scenario`
        """
        for issue in issues:
            path, cause = self._renumbered(issue.path), self._renumbered(issue.cause)
            if not (issue.code.startswith("unknown-") and self._value(parse_path(path)) in self.set_aside):
                yield replace(issue, path=path, cause=cause)

    def _renumbered(self, text: str) -> str:
        return _ENTRY.sub(self._entry_in_file, text)

    def _entry_in_file(self, entry: re.Match[str]) -> str:
        rows, row = self.rows[entry[1]], int(entry[2])
        if row >= len(rows):  # no place but somebody's own text, e.g. an id that looks like one
            return entry[0]
        return f"{entry[1]}[{rows[row]}]"

    def _value(self, path: Path) -> str | None:
        value = self.content
        for part in path:
            if isinstance(value, dict):
                value = value.get(str(part))
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
        return value if isinstance(value, str) else None


def sound_part(content: Value, error: ValidationError) -> SoundPart | None:
    """Return what is well-formed, or none where too little is.

    Parameters
    ----------
    content : what the file holds
    error : everything that is wrong with its records
    """
    if not isinstance(content, dict):
        return None
    left = dict(content)
    rows = {name: list(range(len(_list_of(content, name)))) for name in _IDS}
    set_aside: set[str] = set()
    for loc in {complaint["loc"][:2] for complaint in error.errors(include_url=False)}:
        name, inner = str(loc[0]) if loc else "", loc[1] if len(loc) > 1 else None
        policy = left.get("policy")
        if name in _IDS and isinstance(inner, int):
            rows[name].remove(inner)
            entry = _list_of(content, name)[inner]
            known_as = entry.get(_IDS[name]) if isinstance(entry, dict) else None
            set_aside |= {known_as} if isinstance(known_as, str) else set()
        elif name == "policy" and isinstance(policy, dict) and inner not in (None, "job_types", "kits"):
            left["policy"] = {key: value for key, value in policy.items() if key != inner}
        elif name == "name":
            left["name"] = "?"
        elif name in _NEEDED or name == "policy" or name not in left:
            return None
        else:
            del left[name]
    left |= {name: [_list_of(content, name)[row] for row in rows[name]] for name in _IDS if name in left}
    try:
        scenario = Scenario.model_validate(left)
    except ValidationError:
        return None
    return SoundPart(scenario, content, rows, frozenset(set_aside))


def double_ids(content: Value) -> Iterator[Issue]:
    """Yield the ids used twice, whatever else is wrong with the records that bear them.

    Parameters
    ----------
    content : what the file holds
    """
    for name, field in _IDS.items():
        first: dict[str, int] = {}
        for row, entry in enumerate(_list_of(content, name) if field and isinstance(content, dict) else ()):
            known_as = entry.get(field) if isinstance(entry, dict) else None
            if not isinstance(known_as, str):
                continue
            if known_as in first:
                cause = f"The id {known_as!r} is already used at {name}[{first[known_as]}]."
                yield Issue("duplicate-id", f"{name}[{row}].{field}", cause, "Give each its own id.")
            first.setdefault(known_as, row)


def _list_of(content: dict[str, Value], name: str) -> list[Value]:
    found = content.get(name)
    return found if isinstance(found, list) else []
