"""Keys and signed tokens. Passwords are in `app.core.passwords`."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal
from uuid import UUID, uuid4

import jwt
from pydantic import Field, SecretStr, field_validator

from app.core.config import SHORTEST_SECRET, AppSettings, ModuleSettings, settings
from app.core.project import NAME
from app.models.base import utc_now

TOKEN_TYPE = "at+jwt"  # noqa: S105, the media type of RFC 9068
_LONGEST_TOKEN = 4096
_PLACEHOLDERS = ("your-", "change", "replace", "secret-key", "example")


class SecuritySettings(ModuleSettings):
    """What tokens are signed with, and what a password hash costs."""

    required_secrets: ClassVar[tuple[str, ...]] = ("jwt_secret_key",)

    jwt_secret_key: SecretStr = Field(default=SecretStr(""), validate_default=True)
    jwt_algorithm: Literal["HS256"] = "HS256"
    access_token_expire_minutes: Annotated[int, Field(gt=0, le=60)] = 15
    password_hash_concurrency: Annotated[int, Field(gt=0)] = 2
    password_hash_memory_kib: Annotated[int, Field(ge=8)] = 19_456
    password_hash_time_cost: Annotated[int, Field(gt=0)] = 2

    @field_validator("jwt_secret_key")
    @classmethod
    def _is_long_enough(cls, value: SecretStr) -> SecretStr:
        # In development too: a key one can guess would sign tokens there as well.
        if len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"is missing, or shorter than {SHORTEST_SECRET} characters")
        return value

    def production_problems(self) -> list[str]:
        """Refuses example secrets and hashes below the OWASP floor for Argon2id."""
        problems = super().production_problems()
        secret = self.jwt_secret_key.get_secret_value().lower()
        if any(word in secret for word in _PLACEHOLDERS) or len(set(secret)) < 10:
            problems.append("JWT_SECRET_KEY looks like an example; use 32 or more random bytes")
        if self.password_hash_memory_kib < 19_456:
            problems.append("PASSWORD_HASH_MEMORY_KIB must be at least 19456 in production")
        if self.password_hash_time_cost < 2:
            problems.append("PASSWORD_HASH_TIME_COST must be at least 2 in production")
        return problems


def derived_key(purpose: str) -> bytes:
    """A key of its own for every purpose, so that no two uses of the secret can be mixed up."""
    secret = settings(SecuritySettings).jwt_secret_key.get_secret_value().encode()
    return hmac.digest(secret, purpose.encode(), "sha256")


def fingerprint(token: str) -> str:
    """What is stored of a random token. Plain SHA-256 is enough: the token cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_fingerprint(purpose: str, value: str) -> str:
    """What is stored of something guessable, such as an address: useless without the secret."""
    text = value.encode("utf-8", "surrogatepass")
    return hmac.new(derived_key(purpose), text, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class SessionRef:
    """A session and its owner, as a token that is ours names them."""

    user_id: UUID
    sid: UUID


def access_token(user_id: UUID, sid: UUID) -> tuple[str, datetime]:
    """A signed access token of one session, and the time it runs out."""
    config = settings(SecuritySettings)
    now = utc_now().replace(microsecond=0)
    expires_at = now + timedelta(minutes=config.access_token_expire_minutes)
    claims = {
        "iss": _issuer(),
        "aud": NAME,
        "sub": str(user_id),
        "sid": str(sid),
        "jti": str(uuid4()),
        "iat": now,
        "exp": expires_at,
    }
    kid, key = next(iter(_keys().items()))
    headers = {"typ": TOKEN_TYPE, "kid": kid}
    return jwt.encode(claims, key, algorithm=config.jwt_algorithm, headers=headers), expires_at


def read_access_token(token: str) -> SessionRef | None:
    """What a token stands for that is ours and still valid, else None.

    The key follows from `kid` among our own keys and the algorithm from the settings; nothing else
    in the header is believed, so `none`, `jwk`, `jku` and another algorithm lead nowhere.
    """
    config = settings(SecuritySettings)
    if len(token) > _LONGEST_TOKEN:
        return None
    try:
        header = jwt.get_unverified_header(token)
        if str(header.get("typ", "")).lower() != TOKEN_TYPE:
            return None
        claims = jwt.decode(
            token,
            _keys()[header["kid"]],
            algorithms=[config.jwt_algorithm],
            audience=NAME,
            issuer=_issuer(),
            # A neighbour's clock may run ahead of ours by a second.
            options={
                "require": ["iss", "aud", "sub", "sid", "jti", "iat", "exp"],
                "verify_iat": False,
            },
        )
        return SessionRef(user_id=UUID(claims["sub"]), sid=UUID(claims["sid"]))
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _issuer() -> str:
    return settings(AppSettings).public_url or NAME


def _keys() -> dict[str, str]:
    """All keys that verify, by id; the first one signs."""
    secret = settings(SecuritySettings).jwt_secret_key.get_secret_value()
    return {derived_key("kid").hex()[:16]: secret}
