"""Mail: plain text, a pointer to the portal."""

from __future__ import annotations

import textwrap

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.selectors import Contact
from portal.notifications.channels import Parcel

_WIDTH = 72


class MailChannel:
    """Sends through the installation's mail server (``MAILERS``)."""

    def wanted(self, contact: Contact) -> bool:
        """Need a wish and an address."""
        return contact.mail_notices and bool(contact.mail)

    def send(self, parcel: Parcel) -> None:
        """Send one mail; a repeated one bears the same Message-ID, so mail programs show it once."""
        EmailMessage(
            subject=" ".join(parcel.words.title.split()),
            body=body(parcel),
            to=[parcel.contact.mail],
            headers={
                "Message-ID": parcel.message_id,
                "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday replies, please
                "Content-Language": parcel.contact.language,
            },
        ).send()


def body(parcel: Parcel) -> str:
    """Lay out the text in lines of 72 characters; links stay whole."""
    with override(parcel.contact.language):
        parts = [
            _("Kính gửi anh/chị,"),
            parcel.words.body,
            _("Xem và làm tiếp tại:") + f"\n{parcel.words.link}",
            _(
                "Để giữ kín thông tin của anh/chị, thư này không ghi nội dung hồ sơ."
                " Thư được gửi tự động, xin không trả lời thư này."
            ),
            "-- \n"
            + _("%(name)s tỉnh %(province)s. Tổng đài %(hotline)s.")
            % {
                "name": _("Cổng Dịch vụ Giáo dục"),
                "province": settings.PROVINCE,
                "hotline": settings.HOTLINE,
            },
        ]
    return "\n\n".join(_wrap(part) for part in parts) + "\n"


def _wrap(text: str) -> str:
    return "\n".join(
        line
        if line == "-- "  # the mark of a signature (RFC 3676) ends in a blank
        else textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
