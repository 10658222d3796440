"""The two probes: alive (restart me if not) and ready (send me work if so)."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from agent_service import __version__
from agent_service.problems import Problem
from agent_service.readiness import CACHE_SECONDS
from agent_service.state import StateDep

router = APIRouter()


@router.get("/health")
async def health() -> dict[str, str]:
    """Alive: depends on nothing, so that an outage elsewhere never restarts this process."""
    return {"status": "ok", "version": __version__}


@router.get("/ready")
async def ready(state: StateDep) -> Response:
    """Ready: the model provider answers."""
    readiness = await state.probe.check()
    if readiness.ready:
        return JSONResponse({"status": "ready", "version": __version__})
    headers = {"retry-after": f"{CACHE_SECONDS:.0f}"}
    return Problem(503, "not_ready", readiness.reason, headers=headers)
