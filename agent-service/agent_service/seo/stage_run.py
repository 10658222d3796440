"""Runs stages one after another: finished ones are taken as they are, the others announced.

A request makes one model call at most: leave for the next one is the worker's to get.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from agent_service.contracts.base import Contract
from agent_service.contracts.events import Progress, StageCompleted, StageStarted, Text
from agent_service.event_stream import Emit
from agent_service.provider.model_client import ModelClient
from agent_service.provider.prompt import Prompt
from agent_service.seo.drafts import Shape, read_draft

Output = TypeVar("Output", bound=Contract)


class EnoughCalled(Exception):  # noqa: N818 - not an error: the worker asks again
    """The next stage needs another model call."""


class StageRun:
    """One request's way through its stages."""

    def __init__(self, client: ModelClient, emit: Emit, *, model: str, task_id: str) -> None:
        self._client = client
        self._emit = emit
        self._model = model
        self._task_id = task_id
        self._done = 0
        self._total = 1
        self._has_called = False

    def expect(self, total: int) -> None:
        """How many stages there are in all, those already done included."""
        self._total = max(total, self._done, 1)

    async def stage(
        self, name: str, finished: Output | None, work: Callable[[], Awaitable[Output]]
    ) -> Output:
        """`finished` is the stage's output from an earlier request; None: not finished."""
        if finished is not None:
            self._done += 1
            return finished
        await self._emit(StageStarted(stage=name))
        output = await work()
        await self._emit(StageCompleted(stage=name, output=output.model_dump(mode="json")))
        await self.advance()
        return output

    async def model_stage(
        self, name: str, finished: Output | None, work: Callable[[], Awaitable[Output]]
    ) -> Output:
        """A stage that asks the model. Raises `EnoughCalled` when this request has done so."""
        if finished is None and self._has_called:
            raise EnoughCalled
        self._has_called = self._has_called or finished is None
        return await self.stage(name, finished, work)

    async def advance(self, stages: int = 1) -> None:
        self._done = min(self._done + stages, self._total)
        await self._emit(Progress(done=self._done, total=self._total))

    async def ask_text(self, stage: str, prompt: Prompt) -> str:
        """Streams the answer as `text` events."""

        async def show(delta: str) -> None:
            await self._emit(Text(stage=stage, delta=delta))

        return await self._ask(stage, prompt, show)

    async def ask_json(self, stage: str, prompt: Prompt, shape: type[Shape]) -> Shape:
        """JSON is not shown while it comes."""
        return read_draft(await self._ask(stage, prompt, _show_nothing), shape)

    async def _ask(
        self, stage: str, prompt: Prompt, on_text: Callable[[str], Awaitable[None]]
    ) -> str:
        return await self._client.ask(
            stage,
            prompt,
            model=self._model,
            task_id=self._task_id,
            emit=self._emit,
            on_text=on_text,
        )


async def _show_nothing(_delta: str) -> None:
    pass
