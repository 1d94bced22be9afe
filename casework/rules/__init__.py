"""Pure functions: no clock, no database, no randomness."""
