"""What one slot of a technician who may do the job lacks, in words."""

from optimizer.compile import Compiled
from optimizer.engines.lns.obstacle import (
    AFTER,
    BARS,
    CENTS,
    FULL_DAY,
    FULL_WEEK,
    LACK_S,
    LONG_HOURS,
    NO_LOAD,
    NO_PARTS,
    TIME,
    Lack,
)
from optimizer.explain.slots import JobSlots
from optimizer.explain.words import count, listed, minutes
from optimizer.problem import FAR, Routes
from optimizer.rules.words import money


def obstacle_words(compiled: Compiled, routes: Routes, own: dict[str, str], slots: JobSlots, i: int) -> str:
    """Return what the technician cannot do, as the end of a sentence.

    Parameters
    ----------
    compiled : the question
    routes : the plan's routes
    own : what fixes the time of a job, see `own_window_codes`
    slots : the job's slots
    i : the slot
    """
    found, stops = slots.found[i], routes.stops[slots.shift[i]]
    said = []
    bars = int(found[BARS])
    if bars & FULL_DAY:
        said.append(f"already has {count(len(stops), 'job')}, as many as a day allows")
    if bars & FULL_WEEK:
        said.append("already has as many jobs as the week allows")
    if bars & LONG_HOURS:
        said.append("would exceed the hours of work allowed in the day or week")
    if bars & NO_PARTS:
        said.append("lacks the spare parts, neither on the van nor at the branch")
    if bars & NO_LOAD:
        said.append("cannot load it")
    if found[TIME] >= 0:
        said.insert(0, _time(compiled, stops, own, slots, i, more=bool(said)))
    if said:
        return listed(said)
    more = f"could take it for {money(int(found[CENTS]))} more"
    if not slots.mask[i]:
        return more
    return f"{more}, but leaving it out costs only {money(int(compiled.problem.unserved_cents[slots.job]))}"


def _time(
    compiled: Compiled, stops: tuple[int, ...], own: dict[str, str], slots: JobSlots, i: int, *, more: bool
) -> str:
    """Return what time lacks at the place where least is lacking, so "at least"; `more`: other lacks follow."""
    found = slots.found[i]
    lack_s = int(found[LACK_S])
    if lack_s >= FAR // 2:
        return "cannot be there in time at all"
    lacking = f"at least {minutes(lack_s)}"
    match Lack(int(found[TIME])):
        case Lack.OWN_WINDOW:
            code = own.get(compiled.names.jobs[slots.job], "")
            agreed = {"PINNED": "pinned start", "PROMISE": "promised time"}.get(code, "agreed window")
            return f"would come {lacking} after the {agreed}"
        case Lack.LATER_WINDOW:
            follower = int(found[AFTER])
            late = compiled.names.jobs[stops[follower]] if follower < len(stops) else "the end of the day"
            return f"would then reach {late} or a later stop {lacking} too late"
        case Lack.REST:
            return f"would begin {_rest(compiled, int(slots.shift[i]))} {lacking} too late"
        case _:
            short = f"{lacking} are lacking"
            return f"has too little time left ({short})" if more else f"has too little time left: {short}"


def _rest(compiled: Compiled, shift: int) -> str:
    rests = slice(int(compiled.problem.rest_ptr[shift]), int(compiled.problem.rest_ptr[shift + 1]))
    kinds: set[str] = set(compiled.rest_kinds[rests])
    if kinds == {"break"}:
        return "the midday rest"
    return "the absence within the day" if kinds == {"absence"} else "the midday rest or absence"
