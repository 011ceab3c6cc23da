"""Conversations as they are kept: masked, for a set time; and the editors' answers."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import EncryptedTextField


class Conversation(models.Model):
    """A talk of one browser session. Nothing in it says who talks, unless they leave an address for an answer."""

    class State(models.TextChoices):
        """Who answers."""

        BOT = "bot", _("Trợ lý tự động")
        WAITING = "waiting", _("Chờ cán bộ")
        ACTIVE = "active", _("Cán bộ đang trả lời")
        CLOSED = "closed", _("Đã kết thúc")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.BOT)
    #: rises with every move of ``state``; forms carry the one they showed
    revision = models.PositiveIntegerField(default=0)
    urgent = models.BooleanField(default=False, help_text="harm to a child is told of: first in the queue")
    last_topic = models.CharField(max_length=40, blank=True)
    #: what the assistant has asked for: {"wants": "code"} or {"wants": "phone", "code": …}
    pending = models.JSONField(default=dict, blank=True)
    officer = models.ForeignKey(
        "accounts.Officer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    mail = EncryptedTextField(blank=True, default="", help_text="where a ticket's answer goes")
    opened_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now_add=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["state", "waiting_since"], name="conversation_queue"),
            models.Index(fields=["last_at"], name="conversation_last"),
        )

    def __str__(self) -> str:
        return str(self.public_id)


class Turn(models.Model):
    """What one side said, IDs, phones, names of people and addresses masked before it is stored."""

    class Author(models.TextChoices):
        """Who spoke."""

        CITIZEN = "citizen", _("Anh/chị")
        ASSISTANT = "assistant", _("Trợ lý")
        OFFICER = "officer", _("Cán bộ")

    class Source(models.TextChoices):
        """Where an answer came from."""

        TYPED = "typed", _("Người viết")
        BOT = "bot", _("Trợ lý")
        SEARCH = "search", _("Tìm kiếm")
        FIXED = "fixed", _("Câu cố định")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=9, choices=Author)
    source = models.CharField(max_length=6, choices=Source, default=Source.TYPED)
    text = models.TextField(blank=True)
    #: an answer's parts (:class:`portal.assistant.answers.parts.Answer`); what was true when it was given
    parts = models.JSONField(default=dict, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    rating = models.SmallIntegerField(null=True, blank=True, help_text="1 helped, -1 did not")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["conversation", "number"], name="turn_number_once"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.number}"


class Question(models.Model):
    """An answer that editors keep. Facts stand in it as references and are read when it is given."""

    topic = models.CharField(_("Chủ đề"), max_length=40, db_index=True)
    title = models.CharField(_("Câu hỏi, ngắn"), max_length=120)
    variants = models.TextField(
        _("Cách hỏi khác"), blank=True, help_text=_("Mỗi dòng một cách hỏi. Trợ lý tìm theo các dòng này.")
    )
    answer = models.TextField(
        _("Trả lời"),
        help_text=_(
            "Số liệu viết bằng ký hiệu: {fee:MÃ}, {days:MÃ}, {date:KỲ/MỐC}, {contact:department}, {hotline}."
        ),
    )
    procedure_code = models.CharField(_("Mã thủ tục"), max_length=40, blank=True)
    show = models.JSONField(
        _("Kèm dữ liệu thủ tục"), default=list, blank=True, help_text="papers, limits, fee, where"
    )
    link = models.CharField(_("Đường dẫn trên cổng"), max_length=200, blank=True)
    valid_from = models.DateField(_("Dùng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("Dùng đến hết ngày trước"), null=True, blank=True)
    updated_on = models.DateField(_("Cập nhật ngày"), auto_now=True)

    class Meta:
        verbose_name = _("Câu trả lời của trợ lý")
        verbose_name_plural = _("Câu trả lời của trợ lý")
        ordering = ("topic", "pk")

    def __str__(self) -> str:
        return self.title
