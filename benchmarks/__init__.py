"""How fast the running service answers, against the floor: one SQL statement behind a bare ASGI endpoint."""
