"""kombu's virtual transport over :mod:`portal.broker.store`.

Transport options: ``polling_interval`` (seconds, 0.05), ``max_deliveries`` (5).
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any, ClassVar, cast

from kombu.transport import virtual
from kombu.utils.json import dumps, loads

from portal.broker.store import Store

_REAP_EVERY = 1.0


_store = lru_cache(maxsize=8)(Store)  # one per file and process: its connections are per thread


class QoS(virtual.QoS):
    """Acknowledgements go to the file at once; kombu's own list only limits the prefetch."""

    def ack(self, delivery_tag: str) -> None:
        """Delete the message. May run on any thread of the pool."""
        cast("Channel", self.channel).store.ack(delivery_tag)
        super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:  # noqa: FBT001, FBT002 -- kombu's signature
        """Give the message back, or drop it."""
        store = cast("Channel", self.channel).store
        (store.release if requeue else store.ack)(delivery_tag)
        super().ack(delivery_tag)


class Channel(virtual.Channel):
    """Queues are rows; a fan-out is a copy for each bound queue."""

    QoS = QoS
    supports_fanout = True

    def __init__(self, connection: Transport, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        self.store = connection.store
        self._transient: set[str] = set()

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        (self._transient.add if kwargs.get("auto_delete") else self._transient.discard)(queue)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        self.store.bind(exchange, routing_key or "", pattern, queue, transient=queue in self._transient)

    def get_table(self, exchange: str) -> list[Any]:
        """Read the bindings that any process declared; a new file knows none of them yet."""
        return self.store.bindings(exchange) or (self.state.exchanges or {}).get(exchange, {}).get(
            "table", []
        )

    def _put(self, queue: str, message: dict[str, Any], **_: Any) -> None:
        # one message may go to several queues, and each copy is acknowledged alone
        tag = f"{message['properties']['delivery_tag']}@{queue}"
        copy = {**message, "properties": {**message["properties"], "delivery_tag": tag}}
        self.store.put(queue, tag, dumps(copy), self._get_message_priority(message))

    def _put_fanout(self, exchange: str, message: dict[str, Any], _key: str, **_: Any) -> None:
        for queue in {route[2] for route in self.get_table(exchange)}:
            self._put(queue, message)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:  # noqa: ARG002 -- kombu's signature
        taken = self.store.get(queue)
        if taken is None:
            raise Empty
        tag, payload, deliveries = taken
        if queue in self._transient:
            self.store.ack(
                tag
            )  # replies and events: nobody acknowledges them, and they end with the process
        message: dict[str, Any] = loads(payload)
        message["properties"]["delivery_info"]["redelivered"] = deliveries > 1
        return message

    def _restore(self, message: Any) -> None:
        # what a stopping worker had fetched and not finished is nobody's failure
        self.store.release(message.delivery_tag, begun=False)

    def _size(self, queue: str) -> int:
        return self.store.size(queue)

    def _purge(self, queue: str) -> int:
        return self.store.purge(queue)

    def _delete(self, queue: str, *_: Any, **__: Any) -> None:
        self.store.delete(queue)


class Transport(virtual.Transport):
    """``embedded:///absolute/path``: polls the file, and frees what dead processes held."""

    Channel = Channel
    polling_interval = 0.05
    default_connection_params: ClassVar[dict[str, str]] = {}  # there is no host to fall back to
    driver_type = driver_name = "embedded"
    connection_errors = (*virtual.Transport.connection_errors, sqlite3.Error, OSError)
    implements = virtual.Transport.implements.extend(exchange_type=frozenset(["direct", "topic", "fanout"]))

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        self.store = _store(
            Path(f"/{client.virtual_host}"), client.transport_options.get("max_deliveries", 5)
        )
        self._reaped = 0.0

    def drain_events(self, connection: Any, timeout: float | None = None, **_: Any) -> None:
        """Wait for a message, looking after the dead about once a second."""
        if monotonic() - self._reaped >= _REAP_EVERY:
            self.store.reap()
            self._reaped = monotonic()
        super().drain_events(connection, timeout=timeout)
