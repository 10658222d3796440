"""On-page analysis: pure functions of a text, no model, no network, no clock."""
