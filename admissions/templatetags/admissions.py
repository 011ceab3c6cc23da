"""Words of this room for templates."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from admissions.models import PhaseKind, SeasonEvent

register = template.Library()

_WORDS: dict[str, Promise] = {
    "created": _("Lập mùa"),
    "rules": _("Đổi quy tắc"),
    "phase": _("Đổi lịch"),
    "catchment": _("Ghi tuyến"),
    "catchment-removed": _("Xóa dòng tuyến"),
    "catchments-imported": _("Nhập tuyến từ Excel"),
    "quota": _("Ghi chỉ tiêu"),
    "quotas-imported": _("Nhập chỉ tiêu từ Excel"),
    "committed": _("Công bố cam kết"),
    "frozen": _("Chốt danh sách"),
    "drawn": _("Giá trị công khai đã khớp"),
    "proposed": _("Đề nghị công bố"),
    "approved": _("Duyệt công bố"),
    "published": _("Công bố kết quả"),
    "closed": _("Kết thúc xác nhận nhập học"),
    "additional": _("Mở đợt bổ sung"),
    "hardship": _("Thêm chỗ theo diện hoàn cảnh đặc biệt"),
    "freeze-refused": _("Chưa chốt được danh sách"),
    "dry-run-refused": _("Chưa chạy thử được"),
}


@register.filter
def event_words(event: SeasonEvent) -> str:
    """Say what an event of a season was."""
    words = str(_WORDS.get(event.action, event.action))
    kind = event.facts.get("kind")
    return f"{words}, {PhaseKind(kind).label}" if kind in PhaseKind.values else words
