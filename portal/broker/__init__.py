"""The embedded broker: Celery over one SQLite file, for installations without a broker server."""

from kombu.transport import TRANSPORT_ALIASES


def register() -> None:
    """Teach kombu the address ``embedded:///absolute/path/of/broker.sqlite3``; safe to call again."""
    TRANSPORT_ALIASES["embedded"] = "portal.broker.transport:Transport"
