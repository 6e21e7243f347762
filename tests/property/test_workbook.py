"""Every scenario comes back from a workbook and from CSV files as it was, in both languages."""

from pathlib import Path
from typing import Literal

import pytest

from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.workbook import (
    read_csv_folder,
    read_workbook,
    workbook_bytes,
    write_csv_folder,
    write_workbook,
)
from optimizer.scenario_library import scenario_names, scenario_path
from tests.property.random_scenarios import random_scenario

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, Language] = ("en", "zh")


def there_and_back(of: Scenario, folder: Path, language: Language) -> None:
    """Write and read a scenario, and assert that nothing is lost; writing again gives the same bytes."""
    write_workbook(of, folder / "day.xlsx", language)
    write_csv_folder(of, folder / "day", language)
    for back in (read_workbook(folder / "day.xlsx"), read_csv_folder(folder / "day")):
        assert back == of
        assert scenario_sha256(back) == scenario_sha256(of)
    assert workbook_bytes(back, language) == (folder / "day.xlsx").read_bytes()


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in (1, 2, 3))])
def test_two_hundred_random_scenarios(part: int, tmp_path: Path) -> None:
    for seed in range(50 * part, 50 * (part + 1)):
        there_and_back(random_scenario(seed), tmp_path, LANGUAGES[seed % 2])


@pytest.mark.parametrize("part", range(4))
def test_the_scenarios_of_the_program(part: int, tmp_path: Path) -> None:
    names = scenario_names()[part::4]
    assert len(names) > 5
    for i, name in enumerate(names):
        path = scenario_path(name)
        assert path is not None
        there_and_back(load_scenario(path), tmp_path, LANGUAGES[i % 2])
