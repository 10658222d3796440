"""uvicorn, started from code so that one place decides logs, signals and shutdown."""

import signal
from types import FrameType

import uvicorn

from agent_service.app import create_app
from agent_service.settings import Settings

# The code uvicorn's own command line ends with.
STARTUP_FAILED = 3


class Server(uvicorn.Server):
    """A second signal of either kind ends the wait; uvicorn does so only for SIGINT."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        super().handle_exit(sig, frame)


def serve(settings: Settings) -> int:
    """Run until told to stop. 0 after a clean stop, 3 when the server couldn't start."""
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_grace_seconds,
    )
    # uvicorn raises the caught signal again when done: a clean stop must end as exit code 0.
    for caught in (signal.SIGINT, signal.SIGTERM):
        signal.signal(caught, lambda _signal, _frame: None)
    server = Server(config)
    server.run()
    return 0 if server.started else STARTUP_FAILED
