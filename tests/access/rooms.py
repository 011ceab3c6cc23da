"""The rules of rooms whose things take an import, a bank or a season to make: who may come in at all.

Here outsiders knock with the name of a thing that is not there; that somebody else's thing answers alike, and
that its owner may, stands in the rooms' own tests (``tests/<room>/test_access.py`` or ``test_pages.py``).
"""

from __future__ import annotations

EVERYBODY_OF_ROOMS = (
    "api-v1:send_message", "api-v1:delete_conversation",
    "diploma_fixed:keys", "diploma_fixed:did", "diploma_fixed:status", "diploma_fixed:service_worker",
    "feed", "sitemap", "robots", "manifest", "service_worker", "offline", "school_map", "picture",
    "school_finder", "school_search", "school", "search:results", "search:suggestions",
    # by the code of an order and its check word; both wrong and not there are answered alike
    "payments:link", "payments:linked", "payments:linked_pay", "payments:linked_returned",
    "payments:linked_status",
    "procedures:example",
    "diplomas:lookup", "diplomas:verify", "diplomas:statistics", "diplomas:shared",
    "admissions:index", "admissions:receipt", "admissions:verifier", "admissions:season", "admissions:finder",
    "admissions:results", "admissions:bundle", "admissions:entrance", "admissions:waiting",
    "admissions:still_waiting",
    "assistant:page", "assistant:panel", "assistant:send", "assistant:news", "assistant:rate",
    "assistant:delete", "assistant:mail",
)  # fmt: skip
CITIZENS_OF_ROOMS = (
    "home:payments", "home:charges", "home:charges_pay", "home:charges_history", "home:charge", "home:wishes",
    "diplomas:mine", "diplomas:own", "diplomas:share", "diplomas:end_share", "diplomas:digital", "diplomas:qr",
    "admissions:registration", "admissions:receipt_file", "admissions:withdraw", "admissions:confirm",
    "admissions:decline", "admissions:amend_home", "admissions:amend_choices", "admissions:children",
    "admissions:home", "admissions:choices", "admissions:check", "admissions:review",
    "payments:slip",
)  # fmt: skip
OFFICERS_OF_ROOMS = (
    "diplomas_desk:books", "diplomas_desk:book", "diplomas_desk:scan", "diplomas_desk:check",
    "diplomas_desk:sweep_seen", "diplomas_desk:entry", "diplomas_desk:change", "diplomas_desk:choose",
    "diplomas_desk:issuers", "diplomas_desk:imports", "diplomas_desk:import", "diplomas_desk:import_progress",
    "diplomas_desk:import_columns", "diplomas_desk:import_act",
    "admissions_desk:index", "admissions_desk:registration", "admissions_desk:verify", "admissions_desk:ask",
    "admissions_desk:refuse", "admissions_desk:reply", "admissions_desk:season", "admissions_desk:queue",
    "admissions_desk:counter", "admissions_desk:phase", "admissions_desk:upload", "admissions_desk:download",
    "admissions_desk:act",
    "desk:ledger", "desk:wordings", "desk:wording", "desk:wording_sample",
    "desk:charges", "desk:charges_make", "desk:charges_file", "desk:charges_template", "desk:charge_list",
    "desk:charges_progress", "desk:charges_publish", "desk:charges_drop", "desk:charges_remind",
    "desk:charges_cancel", "desk:charges_export", "desk:charge", "desk:charge_change", "desk:cashless",
    "desk:finance", "desk:payment_find", "desk:payment", "desk:payments_export", "desk:payments_exported",
    "desk:refunds", "desk:refund", "desk:refund_propose", "desk:held", "desk:held_decide",
    "desk:reconciliation", "desk:reconcile",
    "desk:talks", "desk:talk", "desk:talk_answer", "desk:talk_move",
)  # fmt: skip
