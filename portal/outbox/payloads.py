"""What a duty row may hold: ids, never answers."""

from __future__ import annotations

from collections.abc import Mapping

from portal.common.discretion import holds_personal_id

_LONGEST = 200


class PayloadError(ValueError):
    """The payload would carry more than ids."""


def check(payload: Mapping[str, object]) -> dict[str, object]:
    """Copy ``payload`` if it is flat: numbers, flags, short texts, lists of those."""
    for name, value in payload.items():
        for item in value if isinstance(value, list | tuple) else [value]:
            if item is not None and not isinstance(item, int | str):
                message = f"{name!r} of a duty's payload is a {type(item).__name__}; give the id of a row instead."
                raise PayloadError(message)
            if isinstance(item, str) and len(item) > _LONGEST:
                raise PayloadError(
                    f"{name!r} of a duty's payload is a long text; give the id of its row instead."
                )
            if holds_personal_id(str(item)):
                raise PayloadError(
                    f"{name!r} of a duty's payload looks like a personal ID; give the id of its row."
                )
    return dict(payload)
