"""ClamAV by its own protocol (clamd's INSTREAM), where a site names one; nothing where it does not.

Source: man 8 clamd, section COMMANDS: a four-byte length in network order before each chunk, 0 ends.
"""

from __future__ import annotations

import logging
import socket
import struct

from django.conf import settings
from django.utils.translation import gettext as _

from portal.documents.refusals import PaperRefusedError

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024
TIMEOUT_SECONDS = 20.0
LONGEST_ANSWER = 4_096


def scan(data: bytes, name: str) -> None:
    """Let the scanner look; raises :class:`PaperRefusedError` for a find and while it cannot answer."""
    address = settings.CLAMAV_ADDRESS
    if not address:
        return
    try:
        answer = _ask(address, data)
    except (OSError, ValueError) as failure:
        logger.warning("the virus scanner does not answer: %s", type(failure).__qualname__)
        answer = "?"
    if answer.endswith("FOUND"):
        raise PaperRefusedError(
            _("Tệp %(name)s có mã độc nên không nhận được. Chọn tệp khác hoặc chụp ảnh giấy tờ.")
            % {"name": name}
        )
    if not answer.endswith("OK"):
        raise PaperRefusedError(
            _("Chưa kiểm tra được tệp %(name)s vì bộ quét mã độc đang bận. Thử lại sau ít phút.")
            % {"name": name}
        )


def _ask(address: str, data: bytes) -> str:
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            more = line.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected(address: str) -> socket.socket:
    """Connect to ``/run/clamd.sock`` or ``host:port``."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT_SECONDS)
        line.connect(address)
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)
