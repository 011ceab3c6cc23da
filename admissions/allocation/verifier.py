"""Kiểm tra kết quả tuyển sinh đã công bố: một tệp Python, không cần cài gì thêm.

    python3 verifier.py --commitment … --root … --public-value … BUNDLE.json [--receipt RECEIPT.json]

Commitment, root and public value are typed in from where they were published, each in its time;
nothing in the bundle can stand in for them. Everything else is computed anew from the bundle, by the
published rule, in other words than those of the program that made the result. Exit status: 0 all is
as published, 1 something differs, 2 a file cannot be read.

A stand-alone file on purpose: it imports the standard library only (Python 3.9 or newer), so that
whoever doubts a result can read it, keep it and run it anywhere.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class UnreadableError(ValueError):
    """A file that is no bundle or no receipt at all."""


def canonical(value: Any) -> bytes:
    """Keys sorted, no blanks, UTF-8 without escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(data: bytes) -> str:
    """SHA-256 as hex."""
    return hashlib.sha256(data).hexdigest()


class Recount:
    """Everything that follows from a bundle and a public value, computed anew."""

    def __init__(self, bundle: Row, public_value: str) -> None:
        self.season: str = bundle["season"]
        self.entries: dict[str, Row] = {entry["id"]: entry for entry in bundle["entries"]}
        if len(self.entries) != len(bundle["entries"]):
            raise UnreadableError("Danh sách có hai lần cùng một mã.")
        self.quotas: dict[str, Row] = {school["code"]: school for school in bundle["quotas"]}
        secret = bundle["secret"]
        self.commitment = digest(
            canonical(
                {
                    "season": self.season,
                    "rules": bundle["rules"],
                    "quotas": bundle["quotas"],
                    "secret_hash": digest(secret.encode()),
                }
            )
        )
        self.order = sorted(self.entries)
        self.levels = self._merkle()
        self.root = self.levels[-1][0] if self.order else digest(b"")
        self.seed = digest(f"{secret}:{public_value}:{self.root}".encode())
        self.draws = {
            child: digest(f"{self.seed}:{self.season}:{entry['draw_key']}".encode())
            for child, entry in self.entries.items()
        }
        self.standings = self._standings()
        self.held = self._allocate()
        self.result = self._result()

    def _merkle(self) -> list[list[str]]:
        levels = [[digest(b"\x00" + canonical(self.entries[child])) for child in self.order]]
        while len(levels[-1]) > 1:
            below, above = levels[-1], []
            for left in range(0, len(below), 2):
                pair = below[left : left + 2]
                odd = len(pair) == 1
                above.append(pair[0] if odd else digest(b"\x01" + bytes.fromhex("".join(pair))))
            levels.append(above)
        return levels

    def _standings(self) -> dict[str, dict[str, tuple[int, int, str, str]]]:
        standings: dict[str, dict[str, tuple[int, int, str, str]]] = {code: {} for code in self.quotas}
        for child, entry in self.entries.items():
            for choice in entry["choices"]:
                standing = (choice["class"], choice["distance"], self.draws[child], child)
                if child in standings[choice["school"]]:
                    raise UnreadableError(f"{child}: trường {choice['school']} bị lặp.")
                standings[choice["school"]][child] = standing
        return standings

    def _select(self, code: str, applicants: list[str]) -> tuple[list[str], list[str]]:
        """Whom a school takes: on reserved seats, and on open ones."""
        ranked = sorted(applicants, key=self.standings[code].__getitem__)
        reserved: list[str] = []
        for group, count in sorted(self.quotas[code]["reserves"].items()):
            reserved += [child for child in ranked if self.entries[child]["group"] == group][:count]
        taken = set(reserved)
        rest = [child for child in ranked if child not in taken]
        return reserved, rest[: self.quotas[code]["seats"] - len(reserved)]

    def _allocate(self) -> dict[str, tuple[list[str], list[str]]]:
        """In rounds: all children without a place ask their next school, which keeps the best."""
        asked = dict.fromkeys(self.entries, 0)
        held: dict[str, tuple[list[str], list[str]]] = {code: ([], []) for code in self.quotas}
        free = list(self.entries)
        while free:
            asking: dict[str, list[str]] = defaultdict(list)
            for child in free:
                choices = self.entries[child]["choices"]
                if asked[child] < len(choices):
                    asking[choices[asked[child]]["school"]].append(child)
                    asked[child] += 1
            free = []
            for code, newcomers in asking.items():
                applicants = held[code][0] + held[code][1] + newcomers
                held[code] = self._select(code, applicants)
                kept = {*held[code][0], *held[code][1]}
                free += [child for child in applicants if child not in kept]
        return held

    def _result(self) -> Row:
        placements: dict[str, Row | None] = dict.fromkeys(self.entries)
        cutoffs: dict[str, Row] = {}
        for code, (reserved, on_open) in self.held.items():
            for child in reserved + on_open:
                schools = [choice["school"] for choice in self.entries[child]["choices"]]
                placements[child] = {"school": code, "choice": schools.index(code) + 1}
            cutoffs[code] = {"filled": len(reserved) + len(on_open)}
            if on_open and cutoffs[code]["filled"] == self.quotas[code]["seats"]:
                last = max(self.standings[code][child] for child in on_open)
                cutoffs[code].update({"class": last[0], "distance": last[1], "draw": last[2]})
        return {
            "season": self.season,
            "placements": placements,
            "cutoffs": cutoffs,
            "digest": digest(canonical(placements)),
        }

    def receipt(self, child: str) -> Row:
        """Give what the child's receipt must be, to the letter."""
        return {
            "season": self.season,
            "entry": self.entries[child],
            "path": self._path(child),
            "root": self.root,
            "draw": self.draws[child],
            "choices": [
                self._choice(child, number, choice)
                for number, choice in enumerate(self.entries[child]["choices"], 1)
            ],
            "outcome": self._outcome(child),
        }

    def _path(self, child: str) -> list[list[str]]:
        index, path = self.order.index(child), []
        for level in self.levels[:-1]:
            if index % 2:
                path.append(["left", level[index - 1]])
            elif index + 1 < len(level):
                path.append(["right", level[index + 1]])
            index //= 2
        return path

    def _choice(self, child: str, number: int, choice: Row) -> Row:
        standings = self.standings[choice["school"]]
        return {
            "choice": number,
            "school": choice["school"],
            "origin": choice["origin"],
            "class": choice["class"],
            "distance": choice["distance"],
            "rank": 1 + sum(other < standings[child] for other in standings.values()),
            "listed": len(standings),
            "seats": self.quotas[choice["school"]]["seats"],
            "cutoff": self.result["cutoffs"][choice["school"]],
        }

    def _outcome(self, child: str) -> Row | None:
        placed = self.result["placements"][child]
        if placed is None:
            return None
        seat = "reserved" if child in self.held[placed["school"]][0] else "open"
        return {**placed, "seat": seat}


def verify(
    bundle: Row, commitment: str, root: str, public_value: str, receipt: Row | None = None
) -> list[str]:
    """Compare a bundle (and a receipt) with what was published; give what differs, nothing if nothing."""
    try:
        recount = Recount(bundle, public_value)
        found = [
            sentence
            for same, sentence in [
                (
                    recount.commitment == commitment.strip().lower(),
                    "Cam kết khác: mùa, quy tắc, chỉ tiêu hoặc bí mật không phải là những gì đã công bố trước.",
                ),
                (
                    recount.root == root.strip().lower(),
                    "Gốc Merkle khác: danh sách không phải là danh sách đã chốt.",
                ),
                (
                    bundle["public_value"] == public_value,
                    "Giá trị công khai trong gói khác với giá trị đã công bố.",
                ),
                (
                    bundle.get("seed", recount.seed) == recount.seed,
                    "Hạt giống khác: không tính ra từ bí mật, giá trị công khai và danh sách.",
                ),
            ]
            if not same
        ]
        found += _differences(bundle["result"], recount.result)
        if receipt is not None:
            found += _receipt_faults(receipt, recount)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableError(f"Gói hoặc phiếu thiếu phần, hoặc sai dạng: {error!r}") from error
    return found


def _differences(published: Row, computed: Row) -> list[str]:
    found = []
    for part, name in [
        ("season", "Mùa"),
        ("placements", "Kết quả"),
        ("cutoffs", "Điểm dừng"),
        ("digest", "Mã băm"),
    ]:
        theirs, ours = published[part], computed[part]
        if canonical(theirs) == canonical(ours):
            continue
        where = ""
        if isinstance(theirs, dict) and isinstance(ours, dict):
            keys = sorted(key for key in {*theirs, *ours} if theirs.get(key, 0) != ours.get(key, 0))
            where = f" ở {len(keys)} chỗ, đầu tiên là {', '.join(keys[:3])}"
        found.append(f"{name} khác với kết quả tính lại{where}.")
    if set(published) != set(computed):
        found.append("Kết quả có thêm hoặc thiếu phần.")
    return found


def _receipt_faults(receipt: Row, recount: Recount) -> list[str]:
    child = receipt["entry"]["id"]
    if child not in recount.entries:
        return [f"Phiếu: mã {child} không có trong danh sách đã chốt."]
    true = recount.receipt(child)
    parts = sorted(
        key for key in {*receipt, *true} if canonical(receipt.get(key, 0)) != canonical(true.get(key, 0))
    )
    return [f"Phiếu của {child} khác với kết quả tính lại ở phần: {', '.join(parts)}."] if parts else []


def _read(path: str) -> Row:
    try:
        value = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableError(f"Không đọc được {path}: {error}") from error
    if not isinstance(value, dict):
        raise UnreadableError(f"{path} không phải là một đối tượng JSON.")
    return value


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Kiểm tra kết quả tuyển sinh đã công bố.")
    parser.add_argument("bundle", help="tệp gói đã công bố")
    parser.add_argument("--commitment", required=True, help="cam kết, công bố trước khi mở đăng ký")
    parser.add_argument("--root", required=True, help="gốc Merkle, công bố khi chốt danh sách")
    parser.add_argument(
        "--public-value", required=True, help="giá trị công khai, có sau khi chốt danh sách"
    )
    parser.add_argument("--receipt", help="phiếu của một trẻ")
    given = parser.parse_args(arguments)
    try:
        bundle = _read(given.bundle)
        receipt = _read(given.receipt) if given.receipt else None
        found = verify(bundle, given.commitment, given.root, given.public_value, receipt)
    except UnreadableError as error:
        sys.stdout.write(f"KHÔNG ĐỌC ĐƯỢC: {error}\n")
        return 2
    for sentence in found:
        sys.stdout.write(f"SAI: {sentence}\n")
    if not found:
        sys.stdout.write(f"ĐÚNG: kết quả của {len(bundle['entries'])} trẻ đúng như quy tắc đã công bố.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
