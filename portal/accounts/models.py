"""Who uses the portal: citizens, officers and their dated roles, families, looks, throttles."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import EncryptedTextField


class User(AbstractUser):
    """A sign-in. What it may do follows from its ``citizen`` or its ``officer`` row."""


class Citizen(models.Model):
    """A person known from VNeID; made at the first sign-in, refreshed at each."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="citizen")
    subject = models.CharField(max_length=255, unique=True, help_text="the provider's sub")
    personal_id = EncryptedTextField()
    personal_id_index = models.CharField(max_length=64, unique=True, help_text="blind index")
    full_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    birth_date = models.DateField(null=True)
    phone = models.CharField(max_length=16, blank=True, help_text="E.164")
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    mail_notices = models.BooleanField(default=True)
    sms_notices = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="vi")

    def __str__(self) -> str:
        return self.full_name


class Officer(models.Model):
    """A person who works on files for one or several organisations."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="officer")
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return self.full_name


class Role(models.TextChoices):
    """What an officer is at an organisation."""

    SCHOOL_CLERK = "school_clerk", _("Văn thư trường")
    PRINCIPAL = "principal", _("Hiệu trưởng")
    COMMUNE_OFFICER = "commune_officer", _("Cán bộ xã, phường")
    DEPARTMENT_OFFICER = "department_officer", _("Chuyên viên Sở")
    LEADER = "leader", _("Lãnh đạo")
    EDITOR = "editor", _("Biên tập viên")
    FINANCE = "finance", _("Kế toán")
    AUDITOR = "auditor", _("Người kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị")


class RoleAssignment(models.Model):
    """A role at an organisation from a day until another (exclusive), perhaps lent for a leave."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="assignments"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    lent_by = models.ForeignKey(Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: at the setting up"
    )
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["organisation", "role"], name="assignment_org_role"),)

    def __str__(self) -> str:
        return f"{self.officer}: {self.get_role_display()}"


class Relation(models.TextChoices):
    """What the adult is to the child."""

    MOTHER = "mother", _("Mẹ")
    FATHER = "father", _("Bố")
    GUARDIAN = "guardian", _("Người giám hộ")
    GRANDPARENT = "grandparent", _("Ông, bà")


class FamilyClaim(models.Model):
    """What somebody says of a child. It answers nothing: only a match or a clerk makes a link."""

    class State(models.TextChoices):
        """waiting → matched | confirmed | refused | withdrawn."""

        WAITING = "waiting", _("Chờ kiểm tra")
        MATCHED = "matched", _("Khớp dữ liệu ngành")
        CONFIRMED = "confirmed", _("Cán bộ đã xác nhận")
        REFUSED = "refused", _("Không xác nhận")
        WITHDRAWN = "withdrawn", _("Đã rút")

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="claims")
    relation = models.CharField(max_length=11, choices=Relation)
    child_name = models.CharField(max_length=120)
    child_birth_date = models.DateField()
    child_personal_id = EncryptedTextField()
    child_personal_id_index = models.CharField(max_length=64, db_index=True)
    pupil = models.ForeignKey(
        "pupils.Pupil",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="whom it seems to be about: for the school's clerk, never for the claimant",
    )
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["citizen", "child_personal_id_index"],
                condition=models.Q(state="waiting"),
                name="one_waiting_claim",
            ),
        )

    def __str__(self) -> str:
        return f"{self.citizen} → {self.child_name}"


class Guardianship(models.Model):
    """Who is a pupil's parent or guardian, as the sector's data says: what claims are matched with."""

    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.CASCADE, related_name="guardianships")
    personal_id_index = models.CharField(max_length=64, db_index=True, help_text="the adult's")
    relation = models.CharField(max_length=11, choices=Relation)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pupil", "personal_id_index"], name="guardian_once"),
        )

    def __str__(self) -> str:
        return self.get_relation_display()


class FamilyLink(models.Model):
    """A confirmed tie between an adult and a pupil, from a day until another (exclusive)."""

    class Basis(models.TextChoices):
        """Why the link counts."""

        REGISTER = "register", _("Khớp dữ liệu ngành")
        CLERK = "clerk", _("Cán bộ xem giấy khai sinh")

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="family_links")
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.PROTECT, related_name="family_links")
    relation = models.CharField(max_length=11, choices=Relation)
    basis = models.CharField(max_length=8, choices=Basis)
    claim = models.ForeignKey(FamilyClaim, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    may_apply = models.BooleanField(default=True, help_text="custody: may write dossiers for the child")
    may_see = models.BooleanField(default=True, help_text="custody: may see the child's data")
    limit_reason = models.CharField(max_length=200, blank=True, help_text="the ruling that limits it")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["citizen", "pupil"],
                condition=models.Q(valid_to__isnull=True),
                name="one_open_family_link",
            ),
        )

    def __str__(self) -> str:
        return f"{self.citizen} – {self.pupil}"


class FamilyEvent(models.Model):
    """What happened to a claim or a link: appended, never changed. Notes name rulings, not people."""

    class Action(models.TextChoices):
        """The verbs of ``services.families``."""

        CLAIMED = "claimed", _("Khai quan hệ")
        MATCHED = "matched", _("Khớp dữ liệu ngành")
        CONFIRMED = "confirmed", _("Xác nhận")
        REFUSED = "refused", _("Không xác nhận")
        WITHDRAWN = "withdrawn", _("Rút")
        LINKED = "linked", _("Nối vào gia đình")
        LIMITED = "limited", _("Giới hạn quyền")
        ENDED = "ended", _("Kết thúc")

    claim = models.ForeignKey(FamilyClaim, null=True, on_delete=models.PROTECT, related_name="events")
    link = models.ForeignKey(FamilyLink, null=True, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=9, choices=Action)
    actor = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: the match itself"
    )
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.get_action_display()


class Look(models.Model):
    """Somebody opened a record about a person. Holds ids, never what was seen."""

    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="looks")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    purpose = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["subject_kind", "subject_id", "at"], name="look_subject"),)

    def __str__(self) -> str:
        return f"{self.actor_id} → {self.subject_kind} {self.subject_id}"


class ThrottleCounter(models.Model):
    """How often a key was used in a window; counted by atomic upsert, so all processes share it."""

    key = models.CharField(max_length=200)
    window = models.BigIntegerField(help_text="start of the window, seconds since 1970")
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "window"], name="throttle_once"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"
