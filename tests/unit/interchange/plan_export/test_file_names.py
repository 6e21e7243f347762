"""File names from ids: safe, different, and the same every time."""

import pytest

from optimizer.interchange.plan_export.file_names import file_names


def test_a_plain_id_is_its_own_file_name() -> None:
    assert file_names(["wang-qiang", "王强", "T_1"], ".ics") == {
        "wang-qiang": "wang-qiang.ics",
        "王强": "王强.ics",
        "T_1": "T_1.ics",
    }


@pytest.mark.parametrize(
    "wild",
    [
        "../../etc/passwd",
        "/abs",
        "C:\\x",
        "a\x00b",
        ".",
        "..",
        "CON",
        "lpt1",
        "-rf",
        "x" * 80,
        "字" * 80,
        "a:b",
    ],
)
def test_a_wild_id_stays_in_its_folder(wild: str) -> None:
    name = file_names([wild], ".ics")[wild]
    assert not set(name) & set('/\\:*?"<>|\x00')
    assert not name.startswith((".", "-"))
    assert name.removesuffix(".ics").casefold() not in ("con", "lpt1")
    assert len(name.encode()) <= 255


def test_different_ids_never_share_a_file() -> None:
    # Upper and lower case are one name on many systems; the third could have been chosen to meet the first's.
    first = file_names(["a/b"], ".ics")["a/b"].removesuffix(".ics")
    ids = ["a/b", "a:b", "a_b", first, "Wang", "wang", "y" * 70, "y" * 71]
    names = file_names(ids, ".ics")
    assert len({name.casefold() for name in names.values()}) == len(ids)
    assert file_names(ids, ".ics") == names
