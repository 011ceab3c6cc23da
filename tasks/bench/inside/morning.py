"""A thousand families who all come at once: a load generator on one event loop, free of Django."""

from __future__ import annotations

import asyncio
import base64
import html
import json
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

#: how long a person reads and types, and how long they wait after an error before they press again
THINK, AGAIN = 5.0, 3.0
PATIENCE = 30.0
_REVISION = re.compile(rb'name="revision" value="(\d+)"')
_RECEIPT = re.compile(rb'figures breaks">([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)<')
_FIRST_SCHOOL = re.compile(rb'<option value="(\d+)" selected')
_AGAIN = re.compile(rb'data-poll-seconds="(\d+)"')
_ADDRESS = re.compile(rb'name="address" value="([^"]*)"')


@dataclass(slots=True)
class Morning:
    """What came out: seconds of submitting and of everything, errors by words, receipts."""

    submits: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, where it leads, what it says."""

    status: int
    location: str
    body: bytes


class Visitor:
    """One family's browser: a connection, cookies, patience."""

    def __init__(self, port: int, family: dict[str, Any], morning: Morning) -> None:
        self.port, self.family, self.morning = port, family, morning
        self.cookies = dict(part.split("=", 1) for part in family["cookie"].split("; "))
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """Ask until it is answered: an error is counted, and pressed again after a while."""
        while True:
            began = time.perf_counter()
            try:
                answer = await asyncio.wait_for(self._once(path, form), PATIENCE)
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
                self.morning.errors.append(type(error).__name__)
                self._hang_up()
            else:
                self.morning.answers.append(time.perf_counter() - began)
                if answer.status < 500:  # noqa: PLR2004 - the server's own faults begin there
                    return answer
                self.morning.errors.append(str(answer.status))
            await asyncio.sleep(AGAIN)

    def _hang_up(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None

    async def _once(self, path: str, form: dict[str, str] | None) -> Answer:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        body = b"" if form is None else urlencode(form).encode()
        head = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: http://127.0.0.1:{self.port}",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        ]
        if form is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await writer.drain()
        return await self._read(reader)

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        raw = await reader.readuntil(b"\r\n\r\n")
        lines = raw.decode("latin-1").split("\r\n")
        headers = [line.split(": ", 1) for line in lines[1:] if ": " in line]
        named = {name.lower(): value for name, value in headers}
        for name, value in headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if "content-length" in named:
            body = await reader.readexactly(int(named["content-length"]))
        elif named.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(await reader.readline(), 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        else:
            body = b""
        return Answer(int(lines[0].split()[1]), named.get("location", ""), body)

    async def register(self) -> None:
        """Go the whole way: entrance, waiting room, child, two saves, one submission, receipt."""
        season, pupil = self.family["season"], self.family["pupil"]
        root = f"/tuyen-sinh/{season}"
        await self.ask(f"{root}/dang-ky/")
        await asyncio.sleep(THINK)
        came = time.perf_counter()
        while (page := await self.ask(f"{root}/cho/")).status == 200:  # noqa: PLR2004 - still waiting
            again = _AGAIN.search(page.body)
            pause = float(again[1]) if again else THINK
            await asyncio.sleep(pause)
            while (await self.ask(f"{root}/cho/con/")).status == 200:  # noqa: ASYNC110, PLR2004 - as the page asks
                await asyncio.sleep(pause)
        self.morning.waited.append(time.perf_counter() - came)
        await self.ask(f"{root}/cac-chau/")
        await asyncio.sleep(THINK)
        home = await self.ask(f"{root}/chau/{pupil}/")
        await asyncio.sleep(THINK)
        await self.ask(f"{root}/chau/{pupil}/", self._form(home, self._residence(home)))
        choices = await self.ask(f"{root}/chau/{pupil}/truong/")
        await asyncio.sleep(THINK)
        first = _FIRST_SCHOOL.search(choices.body)
        chosen = first[1].decode() if first else ""
        await self.ask(f"{root}/chau/{pupil}/truong/", self._form(choices, {"choice-0": chosen}))
        await self.ask(f"{root}/chau/{pupil}/kiem-tra/")
        await asyncio.sleep(THINK)
        began = time.perf_counter()
        done = await self.ask(
            f"{root}/chau/{pupil}/kiem-tra/",
            {"csrfmiddlewaretoken": self.family["token"], "declared": "1"},
        )
        self.morning.submits.append(time.perf_counter() - began)
        receipt = await self.ask(done.location or f"{root}/cac-chau/")
        found = _RECEIPT.search(receipt.body)
        if found is None:
            self.morning.errors.append(f"no receipt: {done.status}")
        else:
            self.morning.receipts.append(code_of(found[1].decode()))

    def _residence(self, page: Answer) -> dict[str, str]:
        address = _ADDRESS.search(page.body)
        return {
            "address": html.unescape(address[1].decode()) if address else "",
            "basis": "permanent",
            "disability": "no",
            "phone": "0900000118",
        }

    def _form(self, page: Answer, answers: dict[str, str]) -> dict[str, str]:
        revision = _REVISION.search(page.body)
        return {
            "csrfmiddlewaretoken": self.family["token"],
            "revision": revision[1].decode() if revision else "",
            **answers,
        }


def code_of(receipt: str) -> str:
    """Read the dossier's code out of a signed receipt."""
    payload = receipt.partition(".")[0]
    code: str = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["code"]
    return code


async def run(port: int, families: list[dict[str, Any]], seconds: float, arriving: float) -> Morning:
    """Let all families arrive within ``arriving`` seconds and try for ``seconds`` altogether."""
    morning, chance = Morning(), random.Random(8)  # noqa: S311 - when people come, not secrets

    async def come(family: dict[str, Any]) -> None:
        await asyncio.sleep(chance.uniform(0, arriving))
        await Visitor(port, family, morning).register()

    tasks = [asyncio.create_task(come(family)) for family in families]
    await asyncio.wait(tasks, timeout=seconds)
    for task in tasks:
        if not task.done():
            task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            morning.errors.append(repr(outcome)[:200])
    return morning
