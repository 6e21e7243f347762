"""What a dispatcher does about a day, in words."""

from collections.abc import Mapping
from datetime import tzinfo
from types import MappingProxyType
from typing import Final

from optimizer.operate.choosing import Choice
from optimizer.operate.telling import Ordered, Told
from optimizer.words.language import Language
from optimizer.words.moments import span
from optimizer.words.numbers import listed

_IDS: Final[Mapping[str, str]] = MappingProxyType({})


def reason(choice: Choice, language: Language = "en") -> str:
    """Return why a way was taken, as a sentence without its stop.

    Parameters
    ----------
    choice : the way that was taken
    language : English or Chinese
    """
    zh, one = language == "zh", choice.proposal
    told, names = len(one.to_tell), listed(choice.jobs, language)
    lost = len(set(one.to_tell) & set(one.document.plan.unserved))
    match choice.ground:
        case "only one":
            return "没有其他方案在任何一项上更好" if zh else "no other way is better in anything"
        case "urgent":
            return (
                f"打扰更少的方案会误了紧急的 {names}"
                if zh
                else f"ways that bother fewer customers leave out or delay {names}, which cannot wait"
            )
        case "lost":
            return (
                f"多打几个电话，保住 {names} 的上门" if zh else f"a few calls more save the visit of {names}"
            )
        case "cheaper":
            return (
                "打扰的客户一样少，费用更低"
                if zh
                else "of the ways that bother as few customers it is the cheapest"
            )
        case "told" if not told:
            return "谁都不打扰" if zh else "bothers nobody"
        case "told":
            if zh:
                return f"打扰客户最少：通知 {told} 户，其中 {lost} 户今天上不了门"
            return f"bothers the fewest customers: {told} told, {lost} of them lose today's visit"


def told_words(one: Told, zone: tzinfo, language: Language = "en", names: Mapping[str, str] = _IDS) -> str:
    """Return what one customer is told, in a few words.

    Parameters
    ----------
    one : what is told
    zone : whose clock counts
    language : English or Chinese
    names : what technicians are called; who is not in it by the id
    """
    if one.now is None:
        return f"{one.job_id} 今天不上门" if language == "zh" else f"{one.job_id} nobody today"
    when = span(one.now.window.start, one.now.window.end, zone)
    asked = (" 已商量" if language == "zh" else " asked") if one.asked else ""
    who = names.get(one.now.technician_id, one.now.technician_id)
    return f"{one.job_id} {when} {who}{asked}"


def ordered_words(one: Ordered, names: Mapping[str, str] = _IDS) -> str:
    """Return what changes in one technician's orders, e.g. ``tang-yong +WX-18 −AZ-04``.

    Parameters
    ----------
    one : what changes
    names : what technicians are called; who is not in it by the id
    """
    added = (f"+{job_id}" for job_id in one.added)
    dropped = (f"−{job_id}" for job_id in one.dropped)
    return " ".join((names.get(one.technician_id, one.technician_id), *added, *dropped))
