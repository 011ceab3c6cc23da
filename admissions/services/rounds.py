"""A round from promise to result: committed, frozen, drawn with a public value, published by two persons."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from admissions import instances, selectors
from admissions.allocation import Instance, Result, allocate, proof
from admissions.allocation.canonical import sha256
from admissions.allocation.receipts import ReceiptBook
from admissions.events import note
from admissions.models import PhaseKind, Registration, Round
from admissions.refusals import AdmissionRefusedError
from admissions.rules import read_rules
from portal.outbox.services import owe

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.accounts.models import Officer, User

LOT = 500


def alone() -> None:
    """Nobody else waits for this work: no lease to keep."""


def commit_round(*, round_: Round, value_source: str, officer: Officer, revision: int) -> Round:
    """Publish rules, quotas and the hash of a secret, before the window opens.

    ``value_source`` names the public value that will come after the list is frozen, such as the result of
    a lottery on a stated evening. Raises AdmissionRefusedError.
    """
    season = round_.season
    window = selectors.phase(season, PhaseKind.WINDOW, round_.number)
    if window is None or window.opens_at <= timezone.now():
        raise AdmissionRefusedError(
            _("Cam kết phải công bố trước giờ mở đăng ký. Ghi hoặc lùi giờ mở rồi làm lại.")
        )
    if not value_source.strip():
        raise AdmissionRefusedError(
            _("Ghi nguồn của giá trị công khai, ví dụ giải đặc biệt xổ số tối 20/06.")
        )
    schools = instances.quota_schools(round_)
    if not schools:
        raise AdmissionRefusedError(_("Chưa có chỉ tiêu của trường nào. Nhập chỉ tiêu trước."))
    secret = proof.new_secret()
    quotas, rules = proof.quotas(schools), read_rules(season.rules).to_json()
    hashed = proof.secret_hash(secret)
    promise = proof.commitment(round_.name_in_proofs, rules, quotas, hashed)
    with transaction.atomic():
        _move(
            round_,
            revision,
            Round.State.PREPARING,
            Round.State.COMMITTED,
            rules=rules,
            quotas=quotas,
            secret_hash=hashed,
            commitment=promise,
            value_source=value_source.strip()[:300],
        )
        Round.objects.filter(pk=round_.pk).update(secret=secret, season_key=secrets.token_hex(32))
        note(
            season,
            "committed",
            actor=officer.user,
            reason=value_source,
            round_number=round_.number,
            commitment=promise,
        )
    round_.refresh_from_db()
    return round_


def ask_for(*, round_: Round, task: str, officer: Officer) -> None:
    """Let a worker do what takes long: "dry_run" or "freeze"; the page says how it went."""
    Round.objects.get(pk=round_.pk)
    with transaction.atomic():
        key = f"admissions.{task}:{round_.pk}:{timezone.now():%Y%m%d%H%M%S}"
        owe(kind=f"admissions.{task}", key=key, payload={"round": round_.pk, "user": officer.user_id})


def dry_run(*, round_: Round) -> dict[str, Any]:
    """Allocate what is verified now with a seed of today, for the board; nothing of it binds anybody."""
    if not round_.season_key:
        raise AdmissionRefusedError(_("Công bố cam kết trước, rồi mới chạy thử."))
    instance, _rows = instances.build(round_, sha256(secrets.token_bytes(32)))
    figures = figures_of(instance, allocate(instance)) | {
        "at": timezone.now().isoformat(),
        "waiting": selectors.unverified(round_).count(),
    }
    Round.objects.filter(pk=round_.pk).update(dry_figures=figures)
    return figures


def figures_of(instance: Instance, result: Result) -> dict[str, Any]:
    """Count a result: children by choice, and every school's seats, places taken and cut-off."""
    by_choice: Counter[str] = Counter()
    children = {child.id: child for child in instance.children}
    for child_id, placed in result.placements.items():
        if placed is None:
            by_choice["none"] += 1
        elif children[child_id].choices[placed.choice - 1].origin == "duty":
            by_choice["duty"] += 1
        else:
            by_choice[str(placed.choice)] += 1
    return {
        "children": len(instance.children),
        "seats": sum(school.seats for school in instance.schools),
        "by_choice": dict(sorted(by_choice.items())),
        "schools": {
            school.code: {"seats": school.seats, **result.schools[school.code].to_json()}
            for school in instance.schools
        },
    }


def freeze_round(*, round_: Round, actor: User | None) -> Round:
    """Freeze the list once the window is closed and every registration is decided; publish its root."""
    window = selectors.phase(round_.season, PhaseKind.WINDOW, round_.number)
    if window is None or timezone.now() < window.closes_at:
        raise AdmissionRefusedError(_("Chưa hết giờ đăng ký nên chưa chốt danh sách được."))
    waiting = selectors.unverified(round_).count()
    if waiting:
        raise AdmissionRefusedError(
            _("Còn %(count)d đăng ký trường chưa kiểm tra xong. Chốt danh sách sau khi xong hết.")
            % {"count": waiting}
        )
    instance, rows = instances.build(round_, "0" * 64)
    entries = proof.entries(instance.children)
    root = proof.MerkleTree(entries).root
    name = instances.keep(f"{round_.pk}-danh-sach", entries)
    with transaction.atomic():
        _move(
            round_,
            round_.revision,
            Round.State.COMMITTED,
            Round.State.FROZEN,
            root=root,
            entry_count=len(entries),
            entries_name=name,
        )
        note(
            round_.season,
            "frozen",
            actor=actor,
            round_number=round_.number,
            root=root,
            entries=len(entries),
        )
    _write_pseudonyms(rows)
    round_.refresh_from_db()
    return round_


def _write_pseudonyms(rows: dict[str, int]) -> None:
    pairs = [Registration(pk=pk, pseudonym=name) for name, pk in rows.items()]
    for start in range(0, len(pairs), LOT):
        Registration.objects.bulk_update(pairs[start : start + LOT], ["pseudonym"])


def enter_public_value(*, round_: Round, value: str, officer: Officer) -> Round:
    """Enter the public value: the second officer's entry must equal the first's. Raises AdmissionRefusedError."""
    value = " ".join(value.split())
    if not value:
        raise AdmissionRefusedError(_("Ghi giá trị công khai đúng như nguồn đã công bố."))
    if round_.state != Round.State.FROZEN:
        raise AdmissionRefusedError(_("Giá trị công khai chỉ nhập sau khi đã chốt danh sách."))
    if round_.first_value_by_id in {None, officer.pk}:
        Round.objects.filter(pk=round_.pk, state=Round.State.FROZEN).update(
            first_value=value, first_value_by=officer
        )
    elif round_.first_value != value:
        raise AdmissionRefusedError(
            _("Hai lần nhập không giống nhau. Cả hai người xem lại nguồn; người nhập trước sửa nếu sai.")
        )
    else:
        with transaction.atomic():
            _move(round_, round_.revision, Round.State.FROZEN, Round.State.DRAWN, public_value=value)
            note(
                round_.season,
                "drawn",
                actor=officer.user,
                round_number=round_.number,
                public_value=value,
                source=round_.value_source,
            )
    round_.refresh_from_db()
    return round_


def propose_publication(*, round_: Round, officer: Officer, revision: int) -> Round:
    """Let one person say that the result may be published."""
    with transaction.atomic():
        _move(round_, revision, Round.State.DRAWN, Round.State.DRAWN, proposed_by=officer)
        note(round_.season, "proposed", actor=officer.user, round_number=round_.number)
    round_.refresh_from_db()
    return round_


def approve_publication(*, round_: Round, officer: Officer, revision: int) -> Round:
    """Let another person publish: a worker computes, writes every receipt, then shows all at once."""
    if round_.proposed_by_id is None:
        raise AdmissionRefusedError(_("Chưa có người đề nghị công bố."))
    if round_.proposed_by_id == officer.pk:
        raise AdmissionRefusedError(
            _("Người đề nghị không tự duyệt được. Cần người thứ hai duyệt công bố.")
        )
    with transaction.atomic():
        _move(round_, revision, Round.State.DRAWN, Round.State.PUBLISHING)
        note(round_.season, "approved", actor=officer.user, round_number=round_.number)
        owe(
            kind="admissions.publish",
            key=f"admissions.publish:{round_.pk}",
            payload={"round": round_.pk},
        )
    round_.refresh_from_db()
    return round_


def publish(*, round_: Round, keep_alive: Callable[[], None] = alone) -> bool:
    """Compute, write, show. Killed on its way it begins anew and writes the same; False where it is done."""
    if round_.state != Round.State.PUBLISHING:
        return False
    seed = proof.seed(round_.secret, round_.public_value, round_.root)
    instance = instances.frozen_instance(round_, seed)
    result = allocate(instance)
    bundle = proof.bundle(
        instance, result, rules=round_.rules, secret=round_.secret, public_value=round_.public_value
    )
    name = instances.keep(f"{round_.pk}-goi-ket-qua", bundle)
    _write_receipts(round_, ReceiptBook(instance, result), result, keep_alive)
    with transaction.atomic():
        _move(
            round_,
            round_.revision,
            Round.State.PUBLISHING,
            Round.State.PUBLISHED,
            bundle_name=name,
            digest=result.digest(),
            figures=figures_of(instance, result),
            published_at=timezone.now(),
        )
        note(round_.season, "published", actor=None, round_number=round_.number, digest=result.digest())
        owe(
            kind="admissions.conclude",
            key=f"admissions.conclude:{round_.pk}",
            payload={"round": round_.pk},
        )
    return True


def _write_receipts(
    round_: Round, book: ReceiptBook, result: Result, keep_alive: Callable[[], None]
) -> None:
    """Write what nobody sees before the round says "published"."""
    schools = {row.school.code: row.school_id for row in round_.quota_rows.select_related("school")}
    found = Registration.objects.filter(round=round_).exclude(pseudonym="").only("pk", "pseudonym")
    lot: list[Registration] = []
    for registration in found.iterator(chunk_size=2_000):
        placed = result.placements.get(registration.pseudonym)
        registration.receipt = book.receipt(registration.pseudonym)
        registration.school_id = None if placed is None else schools[placed.school]
        lot.append(registration)
        if len(lot) == LOT:
            _flush(lot)
            keep_alive()
    _flush(lot)


def _flush(lot: list[Registration]) -> None:
    if lot:
        Registration.objects.bulk_update(lot, ["receipt", "school"])
        lot.clear()


def _move(round_: Round, revision: int, source: str, target: str, **changes: Any) -> None:
    """Carry out one move by one conditional UPDATE, or say that somebody else was faster."""
    moved = Round.objects.filter(pk=round_.pk, state=source, revision=revision).update(
        state=target, revision=revision + 1, **changes
    )
    if moved != 1:
        now = Round.objects.get(pk=round_.pk)
        raise AdmissionRefusedError(
            _(
                "Đợt này nay là “%(state)s” hoặc vừa được người khác xử lý. Mở lại trang để xem rồi làm tiếp."
            )
            % {"state": now.get_state_display()}
        )
