"""Telling people, and noting that they read it."""

from __future__ import annotations

from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.accounts.selectors import contact_of
from portal.notifications import ports
from portal.notifications.channels import all_channels
from portal.notifications.models import Delivery, Notice
from portal.outbox.services import owe


def notify(*, recipient_id: int, template: str, subject_kind: str, subject_id: str, key: str) -> int:
    """Leave a notice on the portal and owe its delivery by the channels that the recipient wishes.

    Call it in the transaction of its cause. The same ``key`` makes one notice, however often it is
    told. Answers the notice's id.

    Raises ``UnknownTemplateError`` when nobody registered words for ``template``.
    """
    ports.speaker_of(template)
    with transaction.atomic():
        told = Notice.objects.filter(key=key).values_list("pk", flat=True).first()
        if told is not None:
            return told
        draft = Notice(
            key=key,
            recipient_id=recipient_id,
            template=template,
            subject_kind=subject_kind,
            subject_id=str(subject_id),
        )
        Notice.objects.bulk_create([draft], ignore_conflicts=True)
        notice = Notice.objects.get(key=key)
        contact = contact_of(recipient_id)
        wanted = [name for name, channel in all_channels().items() if channel.wanted(contact)]
        Delivery.objects.bulk_create(
            [Delivery(notice=notice, channel=name, message_id=_new_message_id()) for name in wanted],
            ignore_conflicts=True,
        )
        for delivery_id in notice.deliveries.values_list("pk", flat=True):
            owe(
                kind="notice.deliver",
                key=f"notice.deliver:{delivery_id}",
                payload={"delivery": delivery_id},
            )
    return notice.pk


def _new_message_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid4()}@{domain}>"


def mark_read(*, recipient_id: int, notice_id: int | None = None) -> int:
    """Note that the recipient read one notice, or all of theirs; answers how many were unread."""
    unread = Notice.objects.filter(recipient_id=recipient_id, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=timezone.now())


def mark_sent(*, delivery_id: int) -> None:
    """Note that a delivery left the house; the first time counts."""
    Delivery.objects.filter(pk=delivery_id, sent_at=None).update(sent_at=timezone.now())
