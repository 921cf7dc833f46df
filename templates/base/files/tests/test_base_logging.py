"""Logs: nothing in them that a stranger forged or a friend should not see."""

import json
import logging

import pytest

from app.core.logging import get_logger, setup_logging


@pytest.mark.parametrize("as_json", [True, False])
def test_line_breaks_are_spelled_out(capsys: pytest.CaptureFixture[str], *, as_json: bool) -> None:
    setup_logging("INFO", as_json=as_json)
    get_logger("test").info("seen", path="/a\r\nforged \u2028\x1b[31m")
    logging.getLogger("uvicorn").info("%s\nforged", "text", extra={"color_message": "twice"})
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "\x1b[31m" not in lines[0]
    assert "color_message" not in lines[1]


def test_secrets_are_redacted(capsys: pytest.CaptureFixture[str]) -> None:
    setup_logging("INFO", as_json=True)
    get_logger("test").info("seen", password="a", refresh_token="b", path="c")
    event = json.loads(capsys.readouterr().err)
    assert (event["password"], event["refresh_token"], event["path"]) == ("[redacted]", "[redacted]", "c")


@pytest.mark.parametrize("as_json", [True, False])
def test_errors_keep_their_traceback_without_values(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    setup_logging("INFO", as_json=as_json)
    hidden = "hunter2".title()
    try:
        raise ValueError(len(hidden))
    except ValueError:
        get_logger("test").exception("broken")
    output = capsys.readouterr().err
    assert ("ValueError: 7" in output, "Hunter2" in output) == (True, False)


def test_details_are_of_our_own_alone() -> None:
    setup_logging("DEBUG", as_json=True)
    assert logging.getLogger("app.anything").isEnabledFor(logging.DEBUG)
    for name in ("uvicorn.error", "websockets.server", "aiosqlite", "httpcore2", "anything"):
        assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("flet_web").isEnabledFor(logging.INFO)
    setup_logging("ERROR", as_json=True)
    assert not logging.getLogger("uvicorn.error").isEnabledFor(logging.INFO)
