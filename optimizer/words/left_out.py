"""Why a job is left out and what would help, where the answer is more than one sentence."""

from optimizer.domain.explanation import Forced, LeftOut
from optimizer.words.bill import bill_change
from optimizer.words.findings import finding_words
from optimizer.words.hindrances import hindrance
from optimizer.words.language import Language
from optimizer.words.moments import clock, short_day
from optimizer.words.numbers import count, listed
from optimizer.words.ways import GRANTED, LOOSENED, way_words


def fix_words(answer: LeftOut, language: Language = "en") -> str:
    """Return the smallest change that makes room for a job, or that no single one does.

    Parameters
    ----------
    answer : the explanation
    language : English or Chinese
    """
    return none_helps(answer, language) if answer.fix is None else way_words(answer.fix, language)


def kinds_tried(language: Language = "en", *, tied: bool = False) -> str:
    """Return which single changes are tried for a job left out, said once for several jobs.

    Parameters
    ----------
    language : English or Chinese
    tied : some of the jobs take several visits or are tied to others
    """
    if language == "zh":
        return f"试过的单项改动：{_kinds('zh', tied=tied)}。"
    return f"Single changes that were tried: {_kinds('en', tied=tied)}."


def none_helps(answer: LeftOut, language: Language = "en", *, job: str = "", kinds: bool = True) -> str:
    """Return that no single change makes room for a job, and who would do but for one other reason.

    Parameters
    ----------
    answer : the explanation
    language : English or Chinese
    job : what the job is called in the sentence; empty: its id
    kinds : name the kinds of changes; otherwise `kinds_tried` says them once
    """
    name = job or answer.reason.job_id
    if language == "zh":
        said = f"以下改动只做一项，都排不进 {name}：{_kinds('zh', tied=answer.tied)}。"
        if not kinds:
            said = f"只做一项改动，排不进 {name}。"
        if answer.reason.after:
            return f"先要派出 {listed(answer.reason.after, 'zh')}，否则任何改动都排不进 {name}。"
        fits = [
            f"若不是{hindrance(one.code, 'zh')}，{listed(one.technician_ids, 'zh')} 就能接单"
            for one in answer.but_for
        ]
        return said + (f"{'；'.join(fits)}。" if fits else "")
    said = f"No single change of these kinds makes room for {name}: {_kinds('en', tied=answer.tied)}."
    if not kinds:
        said = f"No single change makes room for {name}."
    if answer.reason.after:
        return f"No change makes room for {name} before {listed(answer.reason.after)} can be served."
    fits = [
        f"with {listed(one.technician_ids)} if it were not for {hindrance(one.code)}"
        for one in answer.but_for
    ]
    return said + (f" It would fit {'; or '.join(fits)}." if fits else "")


def proof_words(answer: LeftOut, language: Language = "en") -> str:
    """Return what was looked at before saying so.

    Parameters
    ----------
    answer : the explanation
    language : English or Chinese
    """
    places, shifts = (
        count(answer.places, "place", language),
        count(answer.shifts, "shift", language),
    )
    if language == "zh":
        found = (
            f"单项改动中没有更省的：{_kinds('zh', tied=answer.tied)}。"
            if answer.fix
            else none_helps(answer, "zh")
        )
        return f"{found}共试过 {shifts}中的 {places}，其他到访的人员和顺序不变。"
    tried = (
        f"{places} in the order of stops of {shifts} {'was' if answer.places == 1 else 'were'} tried, "
        "all other stops kept with their technicians and in their order."
    )
    if answer.fix is not None:
        return f"No other single change of these kinds costs less: {_kinds('en', tied=answer.tied)}. {tried}"
    return f"{none_helps(answer)} {tried}"


def forced_words(forced: Forced, job_id: str, language: Language = "en") -> str:
    """Return what putting a job in by force would break.

    Parameters
    ----------
    forced : the cheapest insertion by force
    job_id : the job
    language : English or Chinese
    """
    if language == "en":
        return forced.sentence or _forced(forced, job_id)
    visit = f"{forced.technician_id} {short_day(forced.day, 'zh')} {clock(forced.start)}"
    bill = bill_change(forced.cents, "zh")
    if not forced.findings:
        return f"{visit} 可以上门做 {job_id}；与不派相比，{bill}。"
    broken = "".join(finding_words(one, "zh") for one in forced.findings)
    return f"若强行安排，{visit} 上门做 {job_id}（{bill}），但会违反：{broken}"


def _forced(forced: Forced, job_id: str) -> str:
    visit = f"serve {job_id} at {clock(forced.start)}"
    key, bill = f"{forced.technician_id} on {forced.day}", bill_change(forced.cents)
    if not forced.findings:
        return f"{key} could {visit}; {bill} compared with leaving it out."
    broken = " ".join(one.sentence for one in forced.findings)
    return f"By force, {key} would {visit} ({bill}), but: {broken}"


def _kinds(language: Language, *, tied: bool) -> str:
    """Return the single changes that are tried; for a tied job those as well that loosen a tie."""
    if language == "zh":
        return f"{GRANTED['zh']}、{LOOSENED['zh'] + '、' if tied else ''}不派一个次要的工单"
    return f"{GRANTED['en']}, {LOOSENED['en'] + ', ' if tied else ''}one less important job left out"
