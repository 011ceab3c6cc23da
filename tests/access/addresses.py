"""Every address that the shell serves, by name; a concrete path to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

_ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
#: what stands in for an argument of a library's address
_FILLED = {"int": "1", "uuid": str(UUID(int=1)), "slug": "x", "str": "x", None: "x", "path": "x"}


@dataclass(frozen=True)
class Address:
    """One pattern: ``name`` with its namespaces, ``pattern`` as joined by the resolvers, ``module`` of its view."""

    name: str
    pattern: str
    module: str

    @property
    def is_expression(self) -> bool:
        """Whether it is a regular expression, which nothing can be filled into."""
        return any(sign in self.pattern for sign in "()\\*[")

    def path(self, values: dict[str, object] | None = None) -> str:
        """Fill the arguments in, with ``values`` first; what is not named gets something of its kind."""
        given = values or {}

        def one(found: re.Match[str]) -> str:
            return str(given.get(found["name"], _FILLED[found["kind"]]))

        return "/" + _ARGUMENT.sub(one, self.pattern).replace("^", "").replace("$", "")


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            name = ":".join((*spaces, entry.name or f"unnamed {pattern}"))
            yield Address(name, pattern, getattr(entry.callback, "__module__", ""))


def all_addresses() -> list[Address]:
    """List them; an address with an English twin stands once, for the patterns are the same."""
    return list(_walk(get_resolver(), "", ()))
