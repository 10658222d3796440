"""The agent service: stateless, called only by the worker."""

__version__ = "0.1.0"
