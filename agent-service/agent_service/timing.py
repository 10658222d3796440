"""Clocks that tests turn faster."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    # Well below the idle limits of proxies (commonly 30-60 s).
    heartbeat_seconds: float = 5.0
    # The longest silence of a stream that still counts as alive.
    idle_seconds: float = 90.0
    # One call, first byte to last: the longest answer at a slow model's pace, with room.
    call_deadline_seconds: float = 600.0
