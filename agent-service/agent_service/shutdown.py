"""Tells running streams that the process is about to stop."""


class StopFlag:
    """Checked between stages: the one under way is paid for and may finish, no new one starts."""

    def __init__(self) -> None:
        self.requested = False

    def request(self) -> None:
        self.requested = True
