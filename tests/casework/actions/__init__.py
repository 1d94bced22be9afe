"""Tests of the actions, on a real database."""
