"""The scene of the mutation about exports."""

from tests.api import Api
from tests.schema.stage import Given, Scene


async def _exporting(api: Api) -> Given:
    await api.world.case()
    return {"filter": {"states": ["NEW"]}, "format": "CSV"}


SCENES_OF_EXPORTS = (
    Scene(
        "requestExport",
        _exporting,
        stranger=None,
        refusal="",
        want="export { state rowCount }",
        events=("EXPORT_REQUESTED",),
    ),
)
