from pathlib import Path

import benchmarks
from benchmarks.__main__ import SUBCOMMANDS
from benchmarks.peers import PEERS

ROOM = Path(benchmarks.__file__).parent
README = (ROOM / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_every_solver_and_subcommand() -> None:
    for peer in PEERS:
        assert f"`{peer.name}`" in README
    for subcommand in SUBCOMMANDS:
        assert f"| `{subcommand.name}` |" in README
