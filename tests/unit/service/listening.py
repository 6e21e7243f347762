"""A service that listens on a port of this machine, for what cannot be tested without a network."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn

from service.app import AtWork, create_app
from service.backend import Backend
from service.health.checks import readiness


@contextmanager
def listening(backend: Backend, at_work: Sequence[AtWork] = (), port: int = 0) -> Iterator[str]:
    """Serve in a thread and yield the address, once the service is ready.

    Parameters
    ----------
    backend : what stands behind it
    at_work : what works beside the requests
    port : which port; 0: any free one
    """
    config = uvicorn.Config(
        create_app(backend, at_work),
        port=port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    backend.studio.open()
    thread.start()
    while not (server.started and readiness(backend).ready):
        assert thread.is_alive(), "the server has ended"
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        backend.closing.set()
        server.should_exit = True
        thread.join(20)
