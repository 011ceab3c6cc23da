"""The rules of a school transfer: what is known already, what cannot be, what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.common.clock import ZONE
from portal.organisations import selectors as organisations
from portal.outbox.services import owe
from portal.procedures import selectors as dossiers
from portal.procedures.ports import Answers, FormContext, Hooks
from portal.pupils import selectors as pupils

GRADES = {"primary": range(1, 6), "lower_secondary": range(6, 10), "upper_secondary": range(10, 13)}


def derive(answers: Answers, context: FormContext) -> dict[str, Any]:
    """Fill in the present school and class from the register: nobody is asked what the office knows."""
    derived = {**answers, "from_school": None, "from_class": None}
    child = answers.get("child")
    if child is None or not accounts.may_see(accounts.citizen(context.citizen_id), child, context.today):
        return derived
    enrolment = pupils.open_enrolment(child, context.today)
    if enrolment is not None:
        derived |= {"from_school": enrolment.school_id, "from_class": enrolment.class_name}
    return derived


def objections(answers: Answers, context: FormContext) -> list[str]:
    """Name what stands against submitting: same school, a grade the school does not teach, custody."""
    sentences = []
    if not accounts.may_apply_for(accounts.citizen(context.citizen_id), answers["child"], context.today):
        sentences.append(_("Anh/chị chưa được xác nhận là người nộp hồ sơ thay cho cháu này."))
    if answers.get("from_school") == answers["to_school"]:
        sentences.append(_("Cháu đang học ở chính trường này. Chọn trường chuyển đến khác."))
    school = organisations.organisation(answers["to_school"])
    if not any(int(answers["to_grade"]) in GRADES.get(level, ()) for level in school.levels):
        sentences.append(
            _("%(school)s không có lớp %(grade)s. Xem lại trường hoặc lớp.")
            % {"school": school.name, "grade": answers["to_grade"]}
        )
    return sentences


def on_delivered(dossier_id: int) -> None:
    """Let the pupil's enrolment move on the day that the family asked for, if the school agreed."""
    dossier = dossiers.dossier(dossier_id)
    if dossier.outcome != "granted":
        return
    starts_on = dt.date.fromisoformat(dossiers.answers_of(dossier)["starts_on"])
    owe(
        kind="transfers.move_enrolment",
        key=f"transfers.move_enrolment:{dossier_id}",
        payload={"dossier_id": dossier_id},
        not_before=dt.datetime.combine(starts_on, dt.time(0, 0), ZONE),
    )


HOOKS = Hooks(derive=derive, objections=objections, on_delivered=on_delivered)
