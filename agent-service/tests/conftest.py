"""The application as tests see it: real app, real lifespan, no network."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx2
import hypothesis
import pytest
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from agent_service.settings import Settings
from tests.fake_provider import FakeProvider

# A busy machine must not turn a slow example into a failure.
hypothesis.settings.register_profile("calm", deadline=None)
hypothesis.settings.load_profile("calm")

TOKEN = "test-service-token-" + "x" * 32
AUTH = {"authorization": f"Bearer {TOKEN}"}

Client = httpx2.AsyncClient
ClientFor = Callable[[FastAPI], AbstractAsyncContextManager[Client]]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as running:
        yield running


@pytest.fixture
def settings(provider: FakeProvider) -> Settings:
    return make_settings(provider.url)


def make_settings(provider_url: str) -> Settings:
    """Settings for a provider that needs no key."""
    return Settings.model_validate({"service_token": TOKEN, "anthropic_base_url": provider_url})


@pytest.fixture
def client_for() -> ClientFor:
    return open_client


@asynccontextmanager
async def open_client(app: FastAPI) -> AsyncIterator[Client]:
    """A client whose requests see the lifespan state, as uvicorn would pass it."""
    async with app.router.lifespan_context(app) as state:

        async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state or {})}, receive, send)

        transport = httpx2.ASGITransport(app=with_state)
        async with Client(transport=transport, base_url="http://agent") as client:
            yield client
