"""Puts the application together; importing this file does nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anthropic import DefaultAsyncHttpxClient
from fastapi import FastAPI

from agent_service import __version__, probes
from agent_service.middleware import BodyLimit, RequestContext, ServiceTokenRequired
from agent_service.problems import install_problem_handlers
from agent_service.provider.model_client import ModelClient, make_anthropic
from agent_service.readiness import ProviderProbe
from agent_service.seo import routes as seo_routes
from agent_service.settings import Settings
from agent_service.state import AppState, LifespanState
from agent_service.timing import Timing


def create_app(settings: Settings, timing: Timing | None = None) -> FastAPI:
    """Without `timing` the defaults hold."""
    timing = timing or Timing()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[LifespanState]:
        # One pool for both: each client of its own would load the certificates again.
        async with DefaultAsyncHttpxClient() as http:
            provider = make_anthropic(settings.provider_url, settings.provider_key(), http)
            yield LifespanState(
                app_state=AppState(
                    probe=ProviderProbe(http, settings.provider_url),
                    model_client=ModelClient(provider, timing),
                    timing=timing,
                )
            )

    # The documentation pages load scripts from elsewhere; the OpenAPI document itself stays.
    app = FastAPI(
        title="DevSphere OS agent service",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    install_problem_handlers(app)
    app.include_router(probes.router)
    app.include_router(seo_routes.router)
    # The last one added is the outermost.
    app.add_middleware(BodyLimit)
    app.add_middleware(ServiceTokenRequired, token=settings.service_token.get_secret_value())
    app.add_middleware(RequestContext)
    return app
