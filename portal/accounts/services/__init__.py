"""The verbs of this room, one door for all of them."""

from portal.accounts.errors import NotThereError, RefusedError, SignInRefusedError
from portal.accounts.services.claims import (
    claim_child,
    confirm_claim,
    match_claim,
    refuse_claim,
    withdraw_claim,
)
from portal.accounts.services.links import confirm_link, end_link, limit_link, record_guardian
from portal.accounts.services.looks import record_look
from portal.accounts.services.people import citizen_at_counter, citizen_from_claims
from portal.accounts.services.roles import add_officer, assign_role, end_role, lend_role
from portal.accounts.services.second_factor import WayIn, demo_way_in, reset_second_factor
from portal.accounts.services.throttle import clear_old_turns, seconds_until_next_turn, take_turn

__all__ = [
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
    "take_turn",
    "withdraw_claim",
]
