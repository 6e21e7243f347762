"""Mutated plans, a family for each hard code: `FAMILIES` is the table of contents.

A mutation takes a plan that breaks nothing and either changes the plan or turns a fact of the scenario
against it, and says under which code the checker must catch that, and with which amount.
"""

from typing import Final

from tests.property.mutations import (
    approved,
    circumstances,
    drives,
    order,
    restocks,
    structure,
    tied,
    trips,
    under_way,
    when,
    who,
)
from tests.property.mutations.base import Mutation

FAMILIES: Final[dict[str, tuple[Mutation, ...]]] = {
    "SKILL": (who.skill_level_raised,),
    "CERTIFICATE": (who.certificate_asked_for,),
    "TOOL": (who.tool_asked_for,),
    "TOOL_INSPECTION": (who.inspection_overdue,),
    "PART": (circumstances.part_lacking, circumstances.part_not_in_stock),
    "ONBOARDED": (who.not_onboarded,),
    "SUSPENDED": (who.suspended,),
    "ABSENT": (who.on_leave,),
    "NO_SHOW": (circumstances.not_clocked_in,),
    "TERRITORY": (who.outside_territory,),
    "CUSTOMER_EXCLUSION": (circumstances.customer_refuses,),
    "PINNED": (who.pinned_elsewhere,),
    "APPROVED": (approved.approved_otherwise, approved.approved_without_it),
    "UNDER_WAY": (
        under_way.begun_at_another_time,
        under_way.takes_longer_than_planned,
        under_way.begun_by_another,
    ),
    "SITE_READY": (circumstances.site_not_ready,),
    "SHIFT": (when.shift_too_short, when.rest_between_shifts_too_short),
    "BREAK": (when.break_spoilt,),
    "APPOINTMENT": (when.outside_window,),
    "PROMISE": (circumstances.promised_otherwise,),
    "MIN_DURATION": (when.longer_test_run,),
    "PRECEDENCE": (
        order.too_early,
        order.too_late,
        order.not_on_a_later_day,
        order.first_left_out,
        order.wrong_person,
        order.group_ignored,
        order.two_visits_at_once,
    ),
    "DURATION": (when.takes_longer,),
    "WORKLOAD_CAP": (when.too_much_work,),
    "PLAN": (
        structure.job_lost,
        structure.job_doubled,
        structure.job_unknown,
        structure.stop_unknown,
        structure.shift_doubled,
        structure.shift_unknown,
        structure.other_means,
        structure.other_scenario,
        structure.way_broken,
        structure.starts_before_arrival,
        structure.leaves_before_the_end,
        structure.service_does_not_add_up,
        structure.leaves_at_another_time,
        structure.planned_in_the_past,
        structure.rest_during_service,
        structure.rests_overlap,
        structure.set_up_twice,
    ),
    "TRAVEL": (
        drives.drive_too_fast,
        drives.arrival_does_not_add_up,
        drives.other_length,
        drives.data_missing,
        drives.data_doubled,
        drives.data_unsigned,
        drives.data_too_fast,
        drives.straighter_than_straight,
    ),
}
"""Code → what breaks it."""

TIED_FAMILIES: Final[dict[str, tuple[Mutation, ...]]] = {
    "CREW": (
        tied.mate_comes_later,
        tied.mate_stays_away,
        tied.nobody_leads,
        tied.another_standing_crew,
        tied.led_by_a_beginner,
    ),
    "SHARED_TOOL": (
        tied.tool_left_at_the_branch,
        tied.fewer_pieces,
        tied.handed_over_too_early,
        tied.taken_into_use_late,
    ),
    "PRECEDENCE": (order.days_swapped,),
    "PLAN": (tied.visit_lost, tied.visit_beyond, tied.piece_unknown, tied.tool_day_doubled),
}
"""Code → what breaks it in plans whose jobs are tied."""

TRIP_FAMILIES: Final[dict[str, tuple[Mutation, ...]]] = {
    "TRIP": (
        trips.nights_not_approved,
        trips.too_many_nights_for_anybody,
        trips.day_of_a_trip_moved,
        trips.never_back,
        trips.other_means_on_the_way,
        trips.works_after_the_return,
        trips.works_into_the_night,
    ),
    "PLAN": (trips.night_removed, trips.other_kind_of_night, trips.night_at_another_place),
}
"""Code → what breaks it in plans with nights away."""

RESTOCK_FAMILIES: Final[dict[str, tuple[Mutation, ...]]] = {
    "PART": (restocks.loaded_in_haste, restocks.shelf_too_empty),
    "PLAN": (
        restocks.branch_unknown,
        restocks.behind_no_stop,
        restocks.loads_before_arrival,
        restocks.leaves_before_loaded,
    ),
    "TRAVEL": (restocks.drives_too_fast_to_the_branch,),
}
"""Code → what breaks it in plans with halts at branches on the way."""

RESTOCK_DAY_FAMILIES: Final[dict[str, tuple[Mutation, ...]]] = {
    "PART": (
        restocks.loaded_after_the_job,
        restocks.restock_dropped,
        restocks.too_few_loaded,
        restocks.loading_takes_longer,
        restocks.van_emptier,
    ),
    "PLAN": (restocks.way_past_the_branch,),
    "WORKLOAD_CAP": (restocks.loading_is_work,),
}
"""Code → what breaks it in the one such plan that is written by hand."""


LONG_TRIP_FAMILIES: Final[dict[str, tuple[Mutation, ...]]] = {"PRECEDENCE": (trips.two_days_in_one,)}
"""Code → what breaks it in plans with jobs over several days on trips."""


SLEEPER_FAMILIES: Final[dict[str, tuple[Mutation, ...]]] = {
    "TRIP": (
        trips.nights_not_approved,
        trips.never_back,
        trips.works_into_the_night,
        trips.said_to_sleep_in_a_hotel,
        trips.boards_after_the_day,
    ),
    "PLAN": (
        trips.night_removed,
        trips.beds_taken_from_the_train,
        trips.asleep_in_working_hours,
        trips.off_the_train_too_soon,
    ),
}
"""Code → what breaks it in plans with nights on board."""
