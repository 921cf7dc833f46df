"""Logs: one line an event, JSON in production; no secret and no line break of a stranger gets into one."""

import logging
import sys
from typing import cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET_WORDS = ("password", "secret", "token", "authorization", "cookie", "ticket", "api_key")
# C0, DEL, C1 and the Unicode line ends: whoever controls them could forge a line or steer a terminal.
CONTROL = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
CONTROL |= {0x2028: "\\u2028", 0x2029: "\\u2029"}
# At INFO they tell session ids and whole addresses, query strings included.
TALKATIVE = ("flet", "flet_web", "flet_core", "httpx2")


def drop_colors(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Uvicorn says everything twice, the second time with terminal colors."""
    event.pop("color_message", None)
    return event


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blank the values whose names say that they are nobody's business."""
    for key in event:
        if any(word in key.lower() for word in SECRET_WORDS):
            event[key] = "[redacted]"
    return event


def one_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Spell control characters out; a traceback keeps its lines."""
    for key, value in event.items():
        if isinstance(value, str) and key != "exception":
            event[key] = value.translate(CONTROL)
    return event


def setup_logging(level: str, *, as_json: bool) -> None:
    """Send structlog and the standard library's loggers, uvicorn's among them, through one chain."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        drop_colors,
    ]
    if as_json:
        shared.append(structlog.processors.format_exc_info)
    ending: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact, one_line]
    if as_json:
        ending.append(structlog.processors.JSONRenderer())
    else:
        # Rich tracebacks print local variables, passwords among them.
        plain = structlog.dev.plain_traceback
        ending.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=ending)
    handler.setFormatter(formatter)
    # At DEBUG, libraries show whole frames and statements, with cookies and hashes: that is for ours alone.
    logging.basicConfig(handlers=[handler], level="INFO" if level == "DEBUG" else level, force=True)
    logging.getLogger("app").setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger that takes an event and its details: `log.info("user_created", user_id=...)`."""
    return cast(structlog.stdlib.BoundLogger, structlog.get_logger(name))
