"""Search-optimised writing: the deterministic analysis and the pipeline that uses it."""
