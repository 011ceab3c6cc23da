"""What pages share: categories of news, notices across the portal, key dates, the cache's generation."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class NewsCategory(models.Model):
    """A heading under which news stand."""

    name = models.CharField(_("Tên"), max_length=60)
    name_en = models.CharField(_("Tên tiếng Anh"), max_length=60, blank=True)
    slug = models.SlugField(_("Đường dẫn"), unique=True)
    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug")]

    class Meta:
        ordering = ("name",)
        verbose_name = _("Chuyên mục tin")
        verbose_name_plural = _("Chuyên mục tin")

    def __str__(self) -> str:
        return self.name


class NoticeBanner(models.Model):
    """A message above every page, from a moment to a moment; nobody has to be awake at either."""

    title = models.CharField(_("Tiêu đề"), max_length=120)
    text = models.CharField(_("Nội dung"), max_length=300, blank=True)
    title_en = models.CharField(_("Tiêu đề tiếng Anh"), max_length=120, blank=True)
    text_en = models.CharField(_("Nội dung tiếng Anh"), max_length=300, blank=True)
    link = models.CharField(_("Đường dẫn"), max_length=300, blank=True, help_text=_("Ví dụ: /thu-tuc/"))
    urgent = models.BooleanField(_("Khẩn"), default=False)
    shown_from = models.DateTimeField(_("Hiện từ"))
    shown_to = models.DateTimeField(_("Đến"))
    panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in ("title", "text", "title_en", "text_en", "link", "urgent", "shown_from", "shown_to")
    ]

    class Meta:
        ordering = ("shown_from",)
        verbose_name = _("Thông báo đầu trang")
        verbose_name_plural = _("Thông báo đầu trang")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a message that ends before it begins, and a link that leads away."""
        if self.shown_from and self.shown_to and self.shown_to <= self.shown_from:
            raise ValidationError({"shown_to": _("Giờ kết thúc phải sau giờ bắt đầu.")})
        if self.link and (not self.link.startswith("/") or self.link.startswith("//")):
            raise ValidationError({"link": _("Đường dẫn bắt đầu bằng một dấu gạch chéo, ví dụ /thu-tuc/.")})


class KeyDate(models.Model):
    """A date of a season that texts refer to as ``[date:SEASON/PHASE]``."""

    season = models.SlugField(_("Mùa"), max_length=30, help_text=_("Ví dụ: tuyen-sinh-2027"))
    phase = models.SlugField(_("Đợt"), max_length=30, help_text=_("Ví dụ: dang-ky"))
    name = models.CharField(_("Tên gọi"), max_length=120)
    starts = models.DateField(_("Từ ngày"))
    ends = models.DateField(_("Đến ngày"), null=True, blank=True)
    source = models.CharField(_("Căn cứ"), max_length=200)
    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("season", "phase", "name", "starts", "ends", "source")
    ]

    class Meta:
        ordering = ("starts",)
        constraints = (models.UniqueConstraint(fields=["season", "phase"], name="key_date_once"),)
        verbose_name = _("Mốc thời gian")
        verbose_name_plural = _("Mốc thời gian")

    def __str__(self) -> str:
        return f"{self.season}/{self.phase}: {self.starts:%d/%m/%Y}"

    def clean(self) -> None:
        """Refuse a phase that ends before it begins."""
        if self.ends and self.starts and self.ends < self.starts:
            raise ValidationError({"ends": _("Ngày kết thúc phải sau ngày bắt đầu.")})

    def is_open(self, day: dt.date) -> bool:
        """Whether the phase lasts on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


class CacheGeneration(models.Model):
    """One row: the number under which pages are kept. Raising it forgets them all, in every process."""

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)
