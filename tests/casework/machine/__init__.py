"""Any verb, by anybody, at any time: random sequences, and what holds after each of their steps."""
