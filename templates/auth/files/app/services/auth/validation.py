"""What an account's address, name and password may be. Judges any string, however hostile."""

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path

from app.services.auth.errors import InvalidFieldError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 1024
_LOCAL = r"[^\s@,;:<>()\[\]\\\".]+"
_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_LOCAL}(?:\.{_LOCAL})*@{_LABEL}(?:\.{_LABEL})+")
# Characters that turn the direction of text: a name could pass itself off as another.
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_email(text: str) -> str:
    """The address as it is stored."""
    email = text.strip() if len(text) <= 1000 else text
    if len(email) > 254 or not email.isprintable() or not _EMAIL.fullmatch(email):
        raise InvalidFieldError("email", "invalid_email", "This is not an e-mail address.")
    return unicodedata.normalize("NFC", email)


def email_key(text: str) -> str | None:
    """The address as it is compared: one for all spellings. None if it is no address."""
    try:
        return unicodedata.normalize("NFC", check_email(text).lower())
    except InvalidFieldError:
        return None


def check_full_name(text: str) -> str:
    """A name in any script, without control characters."""
    name = text.strip() if len(text) <= 1000 else text
    odd = any(unicodedata.category(char) in {"Cc", "Cs"} or char in _BIDI for char in name)
    if odd or len(name) > 200:
        message = "A name has at most 200 characters and no control characters."
        raise InvalidFieldError("full_name", "invalid_full_name", message)
    return name


def usable(password: str) -> bool:
    """Whether it could be anybody's password at all."""
    return len(password) <= LONGEST_PASSWORD and not _surrogates(password)


def check_new_password(password: str, email: str) -> None:
    """Length and commonness, no rules of composition: those make passwords worse."""
    if _surrogates(password):
        raise InvalidFieldError("password", "invalid_password", "This is not readable text.")
    if len(password) < SHORTEST_PASSWORD:
        message = f"Use at least {SHORTEST_PASSWORD} characters."
        raise InvalidFieldError("password", "password_too_short", message)
    if len(password) > LONGEST_PASSWORD:
        message = f"Use at most {LONGEST_PASSWORD} characters."
        raise InvalidFieldError("password", "password_too_long", message)
    lowered = password.lower()
    digest = hashlib.sha256(lowered.encode()).hexdigest()[:8]
    if digest in _common() or lowered in {email.lower(), email.lower().partition("@")[0]}:
        message = "This password is too easy to guess. Choose another one."
        raise InvalidFieldError("password", "password_too_common", message)


def _surrogates(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


@cache
def _common() -> frozenset[str]:
    lines = Path(__file__).with_name("common_passwords.txt").read_text(encoding="ascii").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())
