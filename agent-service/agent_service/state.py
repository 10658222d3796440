"""What lives as long as the application; routes get it by `StateDep`."""

from dataclasses import dataclass
from typing import Annotated, TypedDict, cast

from fastapi import Depends, Request

from agent_service.provider.model_client import ModelClient
from agent_service.readiness import ProviderProbe
from agent_service.timing import Timing


@dataclass(frozen=True)
class AppState:
    probe: ProviderProbe
    model_client: ModelClient
    timing: Timing


class LifespanState(TypedDict):
    """Starlette copies this into every request's scope."""

    app_state: AppState


def _app_state(request: Request) -> AppState:
    return cast("AppState", request.state.app_state)


StateDep = Annotated[AppState, Depends(_app_state)]
