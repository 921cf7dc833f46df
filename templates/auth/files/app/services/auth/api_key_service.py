"""
API keys: making, proving, listing and revoking them.

A key is 256 random bits, behind a prefix that scanners for leaked secrets can look for, and with a checksum
that tells a slip or an invention before the database is asked. It is shown once; what is stored is its
SHA-256, which is enough for a secret of more than 112 random bits (ASVS 6.5.2).
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta
from string import ascii_letters, digits
from typing import get_args
from uuid import UUID
from zlib import crc32

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.security import fingerprint
from app.models.api_key import ApiKey
from app.models.base import utc_now
from app.models.user import User
from app.services.auth import events, letters, outbox
from app.services.auth.errors import ApiKeyNotFoundError, InvalidFieldError, TooManyApiKeysError
from app.services.auth.holding import hold_own
from app.services.auth.principal import Client, Principal, Scope

PREFIX = "aegis_key_"
ALPHABET = digits + ascii_letters
# 62 ** 43 is just above 2 ** 256, and 62 ** 6 above 2 ** 32.
RANDOM_CHARACTERS, CHECK_CHARACTERS = 43, 6
MOST_KEYS, MOST_DAYS, LONGEST_NAME = 20, 365, 100
USE_IS_NOTED_EVERY = timedelta(minutes=10)


def is_api_key(token: str) -> bool:
    """Whether a bearer token claims to be an API key and not a session's access token."""
    return token.startswith(PREFIX)


async def make_key(
    session: AsyncSession,
    principal: Principal,
    *,
    name: str,
    scopes: Collection[str],
    expires_in_days: int,
    client: Client,
) -> tuple[ApiKey, str]:
    """A new key, and what its program has to show. Needs a recent sign-in."""
    principal.require_recent()
    shown = with_checksum("".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS)))
    row = ApiKey(
        user_id=principal.user_id,
        key_hash=fingerprint(shown),
        name=_check_name(name),
        scope=_check_scopes(scopes),
        expires_at=utc_now() + _check_days(expires_in_days),
    )
    # Of many at once, each counts the one before.
    owner = await hold_own(session, principal)
    made = await session.exec(select(func.count()).where(ApiKey.user_id == principal.user_id))
    if made.one() >= MOST_KEYS:
        raise TooManyApiKeysError
    session.add(row)
    events.record(session, "api_key_made", client, principal.user_id, row.id)
    outbox.enqueue(session, letters.api_key_made, owner.email, owner.id)
    await session.commit()
    return row, shown


async def principal_of_key(session: AsyncSession, token: str) -> Principal | None:
    """The person whose program shows this key, while both are alive."""
    random = token[len(PREFIX) : -CHECK_CHARACTERS]
    if not token.isascii() or token != with_checksum(random):
        return None
    now = utc_now()
    found = await session.exec(
        select(ApiKey, User)
        .join(User, col(User.id) == col(ApiKey.user_id))
        .where(ApiKey.key_hash == fingerprint(token), ApiKey.expires_at > now, col(User.is_active).is_(True))
    )
    if (row := found.first()) is None:
        return None
    key, user = row
    # Coarsely: a program that asks often shall not write often.
    if key.last_used_at is None or key.last_used_at < now - USE_IS_NOTED_EVERY:
        await session.exec(update(ApiKey).where(col(ApiKey.id) == key.id).values(last_used_at=now))
        await session.commit()
    who = user.email, user.full_name, user.email_verified_at, user.created_at
    return Principal(user.id, key.id, *who, key.created_at, key.id, frozenset(key.scopes))


async def list_keys(session: AsyncSession, principal: Principal) -> Sequence[ApiKey]:
    """All keys of one person, the latest first; those that ran out are among them until they are deleted."""
    principal.require_session()
    mine = select(ApiKey).where(ApiKey.user_id == principal.user_id)
    return (await session.exec(mine.order_by(col(ApiKey.created_at).desc()))).all()


async def revoke_key(session: AsyncSession, principal: Principal, key_id: UUID, client: Client) -> None:
    """Ends one of a person's keys, at once and for good. Needs a recent sign-in."""
    principal.require_recent()
    deleted = await session.exec(
        delete(ApiKey)
        .where(col(ApiKey.id) == key_id, col(ApiKey.user_id) == principal.user_id)
        .returning(col(ApiKey.id))
        .execution_options(synchronize_session=False)
    )
    if deleted.scalar_one_or_none() is None:
        raise ApiKeyNotFoundError
    events.record(session, "api_key_revoked", client, principal.user_id, key_id)
    await session.commit()


async def drop_keys(session: AsyncSession, user_id: UUID) -> None:
    """Ends all keys of a person, for those who end more than that. The caller commits."""
    await session.exec(delete(ApiKey).where(col(ApiKey.user_id) == user_id))


def with_checksum(random: str) -> str:
    """The whole key for its random part: prefix and CRC-32 come to it, the latter in base 62."""
    check, rest = "", crc32(f"{PREFIX}{random}".encode())
    for _ in range(CHECK_CHARACTERS):
        rest, digit = divmod(rest, len(ALPHABET))
        check = ALPHABET[digit] + check
    return f"{PREFIX}{random}{check}"


def _check_name(text: str) -> str:
    name = text.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        message = f"A name has 1 to {LONGEST_NAME} characters, on one line."
        raise InvalidFieldError("name", "invalid_name", message)
    return name


def _check_scopes(scopes: Collection[str]) -> str:
    known = get_args(Scope)
    if not scopes or not set(scopes) <= set(known):
        raise InvalidFieldError("scopes", "invalid_scopes", f"Choose among: {', '.join(known)}.")
    # Whoever may write may also read.
    return " ".join(scope for scope in known if scope == "read" or scope in scopes)


def _check_days(days: int) -> timedelta:
    if not 1 <= days <= MOST_DAYS:
        message = f"A key lasts from 1 to {MOST_DAYS} days."
        raise InvalidFieldError("expires_in_days", "invalid_expires_in_days", message)
    return timedelta(days=days)
