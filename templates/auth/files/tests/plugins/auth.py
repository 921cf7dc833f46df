"""People to sign in, a clock to set ahead, and hashes that cost nothing (production refuses those)."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx2
import pytest

from app.models.base import utc_now
from app.services.auth import cookies

API = "/api/v1/auth"
EMAIL, PASSWORD = "ada@example.com", "secure123"
CREDENTIALS = {"email": EMAIL, "password": PASSWORD}
SECRET = "t0p-S3cret-of-the-tests-and-of-nothing-else, long enough for HS512 too"
ENVIRONMENT = {"JWT_SECRET_KEY": SECRET, "PASSWORD_HASH_MEMORY_KIB": "8", "PASSWORD_HASH_TIME_COST": "1"}
Browser = httpx2.AsyncClient
Travel = Callable[[timedelta], None]


@pytest.fixture(scope="session", autouse=True)
def _auth_settings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        for name, value in ENVIRONMENT.items():
            environment.setenv(name, value)
        yield


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Sets the clock of sign-in ahead; PyJWT and the database go on by the real one."""

    def set_ahead(by: timedelta) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("app.services.auth") and hasattr(module, "utc_now"):
                monkeypatch.setattr(module, "utc_now", lambda: utc_now() + by)

    return set_ahead


async def register(client: Browser, email: str = EMAIL, password: str = PASSWORD) -> httpx2.Response:
    """A new account; its cookies are in the client afterwards."""
    return await client.post(f"{API}/register", json={"email": email, "password": password})


async def sign_in(client: Browser, email: str = EMAIL, password: str = PASSWORD) -> httpx2.Response:
    """A sign-in; its cookies are in the client afterwards."""
    return await client.post(f"{API}/login", json={"email": email, "password": password})


async def token_of(client: Browser, email: str = EMAIL) -> str:
    """An access token of a new session, the way a program gets one."""
    form = {"username": email, "password": PASSWORD}
    answer = await client.post(f"{API}/token", data=form, headers={"Cookie": ""})
    return str(answer.json()["access_token"])


def bearer(token: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


def cookie(kind: cookies.Kind, value: str | None) -> dict[str, str]:
    """The header that carries one cookie."""
    return {"Cookie": f"{cookies.name_of(kind)}={value}"}


def held(client: Browser, kind: cookies.Kind) -> str | None:
    """What the browser has of that kind."""
    return client.cookies.get(cookies.name_of(kind))
