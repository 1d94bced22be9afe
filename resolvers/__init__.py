"""Answers to GraphQL's questions: plain values in, rows out, many parents at a time. No GraphQL types."""
