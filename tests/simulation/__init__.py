"""A province at work for hours in seconds: the real service on a real database, and everything that goes wrong."""
