"""Who looked, who may look by a link, who seems to sweep. No row holds what somebody typed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.diplomas.models.entries import Entry


class Look(models.Model):
    """Somebody outside the offices looked; written for a miss as well, so that both are equal work."""

    class Way(models.TextChoices):
        """How they came."""

        PUBLIC = "public", _("Tra cứu công khai")
        SHARE = "share", _("Mở liên kết anh/chị đã chia sẻ")

    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="looks")
    way = models.CharField(max_length=6, choices=Way)
    address = models.CharField(max_length=32, help_text="digest of the address")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (
            models.Index(fields=["entry", "at"], name="look_entry"),
            models.Index(fields=["at"], name="look_at"),
        )

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.entry_id}"


class Share(models.Model):
    """A link by which the holder lets others see one diploma, until a day or until it is ended."""

    code = models.CharField(max_length=32, unique=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="shares")
    made_by = models.ForeignKey("accounts.Citizen", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=80, blank=True, help_text="for whom, in the holder's words")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.entry_id} – {self.ends_at:%d/%m/%Y}"


class Sweep(models.Model):
    """An alarm: somebody looks things up as nobody does who looks for a diploma of their own."""

    class Kind(models.TextChoices):
        """Which limit was reached."""

        ADDRESS = "address", _("Một địa chỉ tra cứu quá nhiều")
        KEY = "key", _("Một người, một số hiệu bị tra cứu quá nhiều")
        MISSES = "misses", _("Quá nhiều lần tra cứu không thấy trong một giờ")

    kind = models.CharField(max_length=7, choices=Kind)
    subject = models.CharField(max_length=64, blank=True, help_text="digest of the address or key")
    window = models.DateTimeField(help_text="the hour in which it happened")
    count = models.PositiveIntegerField(default=0, help_text="look-ups beyond the limit")
    seen_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "subject", "window"], name="sweep_once_an_hour"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.window:%d/%m/%Y %H:%M}"
