"""The service's description of itself, for tests."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.unit.service.served import served


def description() -> dict[str, Any]:
    """Return what the service says of itself."""
    with TemporaryDirectory() as folder, served(Path(folder)) as client:
        said: dict[str, Any] = client.get("/openapi.json").json()
        return said


def operations(said: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every operation with its method and address."""
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation
