"""The ways out: one file per channel, chosen by the setting ``NOTICE_CHANNELS`` (name → path of a class)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from portal.accounts.selectors import Contact
from portal.notifications.ports import Words


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a channel sends: words in the reader's language, ``link`` absolute, and a constant id."""

    recipient_id: int
    contact: Contact
    words: Words
    message_id: str


class Channel(Protocol):
    """A way to reach people outside the portal."""

    def wanted(self, contact: Contact) -> bool:
        """Say whether the person wants notices this way and can get them."""

    def send(self, parcel: Parcel) -> None:
        """Send, or raise: it is tried again later, always with the same ``message_id``."""


@lru_cache(maxsize=16)
def _made(path: str) -> Channel:
    channel: Channel = import_string(path)()
    return channel


def all_channels() -> dict[str, Channel]:
    """Give the installation's channels by name."""
    return {name: _made(path) for name, path in settings.NOTICE_CHANNELS.items()}
