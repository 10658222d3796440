"""A streamed answer of one JSON event per line that ends its work when the reader leaves."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from agent_service.contracts.events import Event, Heartbeat

Emit = Callable[[Event], Awaitable[None]]


class EventStream(Response):
    """`produce` gets a function that sends one event; it must not let errors out."""

    media_type = "application/x-ndjson"

    def __init__(
        self, produce: Callable[[Emit], Awaitable[None]], heartbeat_seconds: float
    ) -> None:
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._produce = produce
        self._heartbeat_seconds = heartbeat_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        writer = _Writer(send)
        async with anyio.create_task_group() as group:
            # uvicorn speaks an ASGI version in which only `receive` tells of a disconnect.
            group.start_soon(_cancel_when_gone, receive, group.cancel_scope)
            group.start_soon(writer.keep_alive, self._heartbeat_seconds)
            await self._produce(writer.emit)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            group.cancel_scope.cancel()


class _Writer:
    def __init__(self, send: Send) -> None:
        self._send = send
        self._one_at_a_time = asyncio.Lock()
        self._last_sent = time.monotonic()

    async def emit(self, event: Event) -> None:
        """Waits while the reader is slow: nothing piles up here."""
        body = event.model_dump_json().encode() + b"\n"
        async with self._one_at_a_time:
            await self._send({"type": "http.response.body", "body": body, "more_body": True})
            self._last_sent = time.monotonic()

    async def keep_alive(self, seconds: float) -> None:
        while True:
            quiet_for = time.monotonic() - self._last_sent
            if quiet_for >= seconds:
                await self.emit(Heartbeat())
            else:
                await asyncio.sleep(seconds - quiet_for)


async def _cancel_when_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
