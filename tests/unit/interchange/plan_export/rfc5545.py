"""A strict reader of calendars that knows nothing of the library that writes them."""

import re
from typing import NamedTuple


class Line(NamedTuple):
    """A property: its name, its parameters as written, its value with escapes taken back."""

    name: str
    parameters: str
    value: str


class Part(NamedTuple):
    """A component with its properties and the components in it."""

    name: str
    lines: list[Line]
    parts: list["Part"]

    def one(self, name: str) -> Line:
        """Return the only property of that name."""
        (line,) = (line for line in self.lines if line.name == name)
        return line

    def all_parts(self, name: str) -> list["Part"]:
        """Return the components of that name."""
        return [part for part in self.parts if part.name == name]


TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT"}


def read(content: bytes) -> Part:
    """Return the calendar; fails at the first thing that RFC 5545 does not allow."""
    assert content.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content), "section 3.1: lines end with CR LF"
    physical = content[:-2].split(b"\r\n")
    for octets in physical:
        assert 0 < len(octets) <= 75, "section 3.1: at most 75 octets"
        octets.decode()  # no letter is cut in two
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", octets), "section 3.1: no control characters"
    unfolded = content[:-2].replace(b"\r\n ", b"").split(b"\r\n")
    top = Part("", [], [])
    open_parts = [top]
    for raw in unfolded:
        line = _line(raw.decode())
        if line.name == "BEGIN":
            part = Part(line.value, [], [])
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif line.name == "END":
            assert open_parts.pop().name == line.value
        else:
            open_parts[-1].lines.append(line)
    assert open_parts == [top]
    (calendar,) = top.parts
    _calendar(calendar)
    return calendar


def _line(text: str) -> Line:
    match = re.fullmatch(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', text)
    assert match, text
    name, parameters, value = match.groups()
    if name in TEXTS or name.startswith("X-WR-CALNAME"):
        assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), "section 3.3.11: escaped"
        value = re.sub(r"\\(.)", lambda mark: "\n" if mark[1] in "nN" else mark[1], value)
    return Line(name, parameters, value)


def _calendar(calendar: Part) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.one("VERSION").value == "2.0"
    assert calendar.one("PRODID").value
    zones = {zone.one("TZID").value for zone in calendar.all_parts("VTIMEZONE")}
    events = calendar.all_parts("VEVENT")
    assert events
    for event in events:
        assert re.fullmatch(r"\d{8}T\d{6}Z", event.one("DTSTAMP").value), "section 3.8.7.2: UTC"
        start, end = event.one("DTSTART"), event.one("DTEND")
        for moment in (start, end):
            named = re.fullmatch(r";TZID=(.+)", moment.parameters)
            assert moment.value.endswith("Z") if named is None else named[1] in zones
        if start.parameters == end.parameters:
            assert start.value < end.value
        assert event.one("TRANSP").value in ("OPAQUE", "TRANSPARENT")
        assert int(event.one("SEQUENCE").value) >= 0
        for alarm in event.all_parts("VALARM"):
            assert alarm.one("ACTION").value == "DISPLAY"
            assert alarm.one("DESCRIPTION").value
            # Section 3.3.6: no sign is a plus; whoever wakes at the door calls at the moment the visit starts.
            trigger = r"P0D|-P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?"
            assert re.fullmatch(trigger, alarm.one("TRIGGER").value)
    uids = [event.one("UID").value for event in events]
    assert len(uids) == len(set(uids)), "section 3.8.4.7: unique"
