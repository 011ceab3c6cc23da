"""A school checks registrations after the window: right, ask once, or a refusal that a second person makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from admissions import selectors
from admissions.models import PhaseKind, Registration
from admissions.refusals import AdmissionRefusedError
from portal.procedures import selectors as dossiers
from portal.procedures import services as engine

if TYPE_CHECKING:
    from portal.procedures.selectors import Actor, Dossier


def verify(*, registration: Registration, actor: Actor, revision: int) -> None:
    """Find it right: reception and the step that follows (1→2→4). Raises ``engine.RefusedMoveError``."""
    _window_is_over(registration)
    with transaction.atomic():
        taken = engine.accept_dossier(dossier=_dossier(registration), actor=actor, revision=revision)
        engine.start_work(dossier=taken, actor=actor, revision=taken.revision)


def ask_family(*, registration: Registration, actor: Actor, revision: int, note: str) -> None:
    """Ask what is missing or does not fit, once."""
    _window_is_over(registration)
    dossier = _dossier(registration)
    if dossiers.last_request(dossier) is not None:
        raise AdmissionRefusedError(
            _("Đăng ký này đã được hỏi lại một lần. Xác nhận, hoặc đề nghị không tiếp nhận kèm lý do.")
        )
    engine.request_supplement(dossier=dossier, actor=actor, revision=revision, note=note)


def refuse(*, registration: Registration, actor: Actor, revision: int, note: str) -> None:
    """Refuse with the reason; the view lets only the principal, a second person, do it."""
    _window_is_over(registration)
    engine.refuse_reception(dossier=_dossier(registration), actor=actor, revision=revision, note=note)


def _dossier(registration: Registration) -> Dossier:
    return dossiers.dossier(registration.dossier_id)


def _window_is_over(registration: Registration) -> None:
    season, number = registration.round.season, registration.round.number
    if selectors.is_open(selectors.phase(season, PhaseKind.WINDOW, number)):
        raise AdmissionRefusedError(
            _("Đang trong giờ đăng ký, gia đình còn sửa được. Kiểm tra sau khi hết giờ.")
        )
