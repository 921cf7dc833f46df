"""Password hashes: Argon2id, never on the event loop's thread, and only a few at once."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from app.core.config import settings
from app.core.security import SecuritySettings

_Result = TypeVar("_Result")
_BCRYPT_BYTES = 72
_SALT_BYTES, _DIGEST_BYTES = 16, 32


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one verification."""

    matches: bool
    # A hash with today's parameters, when the stored one is older.
    upgrade: str | None = None


async def hash_password(password: str) -> str:
    """Hashes the password exactly as received."""
    return await _off_loop(lambda: _hasher().hash(password))


async def verify_password(password: str, stored: str | None) -> Verdict:
    """Makes exactly one verification, also when there is no hash to compare with.

    So an unknown account costs the same time as a known one, and the answer tells nothing.
    """
    return await _off_loop(lambda: _verify(password, stored or _decoy()))


def _verify(password: str, stored: str) -> Verdict:
    hasher = _hasher()
    # bcrypt reads no further than 72 bytes and its library refuses more. Only hashes brought
    # along from an older system are of this kind; the first sign-in replaces them.
    legacy = BcryptHasher.identify(stored)
    try:
        if legacy:
            matches = hasher.verify(password.encode()[:_BCRYPT_BYTES], stored)
            return Verdict(matches, hasher.hash(password) if matches else None)
        return Verdict(*hasher.verify_and_update(password, stored))
    except UnknownHashError:
        return _verify(password, _decoy())


def _hasher() -> PasswordHash:
    config = settings(SecuritySettings)
    return _make_hasher(config.password_hash_memory_kib, config.password_hash_time_cost)


@cache
def _make_hasher(memory_kib: int, time_cost: int) -> PasswordHash:
    argon2 = Argon2Hasher(
        time_cost=time_cost,
        memory_cost=memory_kib,
        parallelism=1,
        hash_len=_DIGEST_BYTES,
        salt_len=_SALT_BYTES,
    )
    return PasswordHash((argon2, BcryptHasher()))


def _decoy() -> str:
    """A well-formed hash with the current parameters that no password has."""
    config = settings(SecuritySettings)
    salt, digest = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (_SALT_BYTES, _DIGEST_BYTES)
    )
    cost = f"m={config.password_hash_memory_kib},t={config.password_hash_time_cost},p=1"
    return f"$argon2id$v=19${cost}${salt}${digest}"


async def _off_loop(work: Callable[[], _Result]) -> _Result:
    threads = _threads(settings(SecuritySettings).password_hash_concurrency)
    return await asyncio.get_running_loop().run_in_executor(threads, work)


@cache
def _threads(count: int) -> ThreadPoolExecutor:
    # A pool of its own: hashing can neither starve other threaded work nor use more memory
    # than `count` hashes need.
    return ThreadPoolExecutor(max_workers=count, thread_name_prefix="password")
