"""What ties a line of the log to its trace."""

from opentelemetry import trace
from structlog.typing import EventDict, WrappedLogger


def add_trace(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Note in which trace and span this is said, as hexadecimal as everywhere."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
        event["span_id"] = trace.format_span_id(context.span_id)
    return event
