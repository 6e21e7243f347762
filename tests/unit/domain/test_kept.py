"""What was worked out for a record is kept as long as the record, and no longer."""

import gc
from concurrent.futures import ThreadPoolExecutor

from optimizer.domain.kept import Kept
from optimizer.domain.place import Place


def test_a_value_is_made_once() -> None:
    kept, made = Kept[str](), []
    here, there = Place(lat=28.2, lon=112.9), Place(lat=28.2, lon=112.9)

    def value() -> str:
        made.append(1)
        return f"value {len(made)}"

    assert kept.of(here, value) == kept.of(here, value) == "value 1"
    assert kept.of(there, value) == "value 2"  # equal, but another record


def test_what_is_given_takes_the_place_of_what_was_made() -> None:
    kept, here = Kept[str](), Place(lat=28.2, lon=112.9)
    kept.of(here, lambda: "made")
    kept.keep(here, "given")
    assert kept.of(here, lambda: "made again") == "given"


def test_nothing_is_kept_of_a_record_that_is_gone() -> None:
    kept, here, there = Kept[str](), Place(lat=28.2, lon=112.9), Place(lat=28.3, lon=112.9)
    kept.keep(here, "here")
    kept.keep(there, "there")
    del there
    gc.collect()
    assert len(kept) == 1
    assert kept.of(here, lambda: "made again") == "here"


def test_of_two_records_both_count() -> None:
    kept, here, there = Kept[Kept[str]](), Place(lat=28.2, lon=112.9), Place(lat=28.3, lon=112.9)
    of_here = kept.of(here, Kept[str])
    of_here.keep(there, "from here to there")
    assert kept.of(here, Kept[str]).of(there, str) == "from here to there"
    del there
    gc.collect()
    assert len(of_here) == 0
    del here, of_here
    gc.collect()
    assert len(kept) == 0


def test_threads_read_the_same() -> None:
    kept, places = Kept[str](), [Place(lat=28.2, lon=112 + i / 10) for i in range(8)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: kept.of(one, lambda: f"{one.lon}"), 50 * places))
    assert found == 50 * [f"{one.lon}" for one in places]
