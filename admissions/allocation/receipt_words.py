"""A receipt told to a family, choice by choice, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

BAND_METRES = 100
_SHORTEST_DRAW = 6


def sentences(
    receipt: Mapping[str, Any], names: Mapping[str, str], band_metres: int = BAND_METRES
) -> list[str]:
    """Explain a receipt; ``names`` are the schools' names by code (a missing one is told by its code).

    ``band_metres`` is how far one distance band reaches; 0 for a season without distances.
    """
    return list(_Story(receipt, names, band_metres).lines())


class _Story:
    def __init__(self, receipt: Mapping[str, Any], names: Mapping[str, str], band_metres: int) -> None:
        self.receipt, self.names, self.band_metres = receipt, names, band_metres
        self.outcome: Mapping[str, Any] | None = receipt["outcome"]

    def lines(self) -> Iterator[str]:
        for choice in self.receipt["choices"]:
            if self.outcome and choice["choice"] == self.outcome["choice"]:
                yield self._admitted(choice)
                break
            yield self._refused(choice)
        if self.outcome is None:
            yield "Con anh/chị chưa được xếp vào trường nào trong đợt này; chỗ còn trống được xét ở đợt bổ sung."
        elif self.outcome["choice"] < len(self.receipt["choices"]):
            yield "Các nguyện vọng sau không xét nữa, vì con anh/chị đã được nhận ở nguyện vọng cao hơn."

    def _heading(self, choice: Mapping[str, Any]) -> str:
        name = self.names.get(choice["school"], choice["school"])
        if choice["origin"] == "duty":
            return f"{name} (Sở thêm vào để mọi trẻ đều có trường)"
        return f"Nguyện vọng {choice['choice']}, {name}"

    def _admitted(self, choice: Mapping[str, Any]) -> str:
        reserved = self.outcome is not None and self.outcome["seat"] == "reserved"
        how = "bằng chỗ dành riêng cho nhóm của con" if reserved else self._standing(choice)
        return (
            f"{self._heading(choice)}: con anh/chị được nhận, {how}; "
            f"xếp thứ {choice['rank']} trong {choice['listed']} trẻ đăng ký trường này."
        )

    def _refused(self, choice: Mapping[str, Any]) -> str:
        heading, cutoff = self._heading(choice), choice["cutoff"]
        if choice["seats"] == 0:
            return f"{heading}: trường không có chỗ nào trong đợt này."
        if "class" not in cutoff:
            return f"{heading}: tất cả {choice['seats']} chỗ đã dành riêng cho các nhóm được ưu tiên."
        last = f"{heading} nhận đến {self._standing(cutoff)}"
        if choice["class"] != cutoff["class"]:
            return f"{last}; con anh/chị ở lớp ưu tiên {choice['class']}."
        if choice["distance"] != cutoff["distance"]:
            return f"{last}; con anh/chị ở {self._standing(choice)}."
        return (
            f"{last}; con anh/chị cũng vậy, nên xét số bốc thăm (nhỏ hơn xếp trước): {self._draws(cutoff)}."
        )

    def _standing(self, row: Mapping[str, Any]) -> str:
        if not self.band_metres:
            return f"lớp ưu tiên {row['class']}"
        return f"lớp ưu tiên {row['class']}, khoảng cách {_metres(row['distance'] * self.band_metres)}"

    def _draws(self, cutoff: Mapping[str, Any]) -> str:
        """Show as many digits as it takes to see the difference."""
        last, own = str(cutoff["draw"]), str(self.receipt["draw"])
        if last == own:
            return f"trường nhận đến {last[:_SHORTEST_DRAW]}…, con anh/chị cùng số, nên xét theo mã số"
        same = next(index for index, pair in enumerate(zip(last, own, strict=True)) if pair[0] != pair[1])
        shown = max(_SHORTEST_DRAW, same + 1)
        return f"trường nhận đến {last[:shown]}…, con anh/chị có {own[:shown]}…"


def _metres(metres: int) -> str:
    return f"{metres:,} m".replace(",", ".")
