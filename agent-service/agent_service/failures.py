"""Failures whose class is known where they happen: the worker decides by class, never by text."""

from typing import Literal

from agent_service.contracts.events import Failure


class AgentError(Exception):
    """`message` is shown to a person; the cause goes to the log only."""

    def __init__(
        self,
        class_: Literal["retry", "fatal"],
        code: str,
        message: str,
        *,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.event = Failure(
            class_=class_, code=code, message=message, retry_after_seconds=retry_after_seconds
        )


def retry(code: str, message: str, retry_after_seconds: float | None = None) -> AgentError:
    """Another attempt may succeed."""
    return AgentError("retry", code, message, retry_after_seconds=retry_after_seconds)


def fatal(code: str, message: str) -> AgentError:
    """Another attempt would fail the same way, or cost money for nothing."""
    return AgentError("fatal", code, message)
