"""What travels between the worker and this service; golden files keep TypeScript in step."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Contract(BaseModel):
    """Strict both ways: a field the other side doesn't know is a mistake, not an extension."""

    model_config = ConfigDict(extra="forbid", frozen=True)


CheckStatus = Literal["good", "ok", "bad"]
Unit = Literal["pixels", "characters", "words", "percent", "count"]
# [start, end) into the markdown in UTF-16 code units, as JavaScript counts.
Position = Annotated[
    tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]], Field(strict=False)
]


class Threshold(Contract):
    """Both ends belong to the good range; null means open."""

    min: float | None
    max: float | None
    unit: Unit


class Check(Contract):
    """`ok` misses the threshold by little, `bad` by much; only `good` passes."""

    id: str = Field(pattern=r"^[a-z_]+$")
    status: CheckStatus
    measured: float
    threshold: Threshold
    # Says what to do; for `good` says what holds.
    message: str
    # Empty when the fault has no place in the text; never more than 100.
    positions: list[Position] = Field(max_length=100)


class Analysis(Contract):
    score: int = Field(ge=0, le=100)
    word_count: int = Field(ge=0)
    checks: list[Check]
