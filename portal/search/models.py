"""What can be found, under which codes, by which other words; and what people looked for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from portal.common.text import fold


class Kind(models.TextChoices):
    """What a result is; the order is that of the filters."""

    PROCEDURE = "procedure", _("Thủ tục")
    QUESTION = "question", _("Hỏi đáp")
    GUIDANCE = "guidance", _("Hướng dẫn")
    NEWS = "news", _("Tin tức")
    DOCUMENT = "document", _("Văn bản")
    SCHOOL = "school", _("Trường học")
    PAGE = "page", _("Trang khác")


class SearchEntry(index.Indexed, models.Model):  # type: ignore[misc]  # the library ships no types
    """One thing that can be found, in one language; "" is every language.

    The rows are the truth: an engine outside the database is filled from them. ``behind`` marks what such an
    engine has not taken yet, ``gone`` what it still has to forget.
    """

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    language = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=300)
    keywords = models.TextField(blank=True, help_text="further words, searched but not shown")
    body = models.TextField(blank=True, help_text="plain text; snippets are cut from it")
    url = models.CharField(max_length=500)
    dated = models.DateField(null=True, blank=True, help_text="shown with news and documents")
    digest = models.CharField(max_length=64)
    gone = models.BooleanField(default=False)
    behind = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)

    # the services write the index, in lots
    search_auto_update = False
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title", boost=10),
        index.SearchField("keywords", boost=4),
        index.SearchField("body"),
        index.AutocompleteField("title"),
        index.FilterField("kind"),
        index.FilterField("language"),
    ]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "key", "language"], name="search_entry_once"),
        )
        indexes = (
            models.Index(fields=["id"], name="search_entry_behind", condition=models.Q(behind=True)),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[SearchEntry]:
        """Leave out what is gone."""
        return cls.objects.filter(gone=False)


class EntryCode(models.Model):
    """A code under which an entry is found at once: a procedure's, a school's, a document's number."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="codes")
    key = models.CharField(max_length=60, db_index=True, help_text="letters and digits alone")
    shown = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.shown


class Synonym(models.Model):
    """Words that mean one thing, kept by editors: an abbreviation and what it stands for."""

    term = models.CharField(_("Từ hoặc chữ viết tắt"), max_length=60, help_text=_("Ví dụ: GVCN"))
    means = models.CharField(
        _("Nghĩa là"),
        max_length=300,
        help_text=_("Cách nói khác; nhiều cách thì cách nhau bằng dấu phẩy. Ví dụ: giáo viên chủ nhiệm"),
    )
    both_ways = models.BooleanField(
        _("Hai chiều"), default=True, help_text=_("Tìm cách nói dài cũng ra nơi viết tắt.")
    )

    class Meta:
        ordering = ("term",)
        verbose_name = _("Từ đồng nghĩa")
        verbose_name_plural = _("Từ đồng nghĩa khi tìm kiếm")

    def __str__(self) -> str:
        return f"{self.term}: {self.means}"

    @property
    def phrases(self) -> list[str]:
        """Every way of saying it, folded, the term first."""
        return [phrase for phrase in (fold(one) for one in [self.term, *self.means.split(",")]) if phrase]


class KnownWord(models.Model):
    """A folded word, or two that follow each other, that the entries use; how often."""

    key = models.CharField(max_length=60, unique=True)
    shown = models.CharField(max_length=80, help_text="as it is written most often")
    weight = models.PositiveIntegerField()
    pair = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.shown


class Asked(models.Model):
    """How often something was looked for. Its words are kept from the third time on, so a name typed once is not.

    No time of day, no address, no person. What holds many digits or an @ is not counted at all.
    """

    digest = models.CharField(max_length=64, unique=True)
    words = models.CharField(max_length=120, blank=True)
    times = models.PositiveIntegerField(default=1)
    found = models.PositiveIntegerField(default=0, help_text="results of the last time")
    last_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["found", "-times"], name="search_asked_found_times"),)

    def __str__(self) -> str:
        return self.words or self.digest[:8]
