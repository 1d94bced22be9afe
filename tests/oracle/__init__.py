"""Who sees what, in plain Python: random worlds, an oracle of the domain's table, and the service compared with it."""
