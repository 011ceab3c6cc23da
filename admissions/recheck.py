"""Recomputation for one child, in front of the parent: from what was published, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from admissions.allocation import proof
from admissions.allocation.instance import draw
from admissions.models import Registration


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was computed anew, and whether it came out as published."""

    words: str
    right: bool


def recheck(registration: Registration) -> tuple[Step, ...]:
    """Climb from the entry to the root, draw anew, and compare with every cut-off."""
    receipt, round_ = registration.receipt, registration.round
    if receipt is None:
        return ()
    seed = proof.seed(round_.secret, round_.public_value, round_.root)
    entry = receipt["entry"]
    return (
        Step(
            _("Bí mật đúng là bí mật đã cam kết trước khi mở đăng ký."),
            proof.secret_hash(round_.secret) == round_.secret_hash
            and proof.commitment(round_.name_in_proofs, round_.rules, round_.quotas, round_.secret_hash)
            == round_.commitment,
        ),
        Step(
            _("Đăng ký của cháu nằm trong danh sách đã chốt."),
            proof.climb(entry, receipt["path"]) == round_.root,
        ),
        Step(
            _("Số bốc thăm của cháu tính ra từ bí mật, giá trị công khai và danh sách đã chốt."),
            draw(seed, round_.name_in_proofs, entry["draw_key"]) == receipt["draw"],
        ),
        Step(
            _("Ở mỗi nguyện vọng, cháu được nhận hay không đúng theo điểm dừng đã công bố."),
            all(_follows(choice, receipt) for choice in receipt["choices"]),
        ),
    )


def _follows(choice: dict[str, Any], receipt: dict[str, Any]) -> bool:
    """Say whether a choice came out by its cut-off; those after the one that was given do not count."""
    outcome = receipt["outcome"]
    given = outcome["choice"] if isinstance(outcome, dict) else 10**6
    if choice["choice"] > given:
        return True
    cutoff, is_given = choice["cutoff"], choice["choice"] == given
    if "class" not in cutoff:
        # refused by a school without open seats: all of them must be taken
        return is_given or cutoff["filled"] >= choice["seats"]
    mine = (choice["class"], choice["distance"], receipt["draw"])
    last = (cutoff["class"], cutoff["distance"], cutoff["draw"])
    if is_given:
        return mine <= last or outcome["seat"] == "reserved"
    # brothers and sisters share a draw: at the very end of a school's list their ids decide
    return mine >= last
