"""Queries, mutations and subscriptions, one noun per file."""
