"""Who sees what (visibility) and who may do what (permissions)."""
