"""The database's history, applied by `prasan migrate`."""
