"""What the analysis says."""

from typing import Annotated, Literal

from pydantic import Field

from agent_service.contracts.base import Contract

CheckStatus = Literal["good", "ok", "bad"]
Unit = Literal["pixels", "characters", "words", "percent", "count"]
# [start, end) into the markdown in UTF-16 code units, as JavaScript counts.
Offset = Annotated[int, Field(ge=0)]
Position = Annotated[tuple[Offset, Offset], Field(strict=False)]


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
