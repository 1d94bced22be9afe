"""The version of the reference data: processes reload their copy when it rises."""

from sqlmodel import Field, SQLModel


class ReferenceVersion(SQLModel, table=True):
    """A single row; `digest` names the data files it was loaded from."""

    __tablename__ = "reference_version"

    id: int = Field(1, primary_key=True)
    version: int
    digest: str
