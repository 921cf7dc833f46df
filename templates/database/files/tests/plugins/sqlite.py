"""A database file that goes with the tests."""

import pytest


@pytest.fixture(scope="session")
def throw_away_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('database') / 'test.db'}"
