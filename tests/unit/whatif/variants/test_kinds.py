"""The kinds of changes, their records and their files are in step."""

from pathlib import Path

from optimizer.domain.study_patches import PATCHES, Demand, Windows
from optimizer.whatif.variants import KINDS
from tests.architecture.project import ROOT
from tests.architecture.test_registries import files_defining, source_of


def test_every_record_has_its_kind_in_the_same_order() -> None:
    assert tuple(kind.patch for kind in KINDS) == PATCHES


def test_every_kind_has_a_file_of_its_own() -> None:
    files = [source_of(type(kind)) for kind in KINDS]
    assert set(files) == files_defining("optimizer/whatif/variants", "KIND")
    words = [kind.patch.model_json_schema()["properties"]["kind"]["const"] for kind in KINDS]
    assert [file.stem for file in files] == words


def test_changes_of_the_demand_are_marked() -> None:
    assert [kind.patch for kind in KINDS if kind.of_demand] == [Demand, Windows]


def test_every_kind_is_tested() -> None:
    texts = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    words = [source_of(type(kind)).stem for kind in KINDS]
    assert [word for word in words if f'"{word}"' not in texts] == []
    assert ROOT in Path(__file__).parents
