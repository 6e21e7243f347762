"""The independent checker: is an answer true to its instance, and does it cost what it says?

It reads the instance's records and the answer, nothing else: no problem, no compiled numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import floor

from optimizer.interchange.hhcrsp.instance import Instance, Patient
from optimizer.interchange.hhcrsp.records import HhcrspAnswer

Started = dict[str, list[tuple[int, str, str]]]
"""By patient: (start, service, caregiver) of each visit."""


def findings(instance: Instance, answer: HhcrspAnswer) -> tuple[str, ...]:
    """Return one sentence for each thing in the answer that does not hold.

    Parameters
    ----------
    instance : the question
    answer : routes with times, from wherever
    """
    return tuple(_Check(instance, answer).findings())


def _whole(number: float) -> int:
    """Return thousandths, rounded half up from the number as it is written."""
    return floor(Fraction(str(number)) * 1000 + Fraction(1, 2))


def _shown(amount: int) -> str:
    return f"{amount / 1000:g}"


class _Check:
    def __init__(self, instance: Instance, answer: HhcrspAnswer) -> None:
        self._answer = answer
        self._patients = {one.id: one for one in instance.patients}
        self._place = {one.id: row for row, one in enumerate(instance.patients, start=1)}
        self._abilities = {one.id: one.abilities for one in instance.caregivers}
        self._ways = instance.distances
        self._distance = 0
        self._tardiness: list[int] = [0]

    def findings(self) -> Iterator[str]:
        """Yield what does not hold."""
        started: Started = defaultdict(list)
        count = Counter(route.caregiver for route in self._answer.routes)
        for caregiver, times in count.items():
            if caregiver not in self._abilities:
                yield f"There is no caregiver {caregiver}."
            elif times > 1:
                yield f"Caregiver {caregiver} has {times} routes."
        unknown = sorted(
            {
                visit.patient
                for route in self._answer.routes
                for visit in route.visits
                if visit.patient not in self._patients
            }
        )
        yield from (f"There is no patient {one}." for one in unknown)
        if unknown or set(count) - set(self._abilities):
            return
        for route in self._answer.routes:
            for visit in route.visits:
                started[visit.patient].append((_whole(visit.start), visit.service, route.caregiver))
        yield from self._walks()
        for patient in self._patients.values():
            yield from self._served(patient, started[patient.id])
        yield from self._cost()

    def _walks(self) -> Iterator[str]:
        """Follow each caregiver: abilities, the ways between visits, and the distance."""
        for route in self._answer.routes:
            here, free = 0, 0
            if not route.visits:
                yield f"Caregiver {route.caregiver} has a route without a visit."
            for visit in route.visits:
                there, start = self._place[visit.patient], _whole(visit.start)
                way = _whole(self._ways[here][there])
                who = f"Caregiver {route.caregiver}"
                if visit.service not in self._abilities[route.caregiver]:
                    yield f"{who} does not offer {visit.service}, which patient {visit.patient} gets."
                if start < free + way:
                    yield (
                        f"{who} starts at patient {visit.patient} at {_shown(start)},"
                        f" but is there at {_shown(free + way)} only."
                    )
                self._distance += way
                here, free = there, start + self._duration(visit.patient, visit.service)
            self._distance += _whole(self._ways[here][0])

    def _duration(self, patient: str, service: str) -> int:
        durations = [
            _whole(one.duration)
            for one in self._patients[patient].required_caregivers
            if one.service == service
        ]
        return max(durations, default=0)

    def _served(self, patient: Patient, visits: list[tuple[int, str, str]]) -> Iterator[str]:
        """Look at one patient: each service once, in time, by different people, tied as asked."""
        needed = Counter(one.service for one in patient.required_caregivers)
        got = Counter(service for _, service, _ in visits)
        if needed != got:
            yield (
                f"Patient {patient.id} gets {', '.join(sorted(got.elements())) or 'nothing'},"
                f" not {', '.join(sorted(needed.elements()))}."
            )
            return
        opens, closes = (_whole(one) for one in patient.time_window)
        for start, service, _ in visits:
            if start < opens:
                yield (
                    f"Patient {patient.id} gets {service} at {_shown(start)}, before"
                    f" the window opens at {_shown(opens)}."
                )
            self._tardiness.append(max(0, start - closes))
        if len(visits) == 2:
            yield from self._together(patient, visits)

    def _together(self, patient: Patient, visits: list[tuple[int, str, str]]) -> Iterator[str]:
        if visits[0][2] == visits[1][2]:
            yield f"Patient {patient.id} gets both services from caregiver {visits[0][2]}."
        first, second = (one.service for one in patient.required_caregivers)
        if first == second:
            starts = sorted(start for start, _, _ in visits)
        else:
            by_service = {service: start for start, service, _ in visits}
            starts = [by_service[first], by_service[second]]
        gap = starts[1] - starts[0]
        tie = patient.synchronization
        least, most = (_whole(one) for one in tie.distance) if tie and tie.distance else (0, 0)
        if not least <= gap <= most:
            yield (
                f"The services of patient {patient.id} start {_shown(gap)} apart,"
                f" not {_shown(least)} to {_shown(most)}."
            )

    def _cost(self) -> Iterator[str]:
        said = self._answer.cost
        sums = {
            "distance": (said.distance, self._distance),
            "tardiness": (said.tardiness, sum(self._tardiness)),
            "longest tardiness": (said.max_tardiness, max(self._tardiness)),
        }
        for name, (claimed, found) in sums.items():
            if _whole(claimed) != found:
                yield f"The {name} is {_shown(found)}, not {claimed:g}."
        total = Fraction(sum(found for _, found in sums.values()), 3)
        if abs(_whole(said.total) - total) > 1:
            yield f"The cost is {float(total) / 1000:.3f}, not {said.total:g}."
        if self._answer.caregivers != len(self._answer.routes):
            yield f"There are {len(self._answer.routes)} routes, not {self._answer.caregivers}."
