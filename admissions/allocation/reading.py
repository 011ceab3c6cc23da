"""Reading an instance, and refusing a bad one with sentences that name the place."""

from __future__ import annotations

import json
import re
from typing import Any, cast

from admissions.allocation.instance import DUTY, FAMILY, Child, Choice, Instance, School

_SEED = re.compile(r"[0-9a-fA-F]{64}")
_MOST_PROBLEMS = 50


class InstanceRefusedError(ValueError):
    """``problems`` are Vietnamese sentences, each naming its place; the first 50 at most."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class _TooManyProblemsError(Exception):
    """Nobody reads more."""


def load(data: bytes | str) -> Instance:
    """Parse a file's content; raise :class:`InstanceRefusedError`."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        raw = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise InstanceRefusedError([f"Tệp không phải UTF-8 (ở byte {error.start})."]) from error
    except json.JSONDecodeError as error:
        where = f"dòng {error.lineno}, cột {error.colno}"
        raise InstanceRefusedError([f"Tệp không phải JSON hợp lệ: {where}."]) from error
    except RecursionError as error:
        raise InstanceRefusedError(["Tệp không phải JSON hợp lệ: lồng nhau quá sâu."]) from error
    except InstanceRefusedError:
        raise
    except ValueError as error:
        raise InstanceRefusedError(["Tệp có một con số dài quá mức đọc được."]) from error
    return parse(raw)


def parse(raw: object) -> Instance:
    """Check decoded JSON and build the instance; raise :class:`InstanceRefusedError`.

    Keys that the format does not know are ignored.
    """
    reader = _Reader()
    try:
        instance = reader.instance(raw)
    except _TooManyProblemsError:
        raise InstanceRefusedError(reader.problems) from None
    if reader.problems:
        raise InstanceRefusedError(reader.problems)
    return instance


class _Reader:
    """Walks the whole value, so that a person sees all faults at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def refuse(self, sentence: str) -> None:
        if len(self.problems) >= _MOST_PROBLEMS:
            raise _TooManyProblemsError
        self.problems.append(sentence)

    def instance(self, raw: object) -> Instance:
        top = self.mapping(raw, "Tệp")
        season = self.text(top.get("season"), "Mùa tuyển sinh (season)")
        seed = top.get("seed")
        if not isinstance(seed, str) or _SEED.fullmatch(seed) is None:
            self.refuse("Hạt giống (seed) phải gồm đúng 64 chữ số thập lục phân.")
            seed = ""
        schools: dict[str, School] = {}
        for number, item in enumerate(self.listing(top.get("schools"), "Danh sách trường (schools)"), 1):
            school = self.school(item, f"Trường thứ {number}")
            if school.code in schools:
                self.refuse(f"Trường thứ {number}: mã “{school.code}” bị lặp.")
            schools[school.code] = school
        # the same text object for every mention of a school saves a third of the memory
        codes = {code: code for code in schools}
        children: dict[str, Child] = {}
        for number, item in enumerate(self.listing(top.get("children"), "Danh sách trẻ (children)"), 1):
            child = self.child(item, number, codes)
            if child.id in children:
                self.refuse(f"Trẻ thứ {number}: mã “{child.id}” bị lặp.")
            children[child.id] = child
        return Instance(season, seed, tuple(schools.values()), tuple(children.values()))

    def school(self, raw: object, place: str) -> School:
        row = self.mapping(raw, place)
        code = self.text(row.get("code"), f"{place}: mã trường (code)")
        place = f"{place} ({code})" if code else place
        seats = self.whole(row.get("seats"), place, "số chỗ (seats)")
        reserves: dict[str, int] = {}
        given = row.get("reserves")
        for group, count in self.mapping(
            {} if given is None else given, f"{place}: chỗ dành riêng"
        ).items():
            name = self.text(group, f"{place}: tên nhóm có chỗ dành riêng")
            reserves[name] = self.whole(count, place, f"chỗ dành riêng cho nhóm “{name}”")
        if sum(reserves.values()) > seats:
            self.refuse(f"{place}: tổng chỗ dành riêng ({sum(reserves.values())}) vượt số chỗ ({seats}).")
        return School(code, seats, reserves)

    def child(self, raw: object, number: int, codes: dict[str, str]) -> Child:
        place = f"Trẻ thứ {number}"
        row = self.mapping(raw, place)
        key = self.text(row.get("id"), f"{place}: mã (id)")
        place = f"{place} ({key})" if key else place
        group = row.get("group")
        if group is not None:
            group = self.text(group, f"{place}: nhóm (group)")
        draw_key = row.get("draw_key")
        draw_key = key if draw_key is None else self.text(draw_key, f"{place}: khóa bốc thăm (draw_key)")
        choices: dict[str, Choice] = {}
        for rank, item in enumerate(self.listing(row.get("choices"), f"{place}: danh sách nguyện vọng"), 1):
            choice = self.choice(item, f"{place}, nguyện vọng {rank}", codes)
            if choice.school in choices and choice.school:
                self.refuse(f"{place}, nguyện vọng {rank}: trường “{choice.school}” bị lặp.")
            choices[choice.school] = choice
        return Child(key, tuple(choices.values()), group, draw_key)

    def choice(self, raw: object, place: str, codes: dict[str, str]) -> Choice:
        row = self.mapping(raw, place)
        given = row.get("school")
        school = codes.get(given) if isinstance(given, str) else None
        if school is None:
            self.refuse(f"{place}: không có trường “{_short(given)}” trong danh sách trường.")
        priority = self.whole(row.get("class"), place, "lớp ưu tiên (class)")
        distance = self.whole(row.get("distance"), place, "khoảng cách (distance)")
        origin = row.get("origin")
        if origin is not None and origin not in (FAMILY, DUTY):
            self.refuse(f"{place}: nguồn (origin) phải là “family” hoặc “duty”.")
        return Choice(school or "", priority, distance, DUTY if origin == DUTY else FAMILY)

    def mapping(self, raw: object, place: str) -> dict[str, Any]:
        if isinstance(raw, dict):
            return cast("dict[str, Any]", raw)
        self.refuse(f"{place} phải là một đối tượng JSON.")
        return {}

    def listing(self, raw: object, place: str) -> list[Any]:
        if isinstance(raw, list):
            return raw
        self.refuse(f"{place} phải là một mảng JSON.")
        return []

    def text(self, raw: object, place: str) -> str:
        if not isinstance(raw, str) or not raw.strip():
            self.refuse(f"{place} phải là chữ và không được để trống.")
            return ""
        if not raw.isascii() and any("\ud800" <= letter <= "\udfff" for letter in raw):
            self.refuse(f"{place} có ký tự không hợp lệ.")
            return ""
        return raw

    def whole(self, raw: object, place: str, what: str) -> int:
        # by type, not isinstance: JSON's true is no count
        if type(raw) is int and raw >= 0:
            return raw
        self.refuse(f"{place}: {what} phải là số nguyên từ 0 trở lên.")
        return 0


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InstanceRefusedError([f"Một đối tượng JSON có hai lần khóa “{_short(twice)}”."])
    return made


def _no_constant(name: str) -> Any:
    raise InstanceRefusedError([f"Tệp có giá trị “{name}”, không phải là số nguyên."])


def _short(value: object) -> str:
    return str(value).encode("utf-8", "replace").decode()[:40]
