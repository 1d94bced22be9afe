"""Documents and values that nobody thought of, as every role."""
