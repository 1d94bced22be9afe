"""The ground of a simulation under pytest: the database of the run, clean before and after."""

import pytest
from sqlalchemy import make_url

from server.database import DatabaseUrls
from tests.simulation.ground import Ground
from tests.world import World


@pytest.fixture
def ground(world: World, urls: DatabaseUrls, superuser_url: str) -> Ground:
    own = make_url(superuser_url).set(database=urls.app.database)
    return Ground(urls, own.render_as_string(hide_password=False), world)
