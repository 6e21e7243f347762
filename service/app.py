"""The application: every room's operations behind one door."""

from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from typing import Final, Protocol

from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry

from service.audit.routes import router as audit
from service.backend import Backend
from service.boards.batch_routes import router as replans
from service.boards.close_routes import router as close
from service.boards.event_routes import router as events
from service.boards.order_routes import router as orders
from service.boards.proposal_routes import router as proposals
from service.boards.routes import router as boards
from service.door.body import BodyLimit
from service.door.docs import describe, tags
from service.door.errors import LastResort, handle_errors
from service.door.head import Head
from service.door.own_site import OwnSite
from service.door.rates import Rates
from service.door.safe_headers import SafeHeaders
from service.door.stranger import refused_stranger
from service.door.trace import Trace
from service.health.routes import router as health
from service.keys.routes import router as keys
from service.manual.routes import router as manual
from service.metrics.measured import Measured
from service.metrics.routes import router as metrics
from service.metrics.standing import Standing
from service.offers.routes import router as offers
from service.plans.ask_routes import router as plan_questions
from service.plans.routes import router as plans
from service.reference.routes import router as reference
from service.runs.routes import router as runs
from service.scenarios.intake_routes import router as intake
from service.scenarios.routes import router as scenarios
from service.session.routes import router as session
from service.studies.routes import router as studies
from service.vroom.routes import router as vroom
from service.webhooks.routes import router as webhooks

ROUTERS: Final[tuple[APIRouter, ...]] = (
    scenarios,
    intake,
    runs,
    plans,
    plan_questions,
    boards,
    events,
    proposals,
    replans,
    offers,
    close,
    orders,
    studies,
    vroom,
    session,
    keys,
    webhooks,
    audit,
    reference,
    health,
    metrics,
    manual,
)
"""Every room, in the order of the documentation."""


class AtWork(Protocol):
    """Something that works beside the requests while the service runs."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End, within a bounded time."""


def create_app(backend: Backend, at_work: Sequence[AtWork] = ()) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    backend : what stands behind it
    at_work : what works beside the requests, begun in this order and ended in the opposite one
    """

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        with ExitStack() as stack:
            for one in at_work:
                one.start()
                stack.callback(one.stop)
            stack.callback(backend.studio.close)
            yield
            backend.closing.set()

    settings = backend.settings
    app = FastAPI(
        title="Paigong",
        redoc_url=None,
        docs_url=None,
        separate_input_output_schemas=False,
        lifespan=life,
        openapi_tags=tags(ROUTERS),
    )
    app.state.backend = backend
    app.state.rates = Rates(settings.rate_each, settings.wrong_keys)
    app.state.metrics = registry = CollectorRegistry()
    registry.register(Standing(backend))
    for router in ROUTERS:
        app.include_router(router)
    handle_errors(app)
    # The last one added sees a request first.
    app.add_middleware(Head)
    most = settings.body_mb * 1024**2
    app.add_middleware(BodyLimit, most=most, seconds=settings.body_s, stranger=refused_stranger)
    app.add_middleware(OwnSite, host=settings.host, allowed=settings.allowed_hosts)
    app.add_middleware(LastResort)
    app.add_middleware(Measured, registry=registry)
    app.add_middleware(SafeHeaders)
    app.add_middleware(Trace)
    describe(app)
    return app
