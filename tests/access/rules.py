"""The rule of every address of our own, by its name; of libraries' addresses by their beginning, with a reason.

Who may come in: EVERYBODY · CITIZEN (signed in, and sees only what is theirs) · OWNER (the citizen whose thing
it is) · OFFICER (both factors shown, and sees only the own office's things) · OFFICE (an officer of the office
whose thing it is) · PROVINCE (an office of the department).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import World

EVERYBODY, CITIZEN, OWNER = "everybody", "citizen", "owner"
OFFICER, OFFICE, PROVINCE = "officer", "office", "province"

type Body = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Rule:
    """``things``: argument of the address → name of a thing in the world (with ``.attribute`` where not the key).

    ``by`` and ``body``: an owner whose POST of this body succeeds and changes something.
    """

    who: str
    things: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    by: str = ""
    body: Body | None = None


def _revision(thing: str, **more: Any) -> Body:
    return lambda world: {"revision": str(world.things[thing].revision), **more}


def _days(**names: str) -> dict[str, str]:
    return {
        f"{name}-{part}": value
        for name, day in names.items()
        for part, value in zip(("year", "month", "day"), day.split("-"), strict=True)
    }


_DOSSIER, _DRAFT = {"public_id": "dossier.public_id"}, {"public_id": "draft.public_id"}
_CODE = {"code": "2.002854"}

RULES: dict[str, Rule] = {
    "health": Rule(EVERYBODY),
    "api-v1:openapi-json": Rule(EVERYBODY),
    "api-v1:list_procedures": Rule(EVERYBODY),
    "api-v1:show_procedure": Rule(EVERYBODY, fixed=_CODE),
    "api-v1:dossier_status": Rule(EVERYBODY),
    "api-v1:api-root": Rule(EVERYBODY),
    "api-v1:unnamed": Rule(EVERYBODY),
    "payments_ipn": Rule(EVERYBODY),
    "vneid:start": Rule(EVERYBODY),
    "vneid:return": Rule(EVERYBODY),
    "accounts:sign_in": Rule(EVERYBODY),
    "accounts:sign_out": Rule(EVERYBODY),
    "accounts:officer_sign_in": Rule(EVERYBODY),
    "accounts:officer_code": Rule(EVERYBODY),
    "accounts:officer_enrol": Rule(EVERYBODY),
    "accounts:officer_qr": Rule(EVERYBODY),
    "accounts:officer_recovery_codes": Rule(OFFICER),
    "accounts:family": Rule(CITIZEN),
    "accounts:claim_child": Rule(CITIZEN),
    "accounts:withdraw_claim": Rule(OWNER, {"claim_id": "claim.pk"}, by="tuan", body=lambda _world: {}),
    "home:desk": Rule(CITIZEN),
    "home:header_fragment": Rule(EVERYBODY),
    "home:lookup": Rule(EVERYBODY),
    "home:notices": Rule(CITIZEN),
    "home:dossier": Rule(OWNER, _DOSSIER),
    "home:withdraw": Rule(OWNER, _DOSSIER, by="lan", body=_revision("dossier")),
    "home:supply": Rule(OWNER, _DOSSIER),
    "home:looks": Rule(OWNER, _DOSSIER),
    "procedures:start": Rule(CITIZEN, fixed=_CODE),
    "procedures:check": Rule(
        OWNER, _DRAFT, _CODE, "lan", lambda _world: {f"declaration-{number}": "on" for number in range(3)}
    ),
    "procedures:papers": Rule(OWNER, _DRAFT, _CODE),
    "procedures:delete": Rule(OWNER, _DRAFT, _CODE, "lan", lambda _world: {}),
    "procedures:page": Rule(
        OWNER,
        _DRAFT,
        {**_CODE, "page_name": "contact"},
        "lan",
        _revision("draft", phone="0900000119", address="Tổ 6"),
    ),
    "documents:verify": Rule(EVERYBODY),
    "catalogue:show": Rule(EVERYBODY),
    "desk:queue": Rule(OFFICER),
    "desk:dossier": Rule(OFFICE, _DOSSIER),
    "desk:take": Rule(OFFICE, _DOSSIER, by="thang", body=_revision("dossier")),
    "desk:move": Rule(OFFICE, _DOSSIER, {"action": "accept"}, "thang", _revision("dossier")),
    "desk:claims": Rule(OFFICER),
    "desk:claim": Rule(
        OFFICE,
        {"claim_id": "claim.pk"},
        by="thu",
        body=_revision("claim", note="Đã xem khai sinh.", confirm="1"),
    ),
    "desk:pupils": Rule(OFFICER),
    "desk:pupil": Rule(OFFICE, {"pupil_id": "pupil.pk"}),
    "desk:export": Rule(OFFICER),
    "desk:export_province": Rule(PROVINCE),
    "desk:imports": Rule(OFFICER),
    "desk:import_template": Rule(OFFICER),
    "desk:import": Rule(OFFICE, {"import_id": "import.pk"}),
    "desk:import_progress": Rule(OFFICE, {"import_id": "import.pk"}),
    "desk:import_confirm": Rule(OFFICE, {"import_id": "import.pk"}, by="thu", body=_revision("import")),
    "desk:import_discard": Rule(OFFICE, {"import_id": "import.pk"}, by="thu", body=_revision("import")),
    # the directory of offices and schools is public knowledge; changing it is not
    "desk:organisations": Rule(OFFICER),
    "desk:organisation": Rule(OFFICER, {"organisation_id": "organisation.pk"}),
    "desk:organisation_change": Rule(
        PROVINCE,
        {"organisation_id": "organisation.pk"},
        {"action": "doi-ten"},
        "ngoc",
        lambda _world: {
            "name": "Trường Tiểu học Bản Mới",
            "source": "Quyết định 1",
            "confirm": "1",
            **_days(on="2027-01-01"),
        },
    ),
    "desk:roles": Rule(
        PROVINCE,
        {"organisation_id": "organisation.pk"},
        by="quan",
        body=lambda _world: {"username": "thu", "role": "finance", **_days(valid_from="2027-01-01")},
    ),
    "desk:role_end": Rule(
        PROVINCE, {"assignment_id": "assignment.pk"}, by="quan", body=lambda _world: _days(on="2027-01-01")
    ),
    "desk:role_lend": Rule(
        PROVINCE,
        {"assignment_id": "assignment.pk"},
        by="quan",
        body=lambda _world: {"username": "thu", **_days(valid_from="2027-01-01", valid_to="2027-01-09")},
    ),
    "desk:calendar": Rule(PROVINCE),
    "desk:calendar_add": Rule(
        PROVINCE,
        by="ngoc",
        body=lambda _world: {
            "working": "off",
            "name": "Nghỉ bù",
            "source": "Thông báo 1/TB",
            **_days(day="2027-04-26"),
        },
    ),
    "desk:calendar_switch": Rule(PROVINCE, {"day_id": "calendar_day.pk"}),
    "desk:duties": Rule(PROVINCE),
    "desk:duty_revive": Rule(PROVINCE, {"duty_id": "duty.pk"}, by="quan", body=lambda _world: {}),
}

#: tried by the room's own access tests with things that take a bank or files to make
ELSEWHERE = {
    "payments:order": "tests/payments/test_access.py",
    "payments:pay": "tests/payments/test_access.py",
    "payments:returned": "tests/payments/test_access.py",
    "payments:status": "tests/payments/test_access.py",
    "documents:document": "tests/documents/test_slips.py",
    "documents:page": "tests/documents/test_papers_page.py",
    "documents:preview": "tests/documents/test_papers_page.py",
}

#: beginnings of libraries' addresses → who has business there
LIBRARIES = {
    "quan-tri/tep/": "files that editors published; Wagtail asks its own privacy settings",
    "quan-tri/": "Wagtail's admin: editors with both factors, by the roles of portal.accounts",
    "_util/": "Wagtail's page passwords; its sign-in leads to ours",
    "^((?:": "Wagtail's pages: public, or behind Wagtail's privacy settings",
}
