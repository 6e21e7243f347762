"""Compiles an instance to a Problem: a cent is a thousandth of its unit of cost, a second one of its unit of time."""

from typing import NamedTuple

import numpy as np

from optimizer.build import Link, ProblemBuilder, ProfileLegs
from optimizer.interchange.hhcrsp.instance import Instance, thousandths
from optimizer.problem import ANOTHER, BEFORE, FAR, Problem

OFFICE = 0
"""Place row of the office; patient i is place i + 1."""

PRICE = 3600
"""Cents an hour of lateness: one for each second."""


class Service(NamedTuple):
    """What a visit row stands for."""

    patient: int
    """Row of the patient."""
    which: int
    """0 or 1: which of the patient's services."""


class Compiled(NamedTuple):
    """The problem and what its rows mean; shift i is caregiver i."""

    problem: Problem
    services: tuple[Service, ...]
    """(job row) the service."""


def compile_instance(instance: Instance) -> Compiled:
    """Return the problem of an instance.

    A patient with two services is a crew of two, or two visits of which the second follows the first.
    """
    services = _services(instance)
    matrix = np.array([[thousandths(one) for one in row] for row in instance.distances], np.int32)
    caregivers = range(len(instance.caregivers))
    builder = ProblemBuilder(
        job_places=[one.patient + 1 for one in services],
        shift_places=[(OFFICE, OFFICE) for _ in caregivers],
        shift_profiles=[0 for _ in caregivers],
        legs=(ProfileLegs(matrix, matrix),),
        horizon_s=FAR // 2,
    )
    for row, service in enumerate(services):
        patient = instance.patients[service.patient]
        required = patient.required_caregivers[service.which]
        opens, closes = (thousandths(one) for one in patient.time_window)
        able = [required.service in one.abilities for one in instance.caregivers]
        builder.serve([row], caregivers, thousandths(required.duration), 0)
        builder.forbid("SKILL", [row], [one for one in caregivers if not able[one]])
        builder.narrow(row, [(opens, FAR // 2)])
        builder.price_lateness(row, closes, 0, PRICE, False)
        builder.price_unserved(row, 1, 0)
    builder.ties.price_worst_lateness(PRICE)
    _tie(instance, services, builder)
    return Compiled(builder.build(), services)


def _services(instance: Instance) -> tuple[Service, ...]:
    """Return the visit rows: everybody's first service, the second ones that follow, those at the same time."""
    rows = [Service(patient, 0) for patient in range(len(instance.patients))]
    for kind in ("sequential", "simultaneous"):
        for row, patient in enumerate(instance.patients):
            if patient.synchronization is not None and patient.synchronization.type == kind:
                rows.append(Service(row, 1))
    return tuple(rows)


def _tie(instance: Instance, services: tuple[Service, ...], builder: ProblemBuilder) -> None:
    for row, service in enumerate(services):
        tie = instance.patients[service.patient].synchronization
        if service.which == 0 or tie is None:
            continue
        first = service.patient  # the patients' first services are the first rows
        if tie.distance is None:
            builder.ties.crew(first, [row])
        else:
            least, most = (thousandths(one) for one in tie.distance)
            builder.ties.link(Link(first, row, BEFORE, least, most, on_end=False, who=ANOTHER))
