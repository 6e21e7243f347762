"""What a study found, in plain words: a few sentences that can be read alone.

Every figure stands with its interval, and nothing is said to differ that is not clear of zero with allowance for all
that is compared. Order in a list is the study's own, never a ranking.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from optimizer.domain.study import BASE, Measure
from optimizer.domain.study_result import (
    Estimate,
    MeasureResult,
    StudyResult,
    TargetState,
    VariantResult,
)
from optimizer.words.language import Language, Words
from optimizer.words.moments import whole_day
from optimizer.words.numbers import listed, percent
from optimizer.words.study_figures import (
    MEASURE_NAMES,
    difference_and_ends,
    figure,
    one_more_name,
    plus_minus,
    target_words,
    within,
)

_MOST_NAMED: Final = 5
"""So many variants are named in one list; of the others only their number is said."""
_MOST_DETAILED: Final = 3
"""With more variants than this, differences that nobody asked for are left to the table."""
_STATES: Final[tuple[TargetState, ...]] = ("met", "not_met", "not_decided")

_SAYS: Final[dict[str, Words]] = {
    "asked": {
        "en": "{study}: {names} under the same chance, in {chains} chains of {days} from {first} on, after {warm_up} "
        "of warm-up; each interval holds with {confidence}, and clear is what differs with allowance for all that are "
        "compared.",
        "zh": "{study}：{names}，各用相同的随机条件模拟 {chains} 组，每组自{first}起 {days}，此前预热 {warm_up}不计；"
        "每个区间的置信度为 {confidence}，“确有”指考虑全部比较后仍成立。",
    },
    "compared": {"en": "{count} compared with the base, {base},", "zh": "{count}与现状（{base}）比较"},
    "base_alone": {"en": "the base, {base}, by itself", "zh": "仅看现状（{base}）"},
    "met": {"en": "{target}: reached by {names}", "zh": "{target}：{names}达到"},
    "not_met": {"en": "missed by {names}", "zh": "{names}未达到"},
    "not_decided": {"en": "not decided for {names}", "zh": "{names}尚无定论"},
    "clear": {
        "en": "Compared with the base, {measure} clearly differs with {names}",
        "zh": "与现状相比，{measure}确有差异的是{names}",
    },
    "none_clear": {
        "en": "Compared with the base, no variant clearly differs in {measure}{names}",
        "zh": "与现状相比，没有方案在{measure}上确有差异{names}",
    },
    "not_clear": {"en": "no clear difference with {names}", "zh": "{names}未见确实差异"},
    "alike": {
        "en": "These cannot be told apart from each other in {measure}: {groups}.",
        "zh": "以下方案的{measure}彼此分不出高下：{groups}。",
    },
    "also": {
        "en": "With {name} these also clearly differ: {measures}.",
        "zh": "{name}还有以下指标确有差异：{measures}。",
    },
    "staff": {
        "en": "The fewest people that were found to meet all targets are {people} ({more})",
        "zh": "查得同时达到全部目标的最少人数为 {people} 人（{more}）",
    },
    "no_staff": {
        "en": "No number of people that was tried ({numbers}) surely meets all targets.",
        "zh": "试过的人数（{numbers}）中没有一个确能达到全部目标。",
    },
    "confirmed_met": {
        "en": "; on chains kept back for it, the targets are met.",
        "zh": "；用留出的模拟组复核，目标达到。",
    },
    "confirmed_not_met": {
        "en": "; but on chains kept back for it, the targets are not met.",
        "zh": "；但用留出的模拟组复核，目标未达到。",
    },
    "confirmed_not_decided": {
        "en": "; chains kept back for it do not decide whether the targets are met.",
        "zh": "；用留出的模拟组复核，尚无定论。",
    },
    "not_confirmed": {"en": "; not yet looked at on other chains.", "zh": "；尚未用其他模拟组复核。"},
    "one_more": {
        "en": "What one more would change in {measure}, from chains that had no part in choosing: {changes}.",
        "zh": "增加一份对{measure}的影响（以未参与筛选的模拟组估计）：{changes}。",
    },
    "no_one_more": {
        "en": "Nothing there could be one more of clearly changes {measure}.",
        "zh": "没有哪项增加一份能使{measure}确有变化。",
    },
    "exact_enough": {
        "en": "{measure} is known to {asked}, as was asked for.",
        "zh": "{measure}的精度达到要求的 {asked}。",
    },
    "most_chains": {
        "en": "{measure} is known to {widest} at worst, not to {asked} as was asked for: there are as many chains as "
        "there may be{needed}.",
        "zh": "{measure}的精度最差为 {widest}，未达到要求的 {asked}：模拟组数已到上限{needed}。",
    },
    "broken_off": {
        "en": "The study was broken off: {measure} is known to {widest} at worst, not to {asked} as was asked "
        "for{needed}.",
        "zh": "研究中途停止：{measure}的精度最差为 {widest}，未达到要求的 {asked}{needed}。",
    },
    "unknown": {"en": "{measure} has no value here.", "zh": "此处没有{measure}的数值。"},
    "needed": {"en": "; about {chains} chains would do", "zh": "，约需 {chains} 组"},
}


def study_words(result: StudyResult, language: Language = "en") -> str:
    """Return what was asked and what was found, as one paragraph.

    Parameters
    ----------
    result : the study's answers
    language : English or Chinese
    """
    return (" " if language == "en" else "").join(study_sentences(result, language))


def study_sentences(result: StudyResult, language: Language = "en") -> tuple[str, ...]:
    """Return what was asked and what was found, sentence by sentence.

    Parameters
    ----------
    result : the study's answers
    language : English or Chinese
    """
    return tuple(_Speaker(result, language).sentences())


class _Speaker:
    def __init__(self, result: StudyResult, language: Language) -> None:
        self.result = result
        self.language = language
        self.base, *self.variants = result.variants

    def sentences(self) -> Iterator[str]:
        yield self._asked()
        for row in range(len(self.base.targets)):
            yield self._target(row)
        for measure in self._measures_asked():
            yield from self._differences(measure)
        if len(self.variants) > 1:
            yield from self._alike(self._measures_asked()[0])
        if len(self.variants) <= _MOST_DETAILED:
            yield from self._also()
        yield from self._staff()
        yield from self._one_more()
        yield self._ended()

    def _asked(self) -> str:
        result, variants = self.result, len(self.variants)
        en = self.language == "en"
        count = f"{variants} variant{'s' if variants > 1 else ''}" if en else f"{variants} 个方案"
        what = self._say(
            "compared" if variants else "base_alone", count=count, base=self._quoted(result.base)
        )
        return self._say(
            "asked",
            study=self._quoted(result.study),
            names=what,
            chains=str(result.chains),
            days=_days(result.days, self.language),
            first=whole_day(result.first_day, self.language),
            warm_up=_days(result.warm_up_days, self.language),
            confidence=percent(result.confidence).replace(".0", ""),
        )

    def _target(self, row: int) -> str:
        target = self.base.targets[row].target
        parts = []
        for state in _STATES:
            names = [
                self._with_value(one, target.measure)
                for one in self.result.variants
                if one.targets[row].state == state
            ]
            if names or state == "met":
                nobody = {"en": "none", "zh": "无方案"}[self.language]
                named = self._several(names) if names else nobody
                parts.append(self._say(state, target=target_words(target, self.language), names=named))
        return _capital(self._joined(parts))

    def _differences(self, measure: Measure) -> Iterator[str]:
        told = [
            (one.name, found) for one in self.variants if (found := _of(one, measure)).difference is not None
        ]
        if not told:
            return
        clear = [
            self._with_difference(name, one) for name, one in told if one.difference and one.difference.clear
        ]
        other = [
            self._with_difference(name, one)
            for name, one in told
            if one.difference and not one.difference.clear
        ]
        name = MEASURE_NAMES[measure][self.language]
        if not clear:
            wrapped = self._several(other)
            wrapped = f" ({wrapped})" if self.language == "en" else f"（{wrapped}）"
            yield self._joined([self._say("none_clear", measure=name, names=wrapped)])
            return
        parts = [self._say("clear", measure=name, names=self._several(clear))]
        if other:
            parts.append(self._say("not_clear", names=self._several(other)))
        yield self._joined(parts)

    def _alike(self, measure: Measure) -> Iterator[str]:
        ranking = next((one for one in self.result.rankings if one.measure == measure), None)
        groups = [group for group in ranking.groups if len(group) > 1] if ranking else []
        if groups:
            joint = {"en": "; ", "zh": "；"}[self.language]
            named = [self._several([self._name(name) for name in group]) for group in groups]
            name = MEASURE_NAMES[measure][self.language]
            yield self._say("alike", measure=name, groups=joint.join(named[:_MOST_NAMED]))

    def _also(self) -> Iterator[str]:
        asked = self._measures_asked()
        for variant in self.variants:
            told = [
                MEASURE_NAMES[one.measure][self.language]
                + self._changed(one.measure, one.difference.estimate)
                for one in variant.measures
                if one.measure not in asked and one.difference is not None and one.difference.clear
            ]
            if told:
                joint = {"en": ", ", "zh": "，"}[self.language]
                yield self._say("also", name=self._name(variant.name), measures=joint.join(told))

    def _staff(self) -> Iterator[str]:
        answer = self.result.smallest_staff
        if answer is None:
            return
        found = next((one for one in answer.tried if one.more == answer.more), None)
        if found is None:
            numbers = self._several([str(one.people) for one in answer.tried])
            yield self._say("no_staff", numbers=numbers)
            return
        more = {"en": f"{found.more:+d} beside the base", "zh": f"比现状 {found.more:+d}"}[self.language]
        state = "not_confirmed" if answer.confirmed is None else f"confirmed_{answer.confirmed.state}"
        yield self._say("staff", people=str(found.people), more=more) + self._say(state)

    def _one_more(self) -> Iterator[str]:
        answer = self.result.value_of_one_more
        if answer is None:
            return
        name = MEASURE_NAMES[answer.measure][self.language]
        clear = [
            self._quoted(one_more_name(one, self.language))
            + self._changed(answer.measure, one.worth.estimate)
            for one in answer.changes
            if one.worth.clear
        ]
        if clear:
            yield self._say("one_more", measure=name, changes=self._several(clear))
        else:
            yield self._say("no_one_more", measure=name)

    def _ended(self) -> str:
        ended = self.result.ended
        measure, language = ended.asked.measure, self.language
        name = MEASURE_NAMES[measure][language]
        if ended.widest is None:
            return _capital(self._say("unknown", measure=name))
        needed = self._say("needed", chains=f"{ended.chains_needed:,}") if ended.chains_needed else ""
        said = self._say(
            ended.why,
            measure=name,
            widest=plus_minus(measure, ended.widest, language),
            asked=plus_minus(measure, ended.asked.half_width, language),
            needed=needed,
        )
        return _capital(said)

    def _measures_asked(self) -> list[Measure]:
        return list(dict.fromkeys(one.target.measure for one in self.base.targets))

    def _with_value(self, variant: VariantResult, measure: Measure) -> str:
        value = _of(variant, measure).value
        if value is None:
            return self._name(variant.name)
        mean = figure(measure, value.mean, self.language)
        return self._name(variant.name) + self._brackets(mean, within(measure, value, self.language))

    def _with_difference(self, name: str, found: MeasureResult) -> str:
        if found.difference is None:
            return self._name(name)
        return self._name(name) + self._changed(found.measure, found.difference.estimate)

    def _changed(self, measure: Measure, value: Estimate) -> str:
        return self._brackets(*difference_and_ends(measure, value, self.language))

    def _brackets(self, mean: str, ends: str) -> str:
        return f" ({mean}, {ends})" if self.language == "en" else f"（{mean}，{ends}）"

    def _name(self, name: str) -> str:
        return {"en": "the base", "zh": "现状"}[self.language] if name == BASE else self._quoted(name)

    def _quoted(self, name: str) -> str:
        return f"“{name}”"

    def _several(self, parts: Sequence[str]) -> str:
        if len(parts) <= _MOST_NAMED + 1:
            return listed(parts, self.language)
        rest = len(parts) - _MOST_NAMED
        more = f"{rest} more" if self.language == "en" else f"另外 {rest} 个"
        return listed([*parts[:_MOST_NAMED], more], self.language)

    def _joined(self, parts: Sequence[str]) -> str:
        joint, end = ("; ", ".") if self.language == "en" else ("；", "。")
        return joint.join(parts) + end

    def _say(self, key: str, **given: str) -> str:
        return _SAYS[key][self.language].format(**given)


def _of(variant: VariantResult, measure: Measure) -> MeasureResult:
    return next(one for one in variant.measures if one.measure == measure)


def _days(number: int, language: Language) -> str:
    return f"{number} 天" if language == "zh" else f"{number} day{'' if number == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
