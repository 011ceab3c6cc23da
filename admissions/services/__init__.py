"""The verbs of the room: everything that writes a season enters here."""

from admissions.refusals import AdmissionRefusedError, Remark, SheetRefusedError
from admissions.services.answering import (
    answer_place,
    close_confirmations,
    conclude_dossiers,
    give_hardship_place,
    open_additional_round,
    remind,
)
from admissions.services.catchments import (
    import_catchments,
    import_quotas,
    remove_catchment,
    set_catchment,
    set_quota,
)
from admissions.services.registering import (
    Adult,
    Home,
    amend_registration,
    begin_writing,
    enter_for_family,
    receipt_of_time,
    save_choices,
    save_home,
    submit_registration,
    withdraw_registration,
)
from admissions.services.reviews import answer_review, reply_to_review
from admissions.services.rounds import (
    approve_publication,
    ask_for,
    commit_round,
    dry_run,
    enter_public_value,
    freeze_round,
    propose_publication,
    publish,
)
from admissions.services.seasons import close_now, create_season, open_now, set_phase, set_rules
from admissions.services.verifying import ask_family, refuse, verify
from admissions.services.waiting import is_admitted, look, room_of, set_rate, take_ticket

__all__ = [
    "AdmissionRefusedError",
    "Adult",
    "Home",
    "Remark",
    "SheetRefusedError",
    "amend_registration",
    "answer_place",
    "answer_review",
    "approve_publication",
    "ask_family",
    "ask_for",
    "begin_writing",
    "close_confirmations",
    "close_now",
    "commit_round",
    "conclude_dossiers",
    "create_season",
    "dry_run",
    "enter_for_family",
    "enter_public_value",
    "freeze_round",
    "give_hardship_place",
    "import_catchments",
    "import_quotas",
    "is_admitted",
    "look",
    "open_additional_round",
    "open_now",
    "propose_publication",
    "publish",
    "receipt_of_time",
    "refuse",
    "remind",
    "remove_catchment",
    "reply_to_review",
    "room_of",
    "save_choices",
    "save_home",
    "set_catchment",
    "set_phase",
    "set_quota",
    "set_rate",
    "set_rules",
    "submit_registration",
    "take_ticket",
    "verify",
    "withdraw_registration",
]
