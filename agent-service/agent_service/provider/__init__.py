"""Calls to Claude: one streamed request at a time, with our own clocks."""
