"""What the service answers: one JSON object per line."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from agent_service.contracts.base import Contract
from agent_service.contracts.results import ArticleResult, BriefResult


class StageStarted(Contract):
    type: Literal["stage.started"] = "stage.started"
    stage: str


class Text(Contract):
    """Only sections are streamed as text; the other stages answer in JSON."""

    type: Literal["text"] = "text"
    stage: str
    delta: str


class Progress(Contract):
    type: Literal["progress"] = "progress"
    done: int = Field(ge=0)
    total: int = Field(ge=1)

    @model_validator(mode="after")
    def _done_is_part_of_total(self) -> Self:
        if self.done > self.total:
            raise ValueError("done is more than total")
        return self


class Call(Contract):
    """A model call that may be on the bill, also when it broke. Refused ones (4xx, 5xx) aren't.

    `completed`: `usage` is final. `interrupted`: the stream broke, `usage` is what had been said.
    `unknown`: sent, but no usage came; message id and usage are null.
    """

    type: Literal["call"] = "call"
    stage: str
    outcome: Literal["completed", "interrupted", "unknown"]
    provider_request_id: str | None
    message_id: str | None
    model: str
    # As the provider sent it.
    usage: dict[str, Any] | None
    stop_reason: str | None
    simulated: bool


class StageCompleted(Contract):
    """`output` is what goes into `completed_stages` under the stage's name."""

    type: Literal["stage.completed"] = "stage.completed"
    stage: str
    output: dict[str, Any]


class Result(Contract):
    type: Literal["result"] = "result"
    output: Annotated[ArticleResult | BriefResult, Field(discriminator="kind")]


class Failure(Contract):
    """The last event of a stream that failed; one that ends in no other way was cut."""

    type: Literal["error"] = "error"
    class_: Literal["retry", "fatal"] = Field(alias="class")
    code: str = Field(pattern=r"^[a-z_]+$")
    # For a person; causes stay in the log.
    message: str
    # The provider's own delay; null when it gave none.
    retry_after_seconds: float | None = Field(default=None, ge=0)


class Unfinished(Contract):
    """The last event of a stream that made its one model call: ask again with what is done."""

    type: Literal["unfinished"] = "unfinished"


class Heartbeat(Contract):
    type: Literal["heartbeat"] = "heartbeat"


Event = Annotated[
    StageStarted
    | Text
    | Progress
    | Call
    | StageCompleted
    | Result
    | Failure
    | Unfinished
    | Heartbeat,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
