"""Verbs: one file each; every action writes its change and its journal event in the caller's transaction."""
