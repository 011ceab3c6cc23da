"""What a school may charge for, its lists, what each pupil owes, and the province's cashless targets."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What one unit price pays for."""

    DAY = "day", _("ngày")
    MONTH = "month", _("tháng")
    TERM = "term", _("học kỳ")
    YEAR = "year", _("năm học")
    ONCE = "once", _("lần")


class Area(models.TextChoices):
    """Where a school stands, for ceilings and targets."""

    ANY = "any", _("Toàn tỉnh")
    URBAN = "urban", _("Phường, thị trấn")
    RURAL = "rural", _("Xã")
    HIGHLAND = "highland", _("Vùng dân tộc thiểu số, miền núi")


class ChargeKind(models.Model):
    """What schools may charge for, from a day until another (exclusive), and the province's ceiling on it."""

    code = models.SlugField(max_length=40)
    area = models.CharField(max_length=8, choices=Area, default=Area.ANY)
    titles = models.JSONField(help_text="by language, vi required")
    unit = models.CharField(max_length=5, choices=Unit)
    ceiling = models.PositiveBigIntegerField(null=True, help_text="whole đồng a unit; empty: none is set")
    free_at_public = models.BooleanField(default=False, help_text="public schools may not charge it at all")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, help_text="number and day of the resolution")
    recalled = models.BooleanField(default=False, help_text="sample data, not seen in a source")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "area", "valid_from"], name="charge_kind_once"),
        )

    def __str__(self) -> str:
        return f"{self.code}/{self.area}: {self.ceiling}"


class CommuneArea(models.Model):
    """What a commune counts as, where its name alone does not tell, from a day until another (exclusive)."""

    commune = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=8, choices=Area)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["commune", "valid_from"], name="commune_area_once"),)

    def __str__(self) -> str:
        return f"{self.commune_id}: {self.area}"


class CashlessTarget(models.Model):
    """The share of money to be paid without cash in an area, in percent, as a plan says."""

    plan = models.SlugField(max_length=20)
    area = models.CharField(max_length=8, choices=Area)
    percent = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "area", "valid_from"], name="cashless_target_once"),
        )

    def __str__(self) -> str:
        return f"{self.plan}/{self.area}: {self.percent} %"


class ChargeList(models.Model):
    """What a school collects from many pupils at once. Moved only by ``services``."""

    class State(models.TextChoices):
        """preparing → draft → publishing → published → cancelling → cancelled; a draft may be dropped."""

        PREPARING = "preparing", _("Đang lập danh sách")
        DRAFT = "draft", _("Bản nháp")
        PUBLISHING = "publishing", _("Đang công bố")
        PUBLISHED = "published", _("Đã công bố")
        CANCELLING = "cancelling", _("Đang hủy")
        CANCELLED = "cancelled", _("Đã hủy")

    class Scope(models.TextChoices):
        """Whom it is for."""

        SCHOOL = "school", _("Toàn trường")
        GRADE = "grade", _("Khối")
        CLASS = "class", _("Lớp")
        FILE = "file", _("Danh sách từ tệp Excel")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="charge_lists"
    )
    school_year = models.CharField(max_length=9, help_text="2026-2027")
    kind = models.ForeignKey(ChargeKind, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    scope = models.CharField(max_length=6, choices=Scope)
    scope_value = models.CharField(max_length=20, blank=True, help_text="the grade or the class")
    unit_price = models.PositiveBigIntegerField(help_text="whole đồng")
    quantity = models.PositiveSmallIntegerField(default=1, help_text="units a pupil, unless the file says")
    due_on = models.DateField(help_text="the last day to pay")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    revision = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0, help_text="rows dealt with in the present work")
    reason = models.CharField(max_length=300, blank=True, help_text="why it was cancelled")
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["school", "-made_at"], name="charge_list_school"),)

    def __str__(self) -> str:
        return self.title


class Charge(models.Model):
    """What one pupil owes by a list. A correction is a new row that names the one it takes the place of."""

    class State(models.TextChoices):
        """draft → due | exempt; due → paid; due, paid → corrected | cancelled; due → exempt."""

        DRAFT = "draft", _("Bản nháp")
        DUE = "due", _("Chưa nộp")
        PAID = "paid", _("Đã nộp")
        EXEMPT = "exempt", _("Được miễn")
        CORRECTED = "corrected", _("Đã thay bằng khoản khác")
        CANCELLED = "cancelled", _("Đã hủy")

    class Way(models.TextChoices):
        """How the money came."""

        PORTAL = "portal", _("Trên cổng")
        TRANSFER = "transfer", _("Chuyển khoản cho trường")
        CASH = "cash", _("Tiền mặt")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    charge_list = models.ForeignKey(ChargeList, on_delete=models.PROTECT, related_name="charges")
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.PROTECT, related_name="charges")
    class_name = models.CharField(max_length=20)
    number = models.PositiveIntegerField(help_text="its place in the list")
    quantity = models.PositiveSmallIntegerField()
    amount = models.PositiveBigIntegerField(help_text="whole đồng: unit price × quantity")
    carried = models.PositiveBigIntegerField(
        default=0, help_text="whole đồng that were paid for the row in whose place this one stands"
    )
    to_pay = models.PositiveBigIntegerField(help_text="whole đồng: amount - carried")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    exemption = models.CharField(max_length=200, blank=True, help_text="on what ground it is exempt")
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    paid_at = models.DateTimeField(null=True)
    paid_via = models.CharField(max_length=8, choices=Way, blank=True)
    paid_line = models.BigIntegerField(null=True, help_text="the order line whose money paid it")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["charge_list", "pupil"],
                condition=models.Q(corrects=None),
                name="one_charge_a_pupil",
            ),
            models.CheckConstraint(
                condition=models.Q(to_pay=models.F("amount") - models.F("carried")),
                name="charge_to_pay",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="paid") | ~models.Q(paid_via=""), name="paid_charge_says_how"
            ),
        )
        indexes = (
            models.Index(fields=["charge_list", "state", "number"], name="charge_list_state"),
            models.Index(fields=["pupil", "state"], name="charge_pupil_state"),
        )

    def __str__(self) -> str:
        return f"{self.charge_list_id}/{self.number}: {self.amount} {self.state}"


class ChargeEvent(models.Model):
    """What happened to a list or to one charge: appended, never changed. Notes name papers, not people."""

    class Action(models.TextChoices):
        """The verbs of ``services``."""

        MADE = "made", _("Lập danh sách")
        PUBLISHED = "published", _("Công bố")
        EXEMPTED = "exempted", _("Miễn")
        PAID = "paid", _("Đã nộp")
        CORRECTED = "corrected", _("Sửa khoản thu")
        CANCELLED = "cancelled", _("Hủy")
        REMINDED = "reminded", _("Gửi lời nhắc")

    charge_list = models.ForeignKey(ChargeList, on_delete=models.CASCADE, related_name="events")
    charge = models.ForeignKey(Charge, null=True, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=9, choices=Action)
    note = models.CharField(max_length=300, blank=True)
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: by itself"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.get_action_display()


class Reminder(models.Model):
    """A round of reminders of a list; one a day at most."""

    charge_list = models.ForeignKey(ChargeList, on_delete=models.CASCADE, related_name="reminders")
    on = models.DateField()
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: by itself"
    )
    charges = models.PositiveIntegerField(help_text="unpaid when the round began")
    told = models.PositiveIntegerField(default=0, help_text="parents told so far")

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (models.UniqueConstraint(fields=["charge_list", "on"], name="one_reminder_a_day"),)

    def __str__(self) -> str:
        return f"{self.charge_list_id}: {self.on:%d/%m/%Y}"
