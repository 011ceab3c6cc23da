"""HTTP to VNPAY's merchant interface: one request, one answer with its values exactly as received."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx

LARGEST_ANSWER = 65_536
TIMEOUT = httpx.Timeout(20.0, connect=5.0)


class NoAnswerError(Exception):
    """Nothing that can be read came back; whether the request arrived, nobody knows."""


class Bank(NamedTuple):
    """One entry of the bank list."""

    code: str
    name: str
    kind: str


class Client:
    """Speaks to one merchant address. ``transport`` is for a proxy or a certificate of one's own."""

    def __init__(
        self, address: str, bank_list_address: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._address, self._bank_list_address, self._transport = address, bank_list_address, transport

    def send(self, message: Mapping[str, str]) -> dict[str, str]:
        """POST a querydr or refund message; raise :class:`NoAnswerError`."""
        answer = _decode(self._post(self._address, json=dict(message)))
        if not isinstance(answer, dict):
            message_ = "the answer is no JSON object"
            raise NoAnswerError(message_)
        return {name: _raw(value) for name, value in answer.items()}

    def banks(self, terminal_code: str) -> list[Bank]:
        """Fetch the banks that a terminal offers; raise :class:`NoAnswerError`."""
        rows = _decode(self._post(self._bank_list_address, data={"tmn_code": terminal_code}))
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            message = "the bank list is no JSON list of objects"
            raise NoAnswerError(message)
        return [
            Bank(_raw(row.get("bank_code")), _raw(row.get("bank_name")), _raw(row.get("bank_type")))
            for row in rows
        ]

    def _post(self, address: str, **content: Any) -> bytes:
        try:
            with (
                httpx.Client(timeout=TIMEOUT, follow_redirects=False, transport=self._transport) as http,
                http.stream("POST", address, **content) as response,
            ):
                body = b""
                for part in response.iter_bytes():
                    body += part
                    if len(body) > LARGEST_ANSWER:
                        message = "the answer is too long"
                        raise NoAnswerError(message)
        except httpx.HTTPError as error:
            # the class says what happened; its text may hold the address
            raise NoAnswerError(type(error).__name__) from error
        if response.status_code != httpx.codes.OK:
            message = f"HTTP status {response.status_code}"
            raise NoAnswerError(message)
        return body


def _decode(body: bytes) -> Any:
    """Decode JSON with numbers kept as their text, because the hash is taken over that text."""
    try:
        return json.loads(body, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        message = "the answer is no JSON"
        raise NoAnswerError(message) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        message = "a field comes twice"
        raise ValueError(message)
    return made


def _raw(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    message = "a field holds more than one value"
    raise NoAnswerError(message)
