"""What this room plugs into the rooms below when the application is ready."""

from __future__ import annotations

from portal.diplomas import copies, digital, duties, hooks, scans  # noqa: F401 - duties register themselves
from portal.diplomas.definitions import certified_copy, correction, organisation_check
from portal.diplomas.fields import DiplomaKind, PartialDateKind
from portal.documents.ports import register_composer, register_viewer
from portal.procedures.ports import register_definition, register_kind, register_panel, register_result


def plug_in() -> None:
    """Register field kind, definitions with their rules, the officer's panel, the copy and who may see a page."""
    register_viewer(scans.SUBJECT, scans.may_see)
    register_viewer(digital.SUBJECT, digital.may_see)
    register_composer(digital.SUBJECT, digital.compose)
    register_kind(DiplomaKind())
    register_kind(PartialDateKind())
    register_definition(certified_copy.DEFINITION, hooks.COPY)
    register_definition(correction.DEFINITION, hooks.OTHER_HOOKS)
    register_definition(organisation_check.DEFINITION, hooks.OTHER_HOOKS)
    register_result(copies.DOCUMENT, copies.compose)
    for code in (
        certified_copy.DEFINITION.code,
        correction.DEFINITION.code,
        organisation_check.DEFINITION.code,
    ):
        register_panel(code, copies.panel)
