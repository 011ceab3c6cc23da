"""A season, its timetable, and everything that was changed in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """What is entered."""

    PRESCHOOL = "preschool", _("Mầm non")
    GRADE_1 = "grade-1", _("Lớp 1")
    GRADE_6 = "grade-6", _("Lớp 6")


#: level → (what a school must teach, the grade that is entered, age in the year of entry)
LEVEL_FACTS = {
    Level.PRESCHOOL: ("preschool", 0, 5),
    Level.GRADE_1: ("primary", 1, 6),
    Level.GRADE_6: ("lower_secondary", 6, 11),
}


class Season(models.Model):
    """Entry to one level in one school year."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=9, choices=Level)
    school_year = models.CharField(max_length=9, help_text="2027-2028")
    rules = models.JSONField(default=dict)
    source = models.CharField(max_length=300, help_text="the plan that it follows")
    open_to_all = models.BooleanField(default=True, help_text="shown to the public")

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """What pages call it, in the reader's language."""
        return gettext("Tuyển sinh %(level)s năm học %(year)s") % {
            "level": Level(self.level).label.lower(),
            "year": self.school_year,
        }


class PhaseKind(models.TextChoices):
    """The parts of a season in their usual order."""

    REVIEW = "review", _("Gia đình xem lại dữ liệu của con")
    PLAN = "plan", _("Công bố kế hoạch, tuyến và chỉ tiêu")
    TRIAL = "trial", _("Đăng ký thử")
    WINDOW = "window", _("Đăng ký trực tuyến")
    VERIFICATION = "verification", _("Trường kiểm tra đăng ký")
    RESULT = "result", _("Công bố kết quả")
    CONFIRMATION = "confirmation", _("Gia đình xác nhận nhập học")


class Phase(models.Model):
    """From when until when (exclusive) something may be done, in one round of the season."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="phases")
    round_number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=PhaseKind)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("round_number", "opens_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["season", "round_number", "kind"], name="phase_once_in_a_round"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gte=models.F("opens_at")), name="phase_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.season_id} {self.round_number} {self.kind}"


class SeasonEvent(models.Model):
    """What somebody changed in a season, and the reason that the public reads. Appended only."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="events")
    round_number = models.PositiveSmallIntegerField(default=1)
    action = models.CharField(max_length=30)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, help_text="dates, counts and digests; nothing about a person")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.season_id}: {self.action}"
