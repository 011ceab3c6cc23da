"""The verbs of the room: whatever writes lists and charges enters here."""

from portal.charges.exporting import export_list, write_template
from portal.charges.paying import pay_charges
from portal.charges.refusals import ChargeRefusedError, RowError, RowsRefusedError
from portal.charges.services.cancelling import cancel_charge, cancel_list, cancel_next_lot
from portal.charges.services.correcting import correct_charge, exempt_charge, record_payment
from portal.charges.services.making import (
    Wish,
    drop_draft,
    exempt_in_draft,
    fill_list,
    make_list,
    make_list_from_file,
)
from portal.charges.services.publishing import publish_all, publish_list, publish_next_lot
from portal.charges.services.reminding import remind_due_lists, remind_list

__all__ = [
    "ChargeRefusedError",
    "RowError",
    "RowsRefusedError",
    "Wish",
    "cancel_charge",
    "cancel_list",
    "cancel_next_lot",
    "correct_charge",
    "drop_draft",
    "exempt_charge",
    "exempt_in_draft",
    "export_list",
    "fill_list",
    "make_list",
    "make_list_from_file",
    "pay_charges",
    "publish_all",
    "publish_list",
    "publish_next_lot",
    "record_payment",
    "remind_due_lists",
    "remind_list",
    "write_template",
]
