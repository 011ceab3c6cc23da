"""The accountants' list as CSV or XLSX, line by line: at once when short, as a duty when long."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from payments.models import Export
from payments.selectors.books import Movement, Reach, entries, movements
from portal.common.clock import ZONE
from portal.outbox.services import owe

#: so many lines are written while somebody waits
AT_ONCE = 5_000
KEPT = dt.timedelta(days=7)
_IN_MEMORY = 1_000_000
_FOLDER = "exports"
#: what a spreadsheet program may take for a formula
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (11, 9, 13, 17, 16, 10, 18, 36, 24, 40, 14)
HEADINGS = (
    "Ngày",
    "Giờ",
    "Mã thanh toán",
    "Mã lần trả",
    "Mã giao dịch",
    "Ngân hàng",
    "Mã đơn vị",
    "Đơn vị",
    "Khoản",
    "Nội dung",
    "Số tiền (đồng)",
)

type Cell = str | int | dt.date


def lines(rows: Iterable[Movement]) -> Iterator[tuple[Cell, ...]]:
    """Put movements into the list's columns; days and times are those of Asia/Ho_Chi_Minh."""
    for row in rows:
        local = row.at.astimezone(ZONE)
        yield (
            local.date(),
            f"{local:%H:%M:%S}",
            row.order_code,
            row.reference,
            row.transaction,
            row.bank,
            row.payee_code,
            row.payee,
            row.purpose,
            row.title,
            row.amount,
        )


def write_csv(rows: Iterable[Sequence[Cell]], out: BinaryIO) -> int:
    """Write headings and rows as UTF-8 with a mark that spreadsheet programs want; give their number."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    sheet = csv.writer(text)
    sheet.writerow(HEADINGS)
    number = 0
    for number, row in enumerate(rows, start=1):  # noqa: B007 - counts
        sheet.writerow([_plain(cell) for cell in row])
    text.detach()
    return number


def _plain(cell: Cell) -> str | int:
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, str) and cell.startswith(_DANGEROUS):
        return f"'{cell}"
    return cell


def write_xlsx(rows: Iterable[Sequence[Cell]], out: BinaryIO) -> int:
    """Write headings and rows as a workbook, row by row; texts stay texts. Give their number."""
    book = Workbook(write_only=True)
    sheet = cast("Any", book.create_sheet("Sổ thu"))
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJK", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    head = [WriteOnlyCell(sheet, value=heading) for heading in HEADINGS]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    number = 0
    for number, row in enumerate(rows, start=1):  # noqa: B007 - counts
        sheet.append([_cell(sheet, cell) for cell in row])
    book.save(out)
    return number


def _cell(sheet: Any, value: Cell) -> object:
    if isinstance(value, int):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "#,##0"
        return cell
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = "dd/mm/yyyy"
        return cell
    if not value.startswith(_DANGEROUS):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = value
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def write_export(*, reach: Reach, first: dt.date, last: dt.date, form: str, out: BinaryIO) -> int:
    """Write the list of the days from ``first`` to ``last`` as ``form`` (csv, xlsx); give its length."""
    return WRITERS[form](lines(movements(reach, first, last)), out)


def is_long(*, reach: Reach, first: dt.date, last: dt.date) -> bool:
    """Whether the list is too long to wait for."""
    return entries(reach, first, last)[: AT_ONCE + 1].count() > AT_ONCE


def order_export(*, officer_id: int, reach: Reach, first: dt.date, last: dt.date, form: str) -> Export:
    """Order a list that is made by a worker. Whose books it shows is fixed now."""
    if form not in WRITERS:
        raise ValueError(form)
    with transaction.atomic():
        made = Export.objects.create(
            officer_id=officer_id,
            organisation_ids=None if reach.everywhere else sorted(reach.organisation_ids),
            form=form,
            first_day=first,
            last_day=last,
            ordered_at=timezone.now(),
        )
        owe(kind="payments.export", key=f"payments.export:{made.pk}", payload={"export_id": made.pk})
    return made


def make_export(*, export_id: int) -> bool:
    """Write an ordered list into the private storage; False where it is made already."""
    export = Export.objects.get(pk=export_id)
    if export.state != Export.State.ORDERED:
        return False
    ids = export.organisation_ids
    reach = Reach(frozenset(ids or ()), everywhere=ids is None)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as out:
        count = write_export(
            reach=reach,
            first=export.first_day,
            last=export.last_day,
            form=export.form,
            out=cast("BinaryIO", out),
        )
        out.seek(0)
        name = _private().save(f"{_FOLDER}/{uuid.uuid4().hex}.{export.form}", File(out))
    first = Export.objects.filter(pk=export.pk, state=Export.State.ORDERED).update(
        state=Export.State.READY, stored_name=name, row_count=count, ready_at=timezone.now()
    )
    if not first:
        _private().delete(name)
    return bool(first)


def erase_exports() -> int:
    """Erase files that nobody needs any more; say how many. Run daily by beat."""
    old = Export.objects.filter(state=Export.State.READY, ready_at__lte=timezone.now() - KEPT)
    erased = 0
    for export in old:
        if Export.objects.filter(pk=export.pk, state=Export.State.READY).update(state=Export.State.ERASED):
            _private().delete(export.stored_name)
            erased += 1
    return erased


def _private() -> Storage:
    """Give the storage whose files have no address."""
    return storages["private"]
