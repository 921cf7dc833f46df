"""`uv run app auth rotate-keys`."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from app.core.config import ConfigError, settings
from app.core.logging import setup_logging
from app.core.security import SecuritySettings
from app.core.signing_keys import rotate

BY_HAND = (
    "HS256 signs with JWT_SECRET_KEY, which this command does not touch: move its value to "
    "JWT_PREVIOUS_SECRET_KEY, give it a new one of 48 random bytes, restart, and empty "
    "JWT_PREVIOUS_SECRET_KEY {minutes} minutes later."
)


def rotate_keys(as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False) -> None:
    """Make a new signing key; the one before verifies until its last token has run out."""
    # Standard output is the answer's alone.
    setup_logging("WARNING", as_json=False)
    config = settings(SecuritySettings)
    if config.jwt_algorithm == "HS256":
        raise ConfigError(BY_HAND.format(minutes=config.access_token_expire_minutes))
    done = rotate(config.keys_dir, config.jwt_algorithm, config.token_lifetime)
    text = f"{done.signs} signs from now on; {len(done.verify)} still verify, {len(done.removed)} removed."
    typer.echo(json.dumps(asdict(done)) if as_json else text)
