"""Puts the application together; importing this file does nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI

from agent_service import __version__, probes
from agent_service.middleware import RequestContext, ServiceTokenRequired
from agent_service.problems import install_problem_handlers
from agent_service.readiness import ProviderProbe
from agent_service.settings import Settings
from agent_service.state import AppState, LifespanState


def create_app(settings: Settings) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[LifespanState]:
        async with httpx2.AsyncClient() as client:
            probe = ProviderProbe(client, settings.provider_url)
            yield LifespanState(app_state=AppState(settings=settings, probe=probe))

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
    # The last one added is the outermost.
    app.add_middleware(ServiceTokenRequired, token=settings.service_token.get_secret_value())
    app.add_middleware(RequestContext)
    return app
