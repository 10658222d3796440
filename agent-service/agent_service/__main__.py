"""`python -m agent_service`"""

import sys

from agent_service.logs import configure_logging
from agent_service.server import serve
from agent_service.settings import SettingsError, load_settings


def main() -> int:
    try:
        settings = load_settings()
    except SettingsError as error:
        sys.stderr.write(f"agent-service can't start: {error}\n")
        return 2
    configure_logging(settings.log_level, settings.secrets())
    return serve(settings)


if __name__ == "__main__":
    sys.exit(main())
