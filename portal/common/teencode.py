"""Vietnamese as it is typed on phones: the abbreviations, undone for reading and made for testing. Free of Django.

The bot (another environment, Python 3.10) imports this module, too: nothing newer than that belongs here.
"""

from __future__ import annotations

import random
import re

from portal.common.text import fold

#: what is written in full (folded) → what phones write; longest first wins. Measuring uses every row.
SHORTENED: dict[str, str] = {
    "bao nhieu": "bn",
    "nhu the nao": "ntn",
    "so dien thoai": "sdt",
    "dien thoai": "dt",
    "hoc sinh": "hs",
    "giao vien": "gv",
    "phu huynh": "ph",
    "ho so": "hs",
    "dang ky": "dk",
    "mat khau": "mk",
    "tai khoan": "tk",
    "chuyen khoan": "ck",
    "thanh toan": "tt",
    "can cuoc cong dan": "cccd",
    "tot nghiep": "tn",
    "nguyen vong": "nv",
    "the nao": "tn",
    "khong": "ko",
    "duoc": "dc",
    "biet": "bit",
    "gi": "j",
    "roi": "r",
    "vay": "v",
    "voi": "vs",
    "bay gio": "bh",
    "bao gio": "bh",
    "minh": "mk",
    "em": "e",
    "anh": "a",
    "chi": "c",
    "vo": "zo",
    "lam": "lm",
    "nhieu": "nh",
    "truoc": "trc",
    "trong": "trg",
    "nguoi": "ng",
    "muon": "mún",
    "cung": "cg",
    "nhung": "nhg",
    "thi": "thj",
    "luon": "lun",
}

#: what phones write → in full; only words that mean one thing whatever stands beside them
SPELLED: dict[str, str] = {
    "ko": "khong", "k": "khong", "kg": "khong", "hok": "khong", "hong": "khong", "khum": "khong",
    "kh": "khong", "hem": "khong", "dc": "duoc", "dk": "dang ky", "dki": "dang ky", "j": "gi",
    "ji": "gi", "r": "roi", "rui": "roi", "v": "vay", "z": "vay", "zay": "vay", "vs": "voi",
    "bn": "bao nhieu", "bnhieu": "bao nhieu", "bnh": "bao nhieu", "ntn": "nhu the nao",
    "sdt": "so dien thoai", "dt": "dien thoai", "gv": "giao vien", "ph": "phu huynh", "bh": "bao gio",
    "mk": "mat khau", "tk": "tai khoan", "ck": "chuyen khoan", "nv": "nguyen vong",
    "nv1": "nguyen vong 1", "nv2": "nguyen vong 2", "nv3": "nguyen vong 3", "e": "em", "a": "anh",
    "c": "chi", "zo": "vo", "dzo": "vo", "lm": "lam", "nh": "nhieu", "trc": "truoc", "trg": "trong",
    "ng": "nguoi", "cg": "cung", "nhg": "nhung", "thj": "thi", "lun": "luon", "bit": "biet",
    "mun": "muon", "cccd": "can cuoc", "cmnd": "can cuoc", "cmt": "can cuoc", "khs": "khai sinh",
    "gks": "khai sinh", "sn": "sinh nam", "hp": "hoc phi", "bhyt": "bao hiem y te", "ubnd": "uy ban",
    "gd": "giao duc", "gddt": "giao duc dao tao", "csdl": "co so du lieu", "ttoan": "thanh toan",
    "ttin": "thong tin", "nn": "nhu nao", "lop1": "lop 1", "lop6": "lop 6", "lop10": "lop 10",
    "wa": "qua", "wen": "quen", "bik": "biet", "tui": "toi", "thcs": "cap 2", "thpt": "cap 3",
    "pass": "mat khau", "password": "mat khau", "web": "trang web",
}  # fmt: skip

_ROWS_OF_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    key: [row[place] for place in (index - 1, index + 1) if 0 <= place < len(row)]
    for row in _ROWS_OF_KEYS
    for index, key in enumerate(row)
}
SLIP_EVERY = 30  # characters

_WORD = re.compile(r"\w+", re.UNICODE)
_SHORTEN = re.compile(
    r"\b(?:" + "|".join(re.escape(word) for word in sorted(SHORTENED, key=len, reverse=True)) + r")\b"
)


def spell_out(folded: str) -> str:
    """Write abbreviations of folded text in full, word by word; everything else stays as it is."""
    return _WORD.sub(lambda match: SPELLED.get(match.group(), match.group()), folded)


def phone_style(text: str) -> str:
    """Type a question as on a phone: no marks, lower case, no punctuation, shortened, with slips.

    One slip to a neighbouring key per :data:`SLIP_EVERY` characters begun. The same text gives the same
    result always: the slips are seeded by it.
    """
    plain = " ".join(re.sub(r"[^\w\s]|_", " ", fold(text)).split())
    short = _SHORTEN.sub(lambda match: fold(SHORTENED[match.group()]), plain)
    return with_slips(short, random.Random(text))  # noqa: S311 - slips of fingers, not secrets


def with_slips(text: str, chance: random.Random) -> str:
    """Replace one letter in every :data:`SLIP_EVERY` characters (rounded, at least none) by its neighbour."""
    letters = list(text)
    places = [index for index, letter in enumerate(letters) if letter in _NEIGHBOURS]
    for index in chance.sample(places, min(len(places), len(text) // SLIP_EVERY)):
        letters[index] = chance.choice(_NEIGHBOURS[letters[index]])
    return "".join(letters)
