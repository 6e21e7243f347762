import subprocess
import sys

HEAVY = ("alembic", "fastapi", "numba", "numpy", "openpyxl", "ortools", "sqlalchemy", "starlette", "uvicorn")
"""What a program that only calls the service does without."""


def test_a_program_that_calls_the_service_loads_nothing_heavy() -> None:
    code = f"import sys, service.client; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == []
