"""What can be held of the container files without a container engine."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from ruamel.yaml import YAML

from optimizer.settings import Settings, variable
from tests.architecture.project import ROOT
from tests.unit.service.listener import listening

FOLDER = ROOT / "service" / "deploy"
KNOWN = {variable(name) for name in Settings.model_fields}
OWN = {"PAIGONG_DATABASE_PASSWORD"}
"""Named in `.env` only."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    said: dict[str, Any] = YAML(typ="safe").load((FOLDER / "compose.yaml").read_text())
    return said


def test_every_setting_that_is_named_exists() -> None:
    for name in ("Dockerfile", "compose.yaml", "README.md"):
        named = set(re.findall(r"PAIGONG_[A-Z_]+", (FOLDER / name).read_text()))
        assert named
        assert named <= KNOWN | OWN, name


def test_what_comes_from_outside_stands_in_the_readme(compose: dict[str, Any]) -> None:
    asked = set(re.findall(r"\$\{(\w+)", (FOLDER / "compose.yaml").read_text()))
    told = set(re.findall(r"^\| `(\w+)`", (FOLDER / "README.md").read_text(), re.MULTILINE))
    assert asked == told


def test_only_the_api_is_reached_and_only_from_this_machine(compose: dict[str, Any]) -> None:
    with_ports = {name: one["ports"] for name, one in compose["services"].items() if "ports" in one}
    assert list(with_ports) == ["api"]
    assert all(port.startswith("127.0.0.1:") for port in with_ports["api"])


def test_the_cluster_and_the_database_have_networks_without_a_way_out(compose: dict[str, Any]) -> None:
    closed = {name for name, one in compose["networks"].items() if one.get("internal")}
    assert closed == {"store", "cluster"}
    for name in ("database", "scheduler", "worker"):
        assert set(compose["services"][name]["networks"]) <= closed


def test_nobody_is_waited_for_who_never_says_that_he_is_well(compose: dict[str, Any]) -> None:
    for one in compose["services"].values():
        for name, wait in one.get("depends_on", {}).items():
            assert wait == {"condition": "service_healthy"}
            assert "test" in compose["services"][name]["healthcheck"]


def test_networks_and_volumes_that_are_named_are_there(compose: dict[str, Any]) -> None:
    for one in compose["services"].values():
        assert set(one.get("networks", ())) <= set(compose["networks"])
        assert {volume.partition(":")[0] for volume in one.get("volumes", ())} <= set(compose["volumes"])


def test_secrets_come_from_the_environment(compose: dict[str, Any]) -> None:
    for one in compose["services"].values():
        for name, value in one.get("environment", {}).items():
            if re.search("PASSWORD|URL", name):
                assert "${PAIGONG_DATABASE_PASSWORD:?" in value


def test_the_image_does_not_run_as_root_and_copies_what_there_is() -> None:
    lines = (FOLDER / "Dockerfile").read_text().splitlines()
    last_stage = lines[max(row for row, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert "USER paigong" in last_stage
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    let_in = (FOLDER / "Dockerfile.dockerignore").read_text().splitlines()
    for name in (name for names in copied for name in names):
        assert (ROOT / name).exists()
        assert f"!{name}" in let_in


def test_the_health_check_says_whether_the_service_answers_whatever_proxy_there_is() -> None:
    text = (FOLDER / "Dockerfile").read_text().replace("\\\n", " ")
    (found,) = re.findall(r"^HEALTHCHECK .*?CMD (\[.*\])$", text, re.MULTILINE)
    _, *arguments = json.loads(found)

    def ends_with(port: int) -> int:
        assert "127.0.0.1:8470" in arguments[-1]
        command = [sys.executable, *arguments[:-1], arguments[-1].replace("8470", str(port))]
        # Nobody listens at port 1: a proxy that must not be asked.
        proxies = {"http_proxy": "http://127.0.0.1:1", "no_proxy": ""}
        return subprocess.run(
            command, env={**os.environ, **proxies}, stderr=subprocess.DEVNULL, check=False
        ).returncode

    with listening() as heard:
        assert ends_with(heard.port) == 0
    assert heard.requests[0].startswith(b"GET /health/live ")
    assert ends_with(heard.port) != 0


def test_the_database_counts_as_well_only_when_it_can_be_reached(compose: dict[str, Any]) -> None:
    (_, command) = compose["services"]["database"]["healthcheck"]["test"]
    assert "--host=" in command
