"""
The folder of signing keys, for EdDSA and RS256.

Each `*.pem` in it is one private key (PKCS 8, no passphrase), named by the time it was made: the last name
signs, and the one before verifies until its last token has run out. The folder is listed with every use, a
matter of microseconds; so every process takes up a changed folder without a restart. A key's id is its
thumbprint (RFC 7638), whatever its file is called.
"""

import json
import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.core.config import ConfigError
from app.core.logging import get_logger
from app.models.base import utc_now

Asymmetric = Literal["EdDSA", "RS256"]
PrivateKey = Ed25519PrivateKey | RSAPrivateKey
PublicKey = Ed25519PublicKey | RSAPublicKey
# RFC 7518, 3.3 allows no less; ASVS 11.2.3 asks for 128 bits of strength, which takes 3072.
SMALLEST_RSA_BITS, RSA_BITS = 2048, 3072
log = get_logger("app.auth")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key pair of the folder."""

    path: Path
    private: PrivateKey
    # Since when a newer key signs, as a time stamp.
    replaced_at: float = inf

    @property
    def jwk(self) -> dict[str, str]:
        """The public half as RFC 7517 and 8037 write it, with the members that make the thumbprint."""
        if isinstance(self.private, Ed25519PrivateKey):
            raw = self.private.public_key().public_bytes_raw()
            return {"crv": "Ed25519", "kty": "OKP", "x": _base64(raw)}
        numbers = self.private.public_key().public_numbers()
        return {"e": _base64(_bytes(numbers.e)), "kty": "RSA", "n": _base64(_bytes(numbers.n))}

    @property
    def kid(self) -> str:
        """The thumbprint of RFC 7638: two keys never share it, and it tells nothing."""
        canonical = json.dumps(self.jwk, sort_keys=True, separators=(",", ":"))
        return _base64(sha256(canonical.encode()).digest())

    def counts(self, lifetime: timedelta) -> bool:
        """Whether a token that it signed can still be alive."""
        return utc_now().timestamp() < self.replaced_at + lifetime.total_seconds()


@dataclass(frozen=True, slots=True)
class Folder:
    """What was found in the folder: keys of one algorithm, the newest first, and files that are no use."""

    keys: tuple[SigningKey, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did: the key that signs now, those that still verify, and those that are gone."""

    signs: str
    verify: list[str]
    removed: list[str]


def read_folder(folder: Path, algorithm: Asymmetric) -> Folder:
    """
    The folder as it is at this moment; parsed anew only when a file in it is another one.

    A copy may bring its time along, and keys are of one size: what nobody can set is the time of the inode.
    """
    try:
        with os.scandir(folder) as entries:
            found = [(Path(entry), entry.stat()) for entry in entries if entry.name.endswith(".pem")]
    except OSError:
        found = []
    listing = sorted((path, stat.st_mtime, (stat.st_ino, stat.st_ctime_ns)) for path, stat in found)
    return _parse(tuple(listing), algorithm)


def rotate(folder: Path, algorithm: Asymmetric, lifetime: timedelta) -> Rotation:
    """Makes the key that signs from now on, and removes those whose last token has run out."""
    before = read_folder(folder, algorithm).keys
    name = f"{utc_now():%Y%m%dT%H%M%S%fZ}.pem"
    if before and name <= before[0].path.name:
        raise ConfigError(f"{before[0].path} is named later than {name} and would go on signing: rename it.")
    _write(folder / name, _generate(algorithm))
    signs, *older = read_folder(folder, algorithm).keys
    over = [key for key in older if not key.counts(lifetime)]
    for key in over:
        key.path.unlink(missing_ok=True)
    kept = [key.kid for key in older if key not in over]
    return Rotation(signs.kid, kept, [key.kid for key in over])


@lru_cache(maxsize=4)
def _parse(listing: tuple[tuple[Path, float, tuple[int, int]], ...], algorithm: Asymmetric) -> Folder:
    """Reads the listed files. One that is no use is named and left out: the others go on."""
    keys: list[tuple[Path, float, PrivateKey]] = []
    problems: list[str] = []
    for path, changed_at, _ in listing:
        try:
            key = _load(path, algorithm)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
            problems.append(f"{path.name} is no use: {error}")
            log.warning("signing_key_left_out", file=path.name, reason=str(error))
        else:
            keys += [(path, changed_at, key)] if key else []
    newest = [SigningKey(path, key) for path, _, key in keys[-1:]]
    older = [SigningKey(path, key, since) for (path, _, key), (_, since, _) in pairwise(keys)]
    return Folder((*newest, *reversed(older)), tuple(problems))


def _load(path: Path, algorithm: Asymmetric) -> PrivateKey | None:
    """The key in a file; None if it is one for another algorithm, left over from before."""
    key = load_pem_private_key(path.read_bytes(), password=None)
    if isinstance(key, RSAPrivateKey) and key.key_size < SMALLEST_RSA_BITS:
        raise ValueError(f"an RSA key needs {SMALLEST_RSA_BITS} bits, this one has {key.key_size}")
    fits = isinstance(key, Ed25519PrivateKey) if algorithm == "EdDSA" else isinstance(key, RSAPrivateKey)
    return key if fits and isinstance(key, PrivateKey) else None


def _generate(algorithm: Asymmetric) -> PrivateKey:
    return Ed25519PrivateKey.generate() if algorithm == "EdDSA" else generate_private_key(65537, RSA_BITS)


def _write(path: Path, key: PrivateKey) -> None:
    """Puts a key into the folder: whole or not at all, and from its first byte for its owner alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_suffix(".new")
        unfinished.touch(mode=0o600, exist_ok=False)
        unfinished.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        unfinished.rename(path)
    except OSError as error:
        raise ConfigError(f"JWT_KEYS_DIR cannot be written to: {path.parent}") from error


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
