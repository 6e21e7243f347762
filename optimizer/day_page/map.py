"""The map of a day as what its drawing needs: frames with routes, stops, branches and jobs that are left out."""

import math
from collections.abc import Iterator, Sequence
from typing import Final

from optimizer.day_page.book import Book
from optimizer.day_page.frames import Area, Frame, frames, neighbourhoods
from optimizer.day_page.labels import LABELS
from optimizer.day_page.left_out import SIGNS
from optimizer.day_page.map_loads import load_marks
from optimizer.day_page.map_nights import night_marks
from optimizer.day_page.map_parts import (
    BranchMark,
    Circle,
    FrameView,
    LeftOutMark,
    Note,
    RouteLine,
    StopMark,
    ToolLine,
)
from optimizer.day_page.placing import Label, Sheet
from optimizer.day_page.projection import Flat, Projection, centred
from optimizer.day_page.text import fitted, width
from optimizer.day_page.tied import tied_lines
from optimizer.domain.plan import Leg, ShiftPlan, ToolPlan
from optimizer.domain.route_shape import ShapeKey
from optimizer.domain.technician import Means
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.settings import params_of
from optimizer.words.moments import span
from optimizer.words.names import PRIORITY_NAMES
from optimizer.words.numbers import kilometres
from optimizer.words.tied_stops import piece_name

LETTERS: Final = 9.0
"""Height of a label's letters, in the drawing's units."""
LEAST_NAMED: Final = 60.0
"""A smaller circle is drawn without its name."""
CROWDED: Final = 450
"""With more stops a frame shows dots, and labels only for the technician looked at."""
_ARROWS: Final = "→↘↓↙←↖↑↗"
_FINEST: Final = 0.7  # points of a line that lie closer together are one, in the drawing's units


def day_map(
    book: Book, shifts: Sequence[ShiftPlan], left_out: Sequence[str], tools: Sequence[ToolPlan] = ()
) -> tuple[FrameView, ...]:
    """Return the frames of a day's map.

    Parameters
    ----------
    book : names, marks and places
    shifts : the day's shifts with work
    left_out : jobs left out that could be served on that day
    tools : the shared tools that are out on that day
    """
    drawing = _Drawing(book, shifts, left_out, tools)
    return tuple(drawing.view(number) for number in range(len(drawing.frames)))


class _Drawing:
    """The day's places on the flat map, and its frames."""

    def __init__(
        self, book: Book, shifts: Sequence[ShiftPlan], left_out: Sequence[str], tools: Sequence[ToolPlan]
    ) -> None:
        self.book, self.shifts, self.left_out, self.tools = book, shifts, left_out, tools
        self.projection = self._projection()
        self.flat = {name: self.projection.flat(point) for name, point in book.points.items()}
        self.branches = {
            one.branch_id: self.flat[f"branch:{one.branch_id}"] for one in book.scenario.branches
        }
        self.areas = self._areas()
        self.frames = frames(self.areas)

    def _projection(self) -> Projection:
        names = [f"branch:{one.branch_id}" for one in self.book.scenario.branches]
        names += [f"job:{one.job_id}" for one in self.book.scenario.jobs]
        return centred(self.book.points[name] for name in names)

    def _areas(self) -> tuple[Area, ...]:
        areas = []
        for group in neighbourhoods(self.branches):
            places = [
                self.flat[name]
                for shift in self.shifts
                if self.book.technicians[shift.technician_id].branch_id in group
                for name in _places(shift)
            ]
            places += [self.flat[f"job:{one}"] for one in self.left_out if self._nearest(one) in group]
            if places:
                areas.append(Area(group, tuple([self.branches[one] for one in group] + places)))
        return tuple(areas) or (Area(tuple(self.branches), tuple(self.branches.values())),)

    def _nearest(self, job_id: str) -> str:
        here = self.flat[f"job:{job_id}"]
        return min(self.branches, key=lambda one: math.dist(self.branches[one], here))

    def view(self, number: int) -> FrameView:
        """Return a frame with everything on it."""
        frame, book = self.frames[number], self.book
        details = tuple(one for one in self.frames if not one.is_overview) if frame.is_overview else ()
        step_km = _round_length(frame.box.width / 5)
        sheet = Sheet(frame.width, frame.height)
        sheet.block(Label(frame.width - 16, 17, 24, 32))  # the north arrow
        bar = step_km * frame.scale + 12
        sheet.block(Label(6 + bar / 2, frame.height - 14, bar, 22))
        branches = tuple(self._branches(frame, sheet))
        circles = tuple(self._circles(frame, sheet))
        shifts = [one for one in self.shifts if self._in_area(one, frame)]
        stops = sum(len(one.stops) for one in shifts)
        crowded = stops > CROWDED
        return FrameView(
            number=number,
            frame=frame,
            title=self._title(frame),
            crowded=crowded,
            across=tuple(_lines(frame.box.west, frame.box.east, step_km, frame.scale)),
            down=tuple(_lines(frame.box.north, frame.box.south, step_km, frame.scale)),
            scale_units=step_km * frame.scale,
            scale_text=kilometres(step_km * 1000, book.language),
            circles=tuple(one for one in circles if one.radius),
            within=tuple(one.text for one in circles if not one.radius),
            routes=tuple(self._route(one, frame, details, None if crowded else sheet) for one in shifts),
            tools=tuple(
                self._tool_line(one, frame) for one in self.tools if self._of_area(one.branch_id, frame)
            ),
            left_out=tuple(self._left_out_marks(frame, details, None if crowded else sheet)),
            branches=branches,
            details=tuple(_rectangle(frame, one) for one in details),
            notes=() if frame.is_overview or crowded else tuple(self._notes(shifts, frame, sheet)),
        )

    def _title(self, frame: Frame) -> str:
        labels = LABELS[self.book.language]
        if frame.is_overview:
            return labels["everything"]
        if len(self.areas) == 1:
            return labels["densest"]
        return ", ".join(self.book.branch(one) for one in frame.branch_ids)

    def _in_area(self, shift: ShiftPlan, frame: Frame) -> bool:
        return self._of_area(self.book.technicians[shift.technician_id].branch_id, frame)

    def _of_area(self, branch_id: str, frame: Frame) -> bool:
        return frame.is_overview or branch_id in frame.branch_ids

    def _branches(self, frame: Frame, sheet: Sheet) -> Iterator[BranchMark]:
        for branch_id, here in self.branches.items():
            if frame.box.holds(here):
                point = frame.drawn(here)
                sheet.block(Label(point.x, point.y, 14, 14))
                name = fitted(self.book.branch(branch_id), 150, LETTERS)
                wide = width(name, LETTERS, bold=True) + 4
                label = sheet.place(Flat(point.x, point.y + 15), wide, 12)
                yield BranchMark(name, point, Flat(label.x, label.y), len(self.branches) <= 30)

    def _circles(self, frame: Frame, sheet: Sheet) -> Iterator[Circle]:
        usual_km = params_of(ARRIVE_NEAR, self.book.scenario.policy).service_radius_km
        for branch in self.book.scenario.branches:
            here = self.branches[branch.branch_id]
            radius_km = branch.service_radius_km or usual_km
            text = f"{self.book.branch(branch.branch_id)} {kilometres(radius_km * 1000, self.book.language)}"
            corners = [Flat(x, y) for x in frame.box[::2] for y in frame.box[1::2]]
            if max(math.dist(here, corner) for corner in corners) <= radius_km:
                yield Circle(Flat(0, 0), 0, text, None)
            elif math.dist(here, frame.box.nearest(here)) <= radius_km:
                text = fitted(text, 160, LETTERS)
                large = radius_km * frame.scale >= LEAST_NAMED
                point = _on_circle(frame, here, radius_km) if large else None
                label = None if point is None else sheet.place(point, width(text, LETTERS), 12)
                yield Circle(frame.drawn(here), radius_km * frame.scale, text, label)

    def _route(
        self, shift: ShiftPlan, frame: Frame, details: Sequence[Frame], sheet: Sheet | None
    ) -> RouteLine:
        mark = self.book.marks[shift.technician_id]
        path = "".join(self._line(leg, shift.means, frame) for leg in shift.legs)
        stops = tuple(self._stops(shift, frame, details, sheet))
        nights = night_marks(self.book, self.flat, shift, frame, details, sheet)
        loads = load_marks(self.book, self.flat, shift, frame, details, sheet)
        return RouteLine(mark, path, stops, tuple(nights), tuple(loads))

    def _tool_line(self, route: ToolPlan, frame: Frame) -> ToolLine:
        path = "".join(self._line(leg, route.means, frame) for leg in route.legs)
        return ToolLine(self.book.tool_key(route), piece_name(self.book, route), path)

    def _line(self, leg: Leg, means: Means, frame: Frame) -> str:
        shape = self.book.shapes.get(ShapeKey(means, leg.from_place, leg.to_place), ())
        ends = (self.flat[leg.from_place], self.flat[leg.to_place])
        between = [self.projection.flat(point) for point in shape]
        points = [frame.drawn(one) for one in (ends[0], *between, ends[1])]
        kept = points[:1]
        for one in points[1:-1]:
            if math.dist(one, kept[-1]) >= _FINEST:
                kept.append(one)
        drawn = [*kept, points[-1]]
        if len({(number(one.x), number(one.y)) for one in drawn}) == 1:
            return ""
        return "M" + "L".join(f"{number(one.x)} {number(one.y)}" for one in drawn)

    def _stops(
        self, shift: ShiftPlan, frame: Frame, details: Sequence[Frame], sheet: Sheet | None
    ) -> Iterator[StopMark]:
        mark, book = self.book.marks[shift.technician_id], self.book
        for place, stop in enumerate(shift.stops, start=1):
            here = self.flat[f"job:{stop.job_id}"]
            if not frame.box.holds(here) or any(one.box.holds(here) for one in details):
                continue
            point, label = frame.drawn(here), f"{mark.letters}{place}"
            wide = width(label, LETTERS, bold=True) + 5
            box = Label(point.x, point.y, wide, 12) if sheet is None else sheet.place(point, wide, 12)
            title = f"{label} · {stop.job_id} · {span(stop.start, stop.end, book.zone)}"
            title = "\n".join([title, book.spot(stop.job_id), *tied_lines(book, stop)])
            yield StopMark(book.job_number[stop.job_id], label, title, point, box)

    def _left_out_marks(
        self, frame: Frame, details: Sequence[Frame], sheet: Sheet | None
    ) -> Iterator[LeftOutMark]:
        for job_id in self.left_out:
            here, job = self.flat[f"job:{job_id}"], self.book.jobs[job_id]
            if frame.box.holds(here) and not any(one.box.holds(here) for one in details):
                point = frame.drawn(here)
                box = Label(point.x, point.y, 14, 14) if sheet is None else sheet.place(point, 14, 14)
                name = PRIORITY_NAMES[job.priority][self.book.language]
                title = f"{job_id} · {name}\n{self.book.spot(job_id)}"
                number_ = self.book.job_number[job_id]
                yield LeftOutMark(number_, job.priority, SIGNS[job.priority], title, point, box)

    def _notes(self, shifts: Sequence[ShiftPlan], frame: Frame, sheet: Sheet) -> Iterator[Note]:
        """Yield for each run of stops beyond the frame which ones, whereto and how far."""
        for shift in shifts:
            mark = self.book.marks[shift.technician_id]
            for first, last, far in self._runs(shift, frame):
                edge = frame.box.nearest(far)
                km = kilometres(math.dist(edge, far) * 1000, self.book.language)
                which = f"{mark.letters}{first}" if first == last else f"{mark.letters}{first}–{last}"
                text = f"{which} {_arrow(edge, far)} {km}"
                wide, drawn = width(text, LETTERS, bold=True) + 6, frame.drawn(edge)
                inside = Flat(
                    min(max(drawn.x, wide / 2 + 2), frame.width - wide / 2 - 2),
                    min(max(drawn.y, 9.0), frame.height - 9.0),
                )
                yield Note(mark, text, sheet.place(inside, wide, 13))

    def _runs(self, shift: ShiftPlan, frame: Frame) -> Iterator[tuple[int, int, Flat]]:
        """Yield the first and the last of stops in a row beyond the frame, and the farthest place of them."""
        run: list[tuple[int, Flat]] = []
        places = [self.flat[f"job:{stop.job_id}"] for stop in shift.stops]
        for place, here in enumerate([*places, None], start=1):
            if here is not None and not frame.box.holds(here):
                run.append((place, here))
            elif run:
                far = max((one for _, one in run), key=lambda one: math.dist(one, frame.box.nearest(one)))
                yield run[0][0], run[-1][0], far
                run = []


def number(value: float) -> str:
    """Write a length of a drawing, at most one decimal, as short as possible."""
    written = f"{value:.1f}"
    return written[:-2] if written.endswith(".0") else written


def _places(shift: ShiftPlan) -> Iterator[str]:
    yield shift.first_leg.from_place
    yield from (leg.to_place for leg in shift.legs)


def _rectangle(frame: Frame, inner: Frame) -> Label:
    west_north = frame.drawn(Flat(inner.box.west, inner.box.north))
    wide, high = inner.box.width * frame.scale, inner.box.height * frame.scale
    return Label(west_north.x, west_north.y, wide, high)


def _lines(begin_km: float, end_km: float, step_km: float, scale: float) -> Iterator[float]:
    for one in range(math.ceil(begin_km / step_km), math.floor(end_km / step_km) + 1):
        yield (one * step_km - begin_km) * scale


def _round_length(km: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, … that is not above a length."""
    power = 10.0 ** math.floor(math.log10(km))
    return max(step * power for step in (1, 2, 5) if step * power <= km * (1 + 1e-9))


def _on_circle(frame: Frame, centre: Flat, radius_km: float) -> Flat | None:
    """Return where the name of a circle stands: on it, near its top, inside the frame."""
    for turn in range(0, 181, 10):
        for side in (1, -1):
            angle = math.radians(turn * side)
            point = Flat(centre.x + radius_km * math.sin(angle), centre.y - radius_km * math.cos(angle))
            drawn = frame.drawn(point)
            if 60 <= drawn.x <= frame.width - 60 and 14 <= drawn.y <= frame.height - 8:
                return drawn
    return None


def _arrow(start: Flat, end: Flat) -> str:
    turn = math.atan2(end.y - start.y, end.x - start.x)
    return _ARROWS[round(turn / (math.pi / 4)) % 8]
