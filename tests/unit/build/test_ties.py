"""Ties: what is said about crews, parts, links and people stands in the arrays by row."""

import numpy as np
import pytest

from optimizer.build import Link, Ties
from optimizer.build.ties import MOST_NEEDS
from optimizer.problem import ANOTHER, ANY_ORDER, APART, BEFORE, FAR, UNLIMITED


def test_without_a_word_everybody_works_alone() -> None:
    arrays = Ties(3, 2).arrays()
    assert arrays["job_of"].tolist() == arrays["lead"].tolist() == [0, 1, 2]
    assert arrays["person"].tolist() == [0, 1]
    assert arrays["standing"].tolist() == [-1, -1]
    assert arrays["next_day_s"].tolist() == [FAR, FAR]
    empty = ("crew", "part", "cover", "cover_all", "link_from", "link_to", "link_order", "link_who", "link")
    assert all(arrays[name].size == 0 for name in empty)
    assert (
        arrays["crew_ptr"].tolist() == arrays["part_ptr"].tolist() == arrays["link_ptr"].tolist() == [0] * 4
    )


def test_a_crew_starts_with_its_lead() -> None:
    ties = Ties(4, 2)
    ties.crew(1, [2, 3])
    arrays = ties.arrays()
    assert arrays["lead"].tolist() == [0, 1, 1, 1]
    assert arrays["job_of"].tolist() == [0, 1, 1, 1]
    assert arrays["crew"].tolist() == [1, 2, 3]
    assert arrays["crew_ptr"].tolist() == [0, 0, 3, 3, 3]


def test_parts_belong_to_the_first_ones_job_and_so_do_their_crews() -> None:
    ties = Ties(5, 2)
    ties.parts([0, 3])
    ties.crew(0, [2])
    ties.crew(3, [4])
    arrays = ties.arrays()
    assert arrays["part"].tolist() == [0, 3]
    assert arrays["job_of"].tolist() == [0, 1, 0, 0, 0]
    assert arrays["lead"].tolist() == [0, 1, 0, 3, 3]


def test_one_part_and_nobody_beside_the_lead_say_nothing() -> None:
    ties = Ties(2, 1)
    ties.parts([0])
    ties.crew(1, [])
    arrays = ties.arrays()
    assert arrays["part"].size == arrays["crew"].size == 0


def test_what_a_crew_needs_together_is_one_bit_each() -> None:
    ties = Ties(3, 3)
    ties.crew(0, [2])
    ties.cover(0, [0, 1])
    ties.cover(0, [2])
    arrays = ties.arrays()
    assert arrays["cover_row"].tolist() == [0, -1, -1]
    assert arrays["cover"].tolist() == [[1, 1, 2]]
    assert arrays["cover_all"].tolist() == [3]


def test_a_crew_can_need_no_more_than_there_are_bits() -> None:
    ties = Ties(1, 1)
    for _ in range(MOST_NEEDS):
        ties.cover(0, [0])
    assert ties.arrays()["cover_all"].tolist() == [np.iinfo(np.uint32).max]
    with pytest.raises(ValueError, match="more than 32 things"):
        ties.cover(0, [0])


def test_links_stand_at_both_their_ends() -> None:
    ties = Ties(3, 1)
    ties.link(Link(0, 2, BEFORE, 60, 3600, on_end=False, next_day=True, who=ANOTHER))
    ties.link(Link(2, 1, APART))
    arrays = ties.arrays()
    assert arrays["link_from"].tolist() == [0, 2]
    assert arrays["link_to"].tolist() == [2, 1]
    assert arrays["link_order"].tolist() == [BEFORE, APART]
    assert arrays["link_least"].tolist() == [60, 0]
    assert arrays["link_most"].tolist() == [3600, UNLIMITED]
    assert arrays["link_on_end"].tolist() == [False, True]
    assert arrays["link_next_day"].tolist() == [True, False]
    assert arrays["link_who"].tolist() == [ANOTHER, 0]
    ends = [
        arrays["link"][arrays["link_ptr"][job] : arrays["link_ptr"][job + 1]].tolist() for job in range(3)
    ]
    assert ends == [[0], [1], [0, 1]]
    assert ANY_ORDER not in arrays["link_order"]


def test_people_crews_days_and_the_worst_lateness() -> None:
    ties = Ties(1, 4)
    ties.same_person([3, 1])
    ties.stand_together([0, 2], 7)
    ties.next_day(2, 86_400)
    ties.price_worst_lateness(100)
    ties.price_worst_lateness(20)
    arrays = ties.arrays()
    assert arrays["person"].tolist() == [0, 1, 2, 1]
    assert arrays["standing"].tolist() == [7, -1, 7, -1]
    assert arrays["next_day_s"].tolist() == [FAR, FAR, 86_400, FAR]
    assert arrays["worst_hour_cents"].tolist() == [120]
