"""Passwords: what is taken, how it is hashed, and that an outcome does not show in the work done."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

import httpx2
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from pydantic import SecretStr, ValidationError
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core import passwords
from app.core.config import ConfigError, check_settings, settings
from app.core.security import SecuritySettings
from app.core.settings import SETTINGS
from app.models.user import User
from app.services.auth import Client, auth_service
from app.services.auth.errors import InvalidCredentialsError, InvalidFieldError
from app.services.auth.settings import AuthSettings
from app.services.auth.validation import check_new_password
from tests.conftest import Configure
from tests.plugins.auth import EMAIL, PASSWORD, register, sign_in

HERE = Client(address="192.0.2.1")


@pytest.mark.parametrize("password", ["é" * 72, "x" * 200, " spaces stay ", "x" * 1024])
async def test_long_and_odd_passwords(client: httpx2.AsyncClient, password: str) -> None:
    assert (await register(client, password=password)).status_code == 201
    assert (await sign_in(client, password=password)).status_code == 200
    other = f"{password[:99]}!{password[100:]}" if len(password) > 100 else password.strip()[:-1]
    assert (await sign_in(client, password=other)).status_code == 401


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short12", "password_too_short"),
        ("x" * 1025, "password_too_long"),
        ("Password1", "password_too_common"),
        (EMAIL, "password_too_common"),
    ],
)
async def test_refused_passwords(client: httpx2.AsyncClient, password: str, code: str) -> None:
    answer = await register(client, password=password)
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == (code, "password")


async def test_hostile_text_from_a_page(session: AsyncSession) -> None:
    with pytest.raises(InvalidFieldError):
        check_new_password("\ud800" * 8, EMAIL)
    for email, password in [
        ("\0", "\0" * 9),
        ("\ud800@x.yz", PASSWORD),
        (EMAIL, "\udfff"),
        ("x" * 9999, "x" * 9999),
    ]:
        with pytest.raises(InvalidCredentialsError):
            await auth_service.sign_in(session, email=email, password=password, client=HERE)
        with pytest.raises(InvalidFieldError):
            await auth_service.register(session, email=email, password=password, client=HERE)


async def test_every_outcome_makes_one_verification(
    client: httpx2.AsyncClient, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real = Argon2Hasher.verify

    def counting(self: Argon2Hasher, password: str | bytes, stored: str | bytes) -> bool:
        seen.append(str(stored).rsplit("$", 2)[0])
        return real(self, password, stored)

    monkeypatch.setattr(Argon2Hasher, "verify", counting)
    for email in (EMAIL, "oauth-only@example.com", "disabled@example.com"):
        await register(client, email)
    await _change(session, "oauth-only@example.com", password_hash=None)
    await _change(session, "disabled@example.com", is_active=False)

    bodies = set()
    for email, password in [
        (EMAIL, "wrong password"),
        ("nobody@example.com", PASSWORD),
        ("oauth-only@example.com", PASSWORD),
        ("disabled@example.com", PASSWORD),
        (EMAIL, "x" * 5000),
    ]:
        answer = await sign_in(client, email, password)
        assert (answer.status_code, len(seen)) == (401, 1), email
        bodies.add((answer.content, seen.pop()))
    assert len(bodies) == 1

    assert (await sign_in(client)).status_code == 200
    assert len(seen) == 1


async def test_bcrypt_is_verified_once_and_replaced(
    client: httpx2.AsyncClient, session: AsyncSession
) -> None:
    await register(client)
    for password in ("an old password", "é" * 60):
        await _change(session, EMAIL, password_hash=BcryptHasher(rounds=4).hash(password.encode()[:72]))
        assert (await sign_in(client, password="wrong password")).status_code == 401
        assert (await sign_in(client, password=password)).status_code == 200
        stored = (await session.exec(select(User.password_hash))).one()
        assert stored is not None
        assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
        assert (await sign_in(client, password=password)).status_code == 200


async def test_weaker_hashes_are_replaced(
    client: httpx2.AsyncClient, session: AsyncSession, configure: Configure
) -> None:
    await register(client)
    configure(password_hash_memory_kib=16)
    assert (await sign_in(client)).status_code == 200
    stored = (await session.exec(select(User.password_hash))).one()
    assert stored is not None
    assert "m=16,t=1,p=1" in stored


async def test_a_hash_of_no_known_kind_is_nobodys(client: httpx2.AsyncClient, session: AsyncSession) -> None:
    await register(client)
    await _change(session, EMAIL, password_hash="md5:5f4dcc3b5aa765d61d8327deb882cf99")
    assert (await sign_in(client)).status_code == 401


@pytest.mark.parametrize(
    "work", [passwords.hash_password, lambda text: passwords.verify_password(text, None)]
)
async def test_hashing_leaves_the_loop_and_is_limited(
    work: Callable[[str], Awaitable[object]], configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(password_hash_concurrency=3)
    at_once, most, threads = 0, 0, set()
    lock = threading.Lock()

    def slow(*_: object, **__: object) -> str:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
            threads.add(threading.get_ident())
        time.sleep(0.01)
        with lock:
            at_once -= 1
        return ""

    monkeypatch.setattr(passwords, "_verify", slow)
    monkeypatch.setattr(Argon2Hasher, "hash", slow)
    await asyncio.gather(*(work(PASSWORD) for _ in range(20)))
    assert most == 3
    assert threading.get_ident() not in threads


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"jwt_secret_key": "short"}, "JWT_SECRET_KEY"),
        ({"jwt_secret_key": "your-super-secret-key-here-make-it-long-and-random"}, "JWT_SECRET_KEY"),
        ({"password_hash_memory_kib": 8}, "PASSWORD_HASH_MEMORY_KIB"),
        ({"password_hash_time_cost": 1}, "PASSWORD_HASH_TIME_COST"),
        ({"rate_limit_enabled": False}, "RATE_LIMIT_ENABLED"),
        ({"jwt_algorithm": "none"}, "JWT_ALGORITHM"),
    ],
)
def test_production_refuses_weak_settings(
    configure: Configure, values: dict[str, object], named: str
) -> None:
    fit = {"password_hash_memory_kib": 19456, "password_hash_time_cost": 2}
    configure(**({"app_env": "production", "public_url": "https://app.example.com"} | fit | values))
    with pytest.raises(ConfigError, match=named):
        check_settings(SETTINGS)


@pytest.mark.parametrize("secret", ["", "x" * 31])
def test_there_is_no_default_key(secret: str) -> None:
    with pytest.raises(ValidationError, match="is missing, or shorter than 32 characters"):
        SecuritySettings(jwt_secret_key=SecretStr(secret))


def test_the_defaults_are_fit_for_production(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PASSWORD_HASH_MEMORY_KIB", "PASSWORD_HASH_TIME_COST"):
        monkeypatch.delenv(name)
    configure()
    assert settings(SecuritySettings).production_problems() == []
    assert settings(AuthSettings).production_problems() == []


async def _change(session: AsyncSession, email: str, **values: object) -> None:
    await session.exec(update(User).where(col(User.email) == email).values(**values))
    await session.commit()
