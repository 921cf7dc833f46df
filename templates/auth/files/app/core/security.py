"""Signed tokens, fingerprints and password hashes. `app.core.signing_keys` reads the folder of keys."""

import asyncio
import hashlib
import hmac
import secrets
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeVar
from uuid import UUID, uuid4

import jwt
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from pydantic import Field, SecretStr, field_validator

from app.core.config import (
    ROOT,
    SHORTEST_SECRET,
    AppSettings,
    ConfigError,
    ModuleSettings,
    settings,
    weakness,
)
from app.core.project import NAME
from app.core.signing_keys import PrivateKey, PublicKey, SigningKey, read_folder
from app.models.base import utc_now

T = TypeVar("T")
KeyPair = tuple[str | PrivateKey, str | PublicKey]
TOKEN_TYPE = "at+jwt"  # noqa: S105, the media type of RFC 9068
LONGEST_TOKEN = 4096
CLAIMS = ["iss", "aud", "sub", "sid", "jti", "iat", "exp"]
# The floor that OWASP gives for Argon2id.
MEMORY_KIB, TIME_COST = 19_456, 2
SALT_BYTES, DIGEST_BYTES, BCRYPT_BYTES = 16, 32, 72


class SecuritySettings(ModuleSettings):
    """What tokens are signed with, and what a password hash costs."""

    required_secrets: ClassVar[tuple[str, ...]] = ("jwt_secret_key",)

    jwt_secret_key: SecretStr = Field(default=SecretStr(""), validate_default=True)
    jwt_previous_secret_key: SecretStr = SecretStr("")
    jwt_algorithm: Literal["HS256", "EdDSA", "RS256"] = "HS256"
    jwt_keys_dir: Path = Path("keys")
    access_token_expire_minutes: Annotated[int, Field(gt=0, le=60)] = 15
    password_hash_concurrency: Annotated[int, Field(gt=0)] = 2
    password_hash_memory_kib: Annotated[int, Field(ge=8)] = MEMORY_KIB
    password_hash_time_cost: Annotated[int, Field(gt=0)] = TIME_COST

    @field_validator("jwt_secret_key")
    @classmethod
    def _is_long_enough(cls, value: SecretStr) -> SecretStr:
        # In development too: a key that can be guessed would sign tokens there as well.
        if len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"is missing, or shorter than {SHORTEST_SECRET} characters")
        return value

    @field_validator("jwt_previous_secret_key")
    @classmethod
    def _is_empty_or_long_enough(cls, value: SecretStr) -> SecretStr:
        return cls._is_long_enough(value) if value.get_secret_value() else value

    @property
    def all_secrets(self) -> list[str]:
        """Every secret that counts, today's first."""
        both = self.jwt_secret_key.get_secret_value(), self.jwt_previous_secret_key.get_secret_value()
        return [secret for secret in both if secret]

    @property
    def token_lifetime(self) -> timedelta:
        """How long an access token lives."""
        return timedelta(minutes=self.access_token_expire_minutes)

    @property
    def keys_dir(self) -> Path:
        """The folder of signing keys; a relative path starts at the project."""
        return ROOT / self.jwt_keys_dir

    def signing_keys(self) -> list[SigningKey]:
        """The keys of the folder that count right now, the one that signs first; none with HS256."""
        if self.jwt_algorithm == "HS256":
            return []
        keys = read_folder(self.keys_dir, self.jwt_algorithm).keys
        return [key for key in keys if key.counts(self.token_lifetime)]

    def key_problems(self) -> list[str]:
        """Why nothing could be signed, or some file of the folder is no use."""
        if self.jwt_algorithm == "HS256":
            return []
        found = read_folder(self.keys_dir, self.jwt_algorithm)
        if found.problems or found.keys:
            return [f"JWT_KEYS_DIR: {problem}" for problem in found.problems]
        hint = "`uv run app auth rotate-keys` makes one"
        return [f"JWT_KEYS_DIR holds no key for {self.jwt_algorithm}; {hint}"]

    def production_problems(self) -> list[str]:
        problems = super().production_problems()
        previous = self.jwt_previous_secret_key.get_secret_value()
        if previous and (problem := weakness(previous)):
            problems.append(f"JWT_PREVIOUS_SECRET_KEY {problem}")
        problems.extend(self.key_problems())
        if self.password_hash_memory_kib < MEMORY_KIB:
            problems.append(f"PASSWORD_HASH_MEMORY_KIB must be at least {MEMORY_KIB}")
        if self.password_hash_time_cost < TIME_COST:
            problems.append(f"PASSWORD_HASH_TIME_COST must be at least {TIME_COST}")
        return problems


def derived_keys(purpose: str) -> list[bytes]:
    """
    A key of its own for every purpose, so that no two uses of a secret can be mixed up; today's first.

    The first one makes what is new. What has to outlive a change of the secret (the successor of a refresh
    token, the seal of a known device) is looked for under all of them; limits begin anew under the first.
    """
    roots = settings(SecuritySettings).all_secrets
    return [hmac.digest(root.encode(), purpose.encode(), "sha256") for root in roots]


def fingerprint(token: str) -> str:
    """What is stored of a random token. Plain SHA-256 is enough: the token cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_fingerprints(purpose: str, value: str) -> list[str]:
    """What is stored of something guessable, such as an address; worth nothing without the secret."""
    text = value.encode("utf-8", "surrogatepass")
    return [hmac.digest(key, text, "sha256").hex() for key in derived_keys(purpose)]


def keyed_fingerprint(purpose: str, value: str) -> str:
    """The same under today's secret alone."""
    return keyed_fingerprints(purpose, value)[0]


@dataclass(frozen=True, slots=True)
class SessionRef:
    """A session and its owner, as a token that is ours names them."""

    user_id: UUID
    sid: UUID


def access_token(ref: SessionRef) -> tuple[str, datetime]:
    """A signed access token of one session, and the time it runs out."""
    config, now = settings(SecuritySettings), utc_now().replace(microsecond=0)
    expires_at = now + config.token_lifetime
    who = {"iss": _issuer(), "aud": NAME, "sub": str(ref.user_id), "sid": str(ref.sid)}
    claims = {**who, "jti": str(uuid4()), "iat": now, "exp": expires_at}
    if (signer := next(iter(_keys().items()), None)) is None:
        raise ConfigError("JWT_KEYS_DIR holds no key any more.")
    kid, (key, _) = signer
    headers = {"typ": TOKEN_TYPE, "kid": kid}
    return jwt.encode(claims, key, config.jwt_algorithm, headers), expires_at


def read_access_token(token: str) -> SessionRef | None:
    """
    What a token stands for that is ours and still valid, else None.

    The key follows from `kid` among our own keys and the algorithm from the settings; nothing else in the
    header is believed, so `none`, `jwk`, `jku` and another algorithm lead nowhere.
    """
    try:
        header = jwt.get_unverified_header(token) if len(token) <= LONGEST_TOKEN else {}
        if header.get("typ") != TOKEN_TYPE:
            return None
        claims = jwt.decode(
            token,
            _keys()[header["kid"]][1],
            algorithms=[settings(SecuritySettings).jwt_algorithm],
            audience=NAME,
            issuer=_issuer(),
            # Not `iat`: a neighbour's clock may run a second ahead of ours.
            options={"require": CLAIMS, "verify_iat": False},
        )
        return SessionRef(UUID(claims["sub"]), UUID(claims["sid"]))
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _issuer() -> str:
    return settings(AppSettings).public_url or NAME


def public_keys() -> list[dict[str, str]]:
    """What others may verify access tokens with, as RFC 7517 has it; a shared secret is never among them."""
    config = settings(SecuritySettings)
    uses = {"use": "sig", "alg": config.jwt_algorithm}
    return [{**key.jwk, **uses, "kid": key.kid} for key in config.signing_keys()]


def check_keys() -> None:
    """Stops the start of a server that could sign nobody in."""
    if problems := settings(SecuritySettings).key_problems():
        raise ConfigError(f"{'; '.join(problems)}.")


def _keys() -> dict[str, KeyPair]:
    """All keys that count, by id, each as what signs and what verifies; the first one signs."""
    config = settings(SecuritySettings)
    if config.jwt_algorithm == "HS256":
        kids = (key.hex()[:16] for key in derived_keys("kid"))
        return {kid: (secret, secret) for kid, secret in zip(kids, config.all_secrets, strict=True)}
    return {key.kid: (key.private, key.private.public_key()) for key in config.signing_keys()}


async def hash_password(password: str) -> str:
    """Hashes the password exactly as received."""
    return await _off_loop(lambda: _hasher().hash(password))


async def verify_password(password: str, stored: str | None) -> tuple[bool, str | None]:
    """
    Whether the password is right, and a hash with today's parameters if the stored one is older.

    Makes exactly one verification, also when there is no hash to compare with. So an unknown account costs
    the same time as a known one, and the answer tells nothing.
    """
    return await _off_loop(lambda: _verify(password, stored or _decoy()))


def _verify(password: str, stored: str) -> tuple[bool, str | None]:
    hasher = _hasher()
    try:
        if not BcryptHasher.identify(stored):
            return hasher.verify_and_update(password, stored)
    except UnknownHashError:
        return _verify(password, _decoy())
    # bcrypt reads no further than 72 bytes and its library refuses more. Such hashes were brought along from
    # an older system; the first sign-in replaces them.
    matches = hasher.verify(password.encode()[:BCRYPT_BYTES], stored)
    return matches, hasher.hash(password) if matches else None


def _decoy() -> str:
    """A well-formed hash with the current parameters that no password has."""
    config, sizes = settings(SecuritySettings), (SALT_BYTES, DIGEST_BYTES)
    salt, digest = (b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in sizes)
    cost = f"m={config.password_hash_memory_kib},t={config.password_hash_time_cost},p=1"
    return f"$argon2id$v=19${cost}${salt}${digest}"


def _hasher() -> PasswordHash:
    config = settings(SecuritySettings)
    return _make_hasher(config.password_hash_memory_kib, config.password_hash_time_cost)


@cache
def _make_hasher(memory_kib: int, time_cost: int) -> PasswordHash:
    argon2 = Argon2Hasher(time_cost, memory_kib, 1, hash_len=DIGEST_BYTES, salt_len=SALT_BYTES)
    return PasswordHash((argon2, BcryptHasher()))


async def _off_loop(work: Callable[[], T]) -> T:
    threads = _threads(settings(SecuritySettings).password_hash_concurrency)
    return await asyncio.get_running_loop().run_in_executor(threads, work)


@cache
def _threads(count: int) -> ThreadPoolExecutor:
    # A pool of its own: hashing neither starves other threads nor takes more memory than `count` hashes do.
    return ThreadPoolExecutor(max_workers=count, thread_name_prefix="password")
