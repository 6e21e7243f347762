"""``paigong serve``: the service, ready at once on this machine."""

from typing import Annotated

import typer

from optimizer.cli.report import print_notes


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; PAIGONG_HOST.")] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to listen on, 0 for any free one; PAIGONG_PORT."),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help="Load the scenarios that come with Paigong and publish the Changsha day."
        ),
    ] = False,
) -> None:
    """Run the service: scenarios, runs, plans and boards over HTTP, with its documentation at /docs."""
    # Imported here: no other command should pay for loading the service.
    from optimizer.settings import Settings, unknown_variables
    from service.server import serve_forever

    given = {"host": host, "port": None if port is None else str(port)}
    settings = Settings.read(**{name: value for name, value in given.items() if value is not None})
    print_notes(unknown_variables())
    serve_forever(settings, demo=demo)
