"""Accounts and passwords: what is taken, how it is hashed, and that an outcome does not show in the work."""

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from typer.testing import CliRunner, Result

from app.cli.auth import auth_cli
from app.core import db, security
from app.core.config import ConfigError, check_settings, settings
from app.core.project import NAME
from app.core.security import SecuritySettings
from app.core.settings import SETTINGS
from app.models.user import User
from app.services.auth import Client, auth_service
from app.services.auth.errors import InvalidCredentialsError, InvalidFieldError, UserNotFoundError
from tests.conftest import Configure
from tests.plugins.auth import EMAIL, PASSWORD, Browser, register, sign_in


@pytest.mark.parametrize("password", ["é" * 72, "x" * 200, " spaces stay ", "x" * 1024])
async def test_long_and_odd_passwords(client: Browser, password: str) -> None:
    assert (await register(client, password=password)).status_code == 201
    assert (await sign_in(client, password=password)).status_code == 200
    other = f"{password[:99]}!{password[100:]}" if len(password) > 100 else password.strip()[:-1]
    assert (await sign_in(client, password=other)).status_code == 401


async def test_refused_passwords(client: Browser) -> None:
    reasons = {"short12": "short", "x" * 1025: "long", "Password1": "common", EMAIL: "common"}
    # What anybody would try here, with whatever digits and signs.
    reasons |= {f"{NAME}-20260101": "common", "Admin!12345": "common", "ada.123456": "common"}
    for password, reason in reasons.items():
        answer = await register(client, password=password)
        refusal = {"code": f"password_too_{reason}", "field": "password"}
        assert (answer.status_code, refusal.items() <= answer.json().items()) == (422, True)


@pytest.mark.parametrize(
    ("email", "password"),
    [("\0", "\0" * 9), ("\ud800@x.yz", PASSWORD), (EMAIL, "\udfff"), ("x" * 9999, "x" * 9999)],
)
async def test_hostile_text_from_a_page(session: AsyncSession, email: str, password: str) -> None:
    here = Client(address="192.0.2.1")
    with pytest.raises(InvalidCredentialsError):
        await auth_service.sign_in(session, email=email, password=password, client=here)
    with pytest.raises(InvalidFieldError):
        await auth_service.register(session, email=email, password=password, client=here)


async def test_every_outcome_makes_one_verification(
    client: Browser, session: AsyncSession, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(sign_ins_per_minute=100)
    seen: list[str] = []
    real = Argon2Hasher.verify

    def counting(self: Argon2Hasher, password: str | bytes, stored: str | bytes) -> bool:
        seen.append(str(stored).rsplit("$", 2)[0])
        return real(self, password, stored)

    monkeypatch.setattr(Argon2Hasher, "verify", counting)
    oauth_only, disabled = "oauth-only@example.com", "disabled@example.com"
    for email in (EMAIL, oauth_only, disabled):
        await register(client, email)
    await _change(session, oauth_only, password_hash=None)
    await _change(session, disabled, is_active=False)

    outcomes = set()
    for email in (EMAIL, "nobody@example.com", oauth_only, disabled):
        password = PASSWORD if email != EMAIL else "wrong password"
        answer = await sign_in(client, email, password)
        assert (answer.status_code, len(seen)) == (401, 1), email
        outcomes.add((answer.content, seen.pop()))
    assert len(outcomes) == 1
    assert ((await sign_in(client)).status_code, len(seen)) == (200, 1)
    client.cookies.clear()
    for _ in range(5):
        await sign_in(client, password="wrong password")
    seen.clear()
    assert ((await sign_in(client)).status_code, len(seen)) == (429, 1)


async def test_older_hashes_are_replaced(
    client: Browser, session: AsyncSession, configure: Configure
) -> None:
    await register(client)
    old = "é" * 60
    await _change(session, EMAIL, password_hash=BcryptHasher(rounds=4).hash(old.encode()[:72]))
    assert (await sign_in(client, password="wrong password")).status_code == 401
    for memory in (8, 16):
        configure(password_hash_memory_kib=memory)
        assert (await sign_in(client, password=old)).status_code == 200
        stored = (await session.exec(select(User.password_hash))).one()
        assert str(stored).startswith(f"$argon2id$v=19$m={memory},t=1,p=1$")
        await session.rollback()
    await _change(session, EMAIL, password_hash="md5:5f4dcc3b5aa765d61d8327deb882cf99")
    assert (await sign_in(client, password=old)).status_code == 401


@pytest.mark.parametrize("work", [security.hash_password, lambda text: security.verify_password(text, None)])
async def test_hashing_leaves_the_loop_and_is_limited(
    work: Callable[[str], Awaitable[object]], configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(password_hash_concurrency=3)
    running: list[int] = []
    most, lock = 0, threading.Lock()

    def slow(*_: object, **__: object) -> str:
        nonlocal most
        assert threading.current_thread() is not threading.main_thread()
        with lock:
            running.append(1)
            most = max(most, len(running))
        time.sleep(0.01)
        running.pop()
        return ""

    monkeypatch.setattr(security, "_verify", slow)
    monkeypatch.setattr(Argon2Hasher, "hash", slow)
    await asyncio.gather(*(work(PASSWORD) for _ in range(20)))
    assert most == 3


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"jwt_secret_key": "short"}, "JWT_SECRET_KEY"),
        ({"jwt_secret_key": "your-super-secret-key-here-make-it-long-and-random"}, "JWT_SECRET_KEY"),
        ({"jwt_algorithm": "none"}, "JWT_ALGORITHM"),
        ({"password_hash_memory_kib": 8}, "PASSWORD_HASH_MEMORY_KIB"),
        ({"password_hash_time_cost": 1}, "PASSWORD_HASH_TIME_COST"),
        ({"rate_limit_enabled": False}, "RATE_LIMIT_ENABLED"),
    ],
)
def test_production_refuses_weak_settings(
    configure: Configure, values: dict[str, object], named: str
) -> None:
    configure(password_hash_memory_kib=19456, password_hash_time_cost=2)
    assert settings(SecuritySettings).production_problems() == []
    configure(app_env="production", public_url="https://app.example.com", **values)
    with pytest.raises(ConfigError, match=named):
        check_settings(SETTINGS)


def _run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(auth_cli, list(arguments), input=given)


def test_accounts_from_the_command_line() -> None:
    made = _run("create-user", EMAIL, "--full-name", "Ada", "--json", given=f"{PASSWORD}\n")
    user = json.loads(made.stdout)
    assert (user["email"], user["full_name"], user["is_active"]) == (EMAIL, "Ada", True)
    (listed,) = json.loads(_run("list-users", "--json").stdout)
    assert listed.items() >= user.items()
    assert json.loads(_run("revoke-sessions", EMAIL, "--json").stdout) == {"ended": 0}
    assert _run("deactivate", EMAIL.upper()).stdout == f"Deactivated {EMAIL}.\n"
    assert "inactive" in _run("list-users").stdout


def test_commands_say_what_cannot_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(_run("create-user", EMAIL, given="short\n").exception, InvalidFieldError)
    assert isinstance(_run("deactivate", EMAIL).exception, UserNotFoundError)
    monkeypatch.setattr(db, "make_engine", lambda: 1 / 0)
    monkeypatch.setattr("app.cli.auth.SQLAlchemyError", ZeroDivisionError)
    assert isinstance(_run("list-users").exception, ConfigError)


async def _change(session: AsyncSession, email: str, **values: object) -> None:
    await session.exec(update(User).where(col(User.email) == email).values(**values))
    await session.commit()
