"""The verbs of this room, one door for all of them."""

from portal.accounts.errors import CodeRefusedError, NotThereError, RefusedError, SignInRefusedError
from portal.accounts.services.claims import (
    claim_child,
    confirm_claim,
    match_claim,
    refuse_claim,
    withdraw_claim,
)
from portal.accounts.services.links import confirm_link, end_link, limit_link, record_guardian
from portal.accounts.services.looks import record_look
from portal.accounts.services.people import citizen_at_counter, citizen_from_claims, set_notice_wishes
from portal.accounts.services.roles import add_officer, assign_role, end_role, lend_role
from portal.accounts.services.second_factor import (
    WayIn,
    demo_signing_key,
    demo_way_in,
    reset_second_factor,
    unlock_signing_key,
)
from portal.accounts.services.throttle import (
    clear_old_turns,
    seconds_until_next_turn,
    take_turn,
    use_once,
)

__all__ = [
    "CodeRefusedError",
    "NotThereError",
    "RefusedError",
    "SignInRefusedError",
    "WayIn",
    "add_officer",
    "assign_role",
    "citizen_at_counter",
    "citizen_from_claims",
    "claim_child",
    "clear_old_turns",
    "confirm_claim",
    "confirm_link",
    "demo_signing_key",
    "demo_way_in",
    "end_link",
    "end_role",
    "lend_role",
    "limit_link",
    "match_claim",
    "record_guardian",
    "record_look",
    "refuse_claim",
    "reset_second_factor",
    "seconds_until_next_turn",
    "set_notice_wishes",
    "take_turn",
    "unlock_signing_key",
    "use_once",
    "withdraw_claim",
]
