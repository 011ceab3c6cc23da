"""Delivering: at least once, always under the same Message-ID."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist

from portal.accounts.selectors import contact_of
from portal.notifications.channels import Parcel, all_channels
from portal.notifications.models import Delivery
from portal.notifications.ports import Words
from portal.notifications.services import mark_sent
from portal.notifications.words import words_to_send
from portal.outbox.ports import duty_handler

logger = logging.getLogger(__name__)


@duty_handler("notice.deliver")
def deliver(payload: dict[str, Any]) -> None:
    """Send one delivery, unless it is sent, no longer wished, or about something that is gone."""
    delivery = Delivery.objects.select_related("notice").filter(pk=payload["delivery"]).first()
    if delivery is None or delivery.sent_at is not None:
        return
    notice, channel = delivery.notice, all_channels().get(delivery.channel)
    contact = contact_of(notice.recipient_id)
    if channel is None or not channel.wanted(contact):
        logger.info("delivery %d: %s is no longer wished", delivery.pk, delivery.channel)
        return
    try:
        words = words_to_send(notice, contact.language)
    except ObjectDoesNotExist:
        logger.info("delivery %d: its subject is gone", delivery.pk)
        return
    address = Words(words.title, words.body, f"{settings.PUBLIC_URL}{words.link}")
    channel.send(Parcel(notice.recipient_id, contact, address, delivery.message_id))
    mark_sent(delivery_id=delivery.pk)
