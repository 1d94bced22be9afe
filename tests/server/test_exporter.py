from tests.api import Api
from tests.server.exporting import csv_rows, written, xlsx_rows
from tests.world import World


async def test_first(world: World, api: Api) -> None:
    await world.case()
    fetched = await written(api)
    print(fetched.headers, fetched.text)
    fetched = await written(api, format="XLSX", dates="BUDDHIST", headings="EN")
    print(xlsx_rows(fetched))
