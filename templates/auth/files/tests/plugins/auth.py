"""People to sign in, and hashes that cost nothing; in production such hashes are refused."""

import pytest

from tests.conftest import Configure


@pytest.fixture(autouse=True)
def _auth_settings(configure: Configure) -> None:
    configure(
        jwt_secret_key="t0p-S3cret-of-the-tests-and-of-nothing-else",
        password_hash_memory_kib=8,
        password_hash_time_cost=1,
    )
