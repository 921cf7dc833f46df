"""Without sign-in the dashboard is for development."""

import pytest

from app.components.backend.main import create_app
from app.components.dashboard.corner import PATH, dashboard_corner
from app.components.dashboard.open import dashboard_lifespan
from app.components.frontend.parts import CORNER, VIEWS
from tests.conftest import Configure
from tests.test_frontend import Tab, begin


@pytest.mark.parametrize(
    ("environment", "words"), [("development", "As of"), ("production", "Nothing is here")]
)
async def test_production_has_no_such_page(configure: Configure, environment: str, words: str) -> None:
    configure(app_env=environment)
    tab = Tab(PATH)
    async with dashboard_lifespan(create_app()):
        assert (dashboard_corner in CORNER) == (environment == "development")
        await begin(tab)
    assert words in repr(tab.views)
    assert tab.title.startswith("Not found" if environment == "production" else "Dashboard")
    assert PATH not in VIEWS
    assert dashboard_corner not in CORNER
