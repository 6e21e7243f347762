from service.studio import Shelf


def test_what_was_not_used_for_longest_makes_room() -> None:
    shelf = Shelf(most_things=2)
    shelf.keep("a", 1, 1)
    shelf.keep("b", 2, 1)
    assert shelf.find("a") == 1
    shelf.keep("c", 3, 1)
    assert (shelf.find("a"), shelf.find("b"), shelf.find("c")) == (1, None, 3)


def test_the_shelf_holds_so_many_bytes() -> None:
    shelf = Shelf(most_bytes=10)
    shelf.keep("a", 1, 6)
    shelf.keep("b", 2, 6)  # 12 are too many together
    assert (shelf.find("a"), shelf.find("b")) == (None, 2)
    shelf.keep("c", 3, 11)  # too large for any room
    assert (shelf.find("b"), shelf.find("c")) == (2, None)


def test_a_thing_kept_again_counts_once() -> None:
    shelf = Shelf(most_bytes=10)
    shelf.keep("a", 1, 6)
    shelf.keep("b", 2, 4)
    shelf.keep("a", 3, 6)
    assert (shelf.find("a"), shelf.find("b")) == (3, 2)
