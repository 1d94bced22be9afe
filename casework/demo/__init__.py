"""Demo data: an invented network and invented cases, played through the real actions."""
