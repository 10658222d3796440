"""Over a real socket: events come as they happen, and leaving ends the work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import uvicorn
from fastapi import FastAPI

from agent_service.app import create_app
from agent_service.contracts.events import EVENT
from agent_service.settings import Settings
from agent_service.timing import Timing
from tests.conftest import AUTH
from tests.fake_provider import FakeProvider, Fault
from tests.seo.requests import outputs_of, request_body, run_to_end

# A wait that only a failing test reaches.
PATIENCE_SECONDS = 5


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """The app behind the real server on a free port."""
    config = uvicorn.Config(app, port=0, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it by a flag only
            await asyncio.sleep(0)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=AUTH) as client:
        yield client
    server.should_exit = True
    await running


async def test_closing_the_connection_ends_the_model_call_at_once(
    settings: Settings, provider: FakeProvider
) -> None:
    provider.faults.append(Fault("stall", after=3))
    async with served(create_app(settings)) as client:
        async with client.stream("POST", "/v1/seo/brief", json=request_body("seo.brief")) as answer:
            lines = answer.aiter_lines()
            await anext(lines)
            await asyncio.to_thread(provider.waiting.wait, PATIENCE_SECONDS)
        gone = await asyncio.to_thread(provider.client_gone.wait, PATIENCE_SECONDS)
    assert gone


async def test_a_quiet_stream_says_that_it_lives(
    settings: Settings, provider: FakeProvider
) -> None:
    provider.faults.append(Fault("stall", after=3))
    app = create_app(settings, timing=Timing(heartbeat_seconds=0.02))
    async with served(app) as client:
        async with client.stream("POST", "/v1/seo/brief", json=request_body("seo.brief")) as answer:
            lines = answer.aiter_lines()
            types = [EVENT.validate_json(await anext(lines)).type for _ in range(4)]
    assert types == ["stage.started", "heartbeat", "heartbeat", "heartbeat"]


async def test_text_arrives_while_the_model_is_still_writing(
    settings: Settings, provider: FakeProvider
) -> None:
    outputs = outputs_of(await run_to_end(create_app(settings), request_body()))
    body = request_body(completed_stages={name: outputs[name] for name in ("brief", "outline")})
    provider.faults.append(Fault("stall", after=3))
    async with served(create_app(settings)) as client:
        async with client.stream("POST", "/v1/seo/article", json=body) as answer:
            async for line in answer.aiter_lines():
                if EVENT.validate_json(line).type == "text":
                    break
        assert await asyncio.to_thread(provider.waiting.wait, PATIENCE_SECONDS)
