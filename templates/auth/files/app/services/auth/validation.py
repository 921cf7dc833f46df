"""What an account's address, name and password may be. Judges any string, however hostile."""

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path

from app.core.project import NAME
from app.services.auth.errors import InvalidFieldError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 1024
# What anybody would try first here (ASVS 6.1.2): add the name of your organisation, and of what it makes.
CONTEXT_WORDS = (NAME, "admin", "administrator")
LOCAL = r"[^\s@,;:<>()\[\]\\\".]+"
LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
EMAIL = re.compile(rf"(?=.{{1,64}}@){LOCAL}(?:\.{LOCAL})*@{LABEL}(?:\.{LABEL})+")
# Control characters, lone surrogates, and those that turn the direction of text.
NO_NAME = {"Cc", "Cs"}
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_email(text: str) -> str:
    """The address as it is stored."""
    email = text.strip()
    if len(email) > 254 or not email.isprintable() or not EMAIL.fullmatch(email):
        raise InvalidFieldError("email", "invalid_email", "This is not an e-mail address.")
    return unicodedata.normalize("NFC", email)


def email_key(text: str) -> str | None:
    """The address as it is compared: one for all spellings. None if it is no address."""
    try:
        return unicodedata.normalize("NFC", check_email(text).lower())
    except InvalidFieldError:
        return None


def check_full_name(text: str) -> str:
    """A name in any script, on one line."""
    name = text.strip()
    odd = any(unicodedata.category(char) in NO_NAME or char in BIDI for char in name)
    if odd or len(name) > 200:
        message = "A name has at most 200 characters, and no control characters."
        raise InvalidFieldError("full_name", "invalid_full_name", message)
    return name


def usable(password: str) -> bool:
    """Whether it could be anybody's password at all."""
    return len(password) <= LONGEST_PASSWORD and not _surrogates(password)


def check_new_password(password: str, email: str, field: str = "password") -> None:
    """Length, commonness and context, and no rules of composition: those make passwords worse."""
    lowered = password[:LONGEST_PASSWORD].lower()
    if _surrogates(lowered):
        problem = "invalid_password", "This is not readable text."
    elif len(password) < SHORTEST_PASSWORD:
        problem = "password_too_short", f"Use at least {SHORTEST_PASSWORD} characters."
    elif len(password) > LONGEST_PASSWORD:
        problem = "password_too_long", f"Use at most {LONGEST_PASSWORD} characters."
    elif _is_common(lowered) or _is_context(lowered, email.lower()):
        problem = "password_too_common", "This password is too easy to guess. Choose another one."
    else:
        return
    raise InvalidFieldError(field, *problem)


def _surrogates(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _is_common(password: str) -> bool:
    return hashlib.sha256(password.encode()).hexdigest()[:8] in _commonest()


def _is_context(password: str, address: str) -> bool:
    """Whether it is such a word or the own address, with whatever digits and signs (ASVS 6.2.11)."""
    words = (*CONTEXT_WORDS, address, address.partition("@")[0])
    core = _letters(password)
    return password in words or (core != "" and core in map(_letters, words))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


@cache
def _commonest() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="ascii")
    return frozenset(text.split())
