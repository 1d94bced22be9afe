"""The floor: what any service on this database and this server pays at least."""
