"""The commands of the service, beside those of the library; `COMMANDS` is the table of contents of ``paigong``."""

import sys

from optimizer import cli as library
from service.cli.backup import backup, restore
from service.cli.keys import keys
from service.cli.serve import serve
from service.cli.whatif import whatif

COMMANDS = (*library.COMMANDS, whatif, serve, keys, backup, restore)
"""Every command of ``paigong``."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    library.end_quietly()
    sys.exit(library.run(sys.argv[1:], COMMANDS))
