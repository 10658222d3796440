"""One streamed call: our own idle timer and deadline, no retries, every outcome reported.

The SDK's timeout ends at the response headers and its iteration ends quietly when a stream is cut,
so both are watched here. Retries are the worker's: it knows what was paid.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

import anthropic
import httpx2
from anthropic.types import RawMessageStreamEvent

from agent_service.event_stream import Emit
from agent_service.failures import fatal, retry
from agent_service.provider.call_record import CallRecord
from agent_service.provider.classify import classify, may_have_been_sent
from agent_service.provider.prompt import Prompt
from agent_service.timing import Timing

log = logging.getLogger("agent_service.provider")

OnText = Callable[[str], Awaitable[None]]

_NOT_SUCCESS = {
    "max_tokens": ("output_truncated", "Claude's answer was longer than its limit."),
    "model_context_window_exceeded": ("context_exceeded", "The text is too long for Claude."),
    "refusal": ("model_refused", "Claude declined to write this."),
}


class ModelClient:
    def __init__(self, client: anthropic.AsyncAnthropic, timing: Timing) -> None:
        self._client = client
        self._timing = timing

    async def ask(
        self, stage: str, prompt: Prompt, *, model: str, task_id: str, emit: Emit, on_text: OnText
    ) -> str:
        """The whole answer, or an AgentError; a `call` event before either if money may flow."""
        record = CallRecord(stage, model)
        try:
            async with asyncio.timeout(self._timing.call_deadline_seconds):
                await self._read(record, prompt, model, task_id, on_text)
        except Exception as error:
            log.warning("call failed", extra={"stage": stage, "cause": type(error).__name__})
            if record.started or may_have_been_sent(error):
                await emit(record.event())
            raise classify(error) from error
        await emit(record.event())
        return _checked(record)

    async def _read(
        self, record: CallRecord, prompt: Prompt, model: str, task_id: str, on_text: OnText
    ) -> None:
        idle_seconds = self._timing.idle_seconds
        params = prompt.params(model, task_id)
        async with asyncio.timeout(idle_seconds):
            stream = await self._client.messages.create(**params, stream=True)
        async with stream:
            record.opened(stream.response.headers)
            events = aiter(stream)
            while (event := await _next(events, idle_seconds)) is not None:
                if text := record.add(event):
                    await on_text(text)
                if record.too_long:
                    raise fatal("output_too_large", "Claude's answer did not end.")
        if not record.ended:
            raise retry("model_connection_lost", "Claude's answer broke off.")


async def _next(
    events: AsyncIterator[RawMessageStreamEvent], idle_seconds: float
) -> RawMessageStreamEvent | None:
    async with asyncio.timeout(idle_seconds):
        return await anext(events, None)


def _checked(record: CallRecord) -> str:
    """Only an answer that ended by itself is one."""
    if record.stop_reason == "end_turn":
        return record.text
    if (known := _NOT_SUCCESS.get(record.stop_reason or "")) is not None:
        raise fatal(*known)
    raise retry("unexpected_stop", "Claude stopped for a reason we don't know.")


def make_anthropic(
    base_url: str, api_key: str | None, http: httpx2.AsyncClient
) -> anthropic.AsyncAnthropic:
    """The simulator takes any key; an explicit one keeps the SDK from looking for others."""
    return anthropic.AsyncAnthropic(
        base_url=base_url,
        api_key=api_key or "none",
        http_client=http,
        max_retries=0,
        open_telemetry=False,
    )
