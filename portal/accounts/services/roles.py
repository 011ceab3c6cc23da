"""Giving, ending and lending roles. A role is dated: nothing is ever deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.errors import NotThereError, RefusedError
from portal.accounts.models import Officer, Role, RoleAssignment, User
from portal.common.text import tidy


def add_officer(
    *,
    username: str,
    full_name: str,
    password: str | None,
    position: str = "",
    phone: str = "",
    email: str = "",
) -> Officer:
    """Make an officer's account; without a password nobody can sign in with it yet.

    The second factor is set up by the officer at the first sign-in.
    """
    with transaction.atomic():
        user = User.objects.create(username=username, email=email, password=make_password(password))
        return Officer.objects.create(user=user, full_name=tidy(full_name), position=position, phone=phone)


def _overlapping(valid_from: date, valid_to: date | None) -> Q:
    """Rows whose days meet [valid_from, valid_to)."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)
    return still if valid_to is None else still & Q(valid_from__lt=valid_to)


def _lock(officer_id: int) -> None:
    """Let two writers of one officer's roles pass one after the other, on both databases.

    A no-op UPDATE takes the row's lock on PostgreSQL, where two transactions could otherwise both find
    no overlap; on SQLite the transaction itself already is the lock.
    """
    if not Officer.objects.filter(pk=officer_id).update(position=F("position")):
        raise NotThereError(_("Không có cán bộ này. Anh/chị chọn lại trong danh sách."))


def _refuse_oneself(officer_id: int, actor: User | None) -> None:
    """Let nobody raise their own rights: a role is given by somebody else."""
    if actor is not None and Officer.objects.filter(pk=officer_id, user=actor).exists():
        raise RefusedError(_("Anh/chị không tự giao vai trò cho chính mình. Nhờ một người quản trị khác."))


def assign_role(
    *,
    officer_id: int,
    role: str,
    organisation_id: int,
    valid_from: date,
    valid_to: date | None = None,
    actor: User | None = None,
) -> RoleAssignment:
    """Give a role from ``valid_from`` until ``valid_to`` (exclusive; None: until ended).

    Raises :class:`RefusedError` where the officer already holds it on one of these days, or is the actor.
    """
    _refuse_oneself(officer_id, actor)
    return _assign(
        officer_id=officer_id,
        role=role,
        organisation_id=organisation_id,
        valid_from=valid_from,
        valid_to=valid_to,
        assigned_by=actor,
    )


def _assign(
    *,
    officer_id: int,
    role: str,
    organisation_id: int,
    valid_from: date,
    valid_to: date | None,
    **more: Any,
) -> RoleAssignment:
    if valid_to is not None and valid_to <= valid_from:
        raise RefusedError(_("Ngày kết thúc phải sau ngày bắt đầu. Anh/chị xem lại hai ngày."))
    with transaction.atomic():
        _lock(officer_id)
        held = RoleAssignment.objects.filter(
            _overlapping(valid_from, valid_to),
            officer_id=officer_id,
            role=role,
            organisation_id=organisation_id,
        )
        if held.exists():
            raise RefusedError(
                _("Người này đã có vai trò đó trong những ngày này. Anh/chị kết thúc vai trò cũ trước.")
            )
        return RoleAssignment.objects.create(
            officer_id=officer_id,
            role=Role(role),
            organisation_id=organisation_id,
            valid_from=valid_from,
            valid_to=valid_to,
            **more,
        )


def end_role(*, assignment_id: int, on: date, actor: User | None = None) -> None:
    """End a role: ``on`` is the first day without it. What was lent out of it ends with it."""
    with transaction.atomic():
        assignment = RoleAssignment.objects.filter(pk=assignment_id).first()
        if assignment is None:
            raise NotThereError(_("Không có vai trò này. Anh/chị tải lại trang."))
        _lock(assignment.officer_id)
        open_on = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        ended = RoleAssignment.objects.filter(open_on, pk=assignment_id, valid_from__lte=on).update(
            valid_to=on, ended_by=actor
        )
        if ended != 1:
            raise RefusedError(_("Vai trò này đã kết thúc, hoặc chưa bắt đầu vào ngày đó."))
        lent = RoleAssignment.objects.filter(
            open_on,
            lent_by_id=assignment.officer_id,
            role=assignment.role,
            organisation_id=assignment.organisation_id,
        )
        lent.filter(valid_from__lt=on).update(valid_to=on, ended_by=actor)
        lent.filter(valid_from__gte=on).update(valid_to=F("valid_from"), ended_by=actor)


def lend_role(
    *, assignment_id: int, to_officer_id: int, valid_from: date, valid_to: date, actor: User | None = None
) -> RoleAssignment:
    """Lend a role for a leave: the lender keeps it, the substitute has it on these days.

    Raises :class:`RefusedError` where the lender does not hold it throughout, or holds it by loan, or
    where the actor would lend it to themselves.
    """
    _refuse_oneself(to_officer_id, actor)
    with transaction.atomic():
        own = RoleAssignment.objects.filter(pk=assignment_id).first()
        if own is None:
            raise NotThereError(_("Không có vai trò này. Anh/chị tải lại trang."))
        if own.lent_by_id is not None:
            raise RefusedError(_("Vai trò được giao thay không giao tiếp cho người khác được."))
        if own.officer_id == to_officer_id:
            raise RefusedError(_("Anh/chị chọn một người khác để làm thay."))
        if valid_from < own.valid_from or (own.valid_to is not None and valid_to > own.valid_to):
            raise RefusedError(_("Anh/chị chỉ giao thay được trong những ngày chính mình giữ vai trò."))
        return _assign(
            officer_id=to_officer_id,
            role=own.role,
            organisation_id=own.organisation_id,
            valid_from=valid_from,
            valid_to=valid_to,
            lent_by_id=own.officer_id,
            assigned_by=actor,
        )
