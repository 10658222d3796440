"""Is the model provider reachable? Asked by /ready, answered from a short cache."""

import asyncio
import time
from dataclasses import dataclass

import httpx2

# An orchestrator probes about every 10 s and gives up after a few: answer well before.
DEADLINE_SECONDS = 2.0
# Many probes at once (load balancer, status page, worker) cost the provider one request.
CACHE_SECONDS = 5.0


@dataclass(frozen=True)
class Readiness:
    ready: bool
    reason: str
    checked_at: float


class ProviderProbe:
    """Any answer below 500 counts as reachable: without a key the provider says 401 or 404."""

    def __init__(
        self, client: httpx2.AsyncClient, url: str, deadline_seconds: float = DEADLINE_SECONDS
    ) -> None:
        self._client = client
        self._url = url
        self._deadline_seconds = deadline_seconds
        self._last: Readiness | None = None
        self._one_at_a_time = asyncio.Lock()

    async def check(self) -> Readiness:
        async with self._one_at_a_time:
            now = time.monotonic()
            if self._last is None or now - self._last.checked_at >= CACHE_SECONDS:
                reason = await self._ask()
                self._last = Readiness(reason == "", reason, now)
            return self._last

    async def _ask(self) -> str:
        """Empty when reachable, else the reason in words that name no address."""
        try:
            async with asyncio.timeout(self._deadline_seconds):
                async with self._client.stream("GET", self._url) as response:
                    status = response.status_code
        except TimeoutError:
            return f"The model provider did not answer within {self._deadline_seconds:g} s."
        except httpx2.HTTPError:
            return "The model provider can't be reached."
        return f"The model provider answers {status}." if status >= 500 else ""
