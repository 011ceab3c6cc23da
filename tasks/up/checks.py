"""What must be true before anything starts: free ports, room on the disk."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Sequence

from tasks.places import free_text
from tasks.terminal import Refusal
from tasks.up.parts import Part
from tasks.up.site import Site

ROOM_NEEDED = 500_000_000  # bytes: database, uploads of a demonstration, logs, and a margin
PORTS_PER_COPY = 10


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Tell whether a server of ours could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as servers do: a port just left is free
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_copy_port(start: int, count: int = PORTS_PER_COPY) -> int:
    """Find a port from ``start`` on with ``count`` free ports in a row, for a copy beside others.

    Start below 16,000: above, some kernels hand ports to outgoing connections (Linux from 32,768,
    sandboxes from 16,000), and a port that was free a moment ago is taken.
    """
    for port in range(start, 65_000, PORTS_PER_COPY):
        if all(is_free(port + offset) for offset in range(count)):
            return port
    raise Refusal("No free range of ports was found on this machine.")


def require_ports(site: Site, parts: Sequence[Part]) -> None:
    """Refuse with the port's number and a way out."""
    for part in parts:
        if part.port is not None and not is_free(part.port, site.host):
            other = free_copy_port(site.port + PORTS_PER_COPY)
            raise Refusal(
                f"Port {part.port}, which {part.label} needs, is in use by another program. "
                f"Stop that one, or choose other ports: PORT={other} ./run"
            )


def require_room(site: Site) -> None:
    """Refuse while the disk under the data is nearly full."""
    site.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(site.data_dir).free
    if free < ROOM_NEEDED:
        raise Refusal(
            f"The disk under {site.data_dir} is nearly full: {free_text(free)} are free, "
            f"{free_text(ROOM_NEEDED)} are needed. Free some room, or name another place: DATA_DIR=… ./run"
        )
