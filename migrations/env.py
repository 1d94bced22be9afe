"""Alembic's entry: runs on the connection that server/migration.py hands over."""

from alembic import context
from sqlmodel import SQLModel

import models

metadata = SQLModel.metadata
assert models.__all__, "importing models fills the metadata"  # noqa: S101 - keeps the import

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
