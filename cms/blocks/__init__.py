"""What a page's body is put together from; each block shows itself to editors before it is chosen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

PLAIN_TEXT = ["bold", "link", "ol", "ul"]
LONG_TEXT = ["h3", "bold", "link", "document-link", "ol", "ul"]
REFERENCE_HELP = _(
    "Lệ phí, thời hạn, ngày tháng, liên hệ: ghi [fee:MÃ], [days:MÃ], [date:MÙA/ĐỢT], [contact:MÃ] để luôn đúng."
)


class QuestionBlock(StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A question as people ask it, its other wordings, and its answer."""

    question = CharBlock(label=_("Câu hỏi"), max_length=200)
    variants = ListBlock(
        CharBlock(label=_("Cách hỏi khác"), max_length=200),
        label=_("Cách hỏi khác"),
        help_text=_("Người dân hay hỏi thế nào? Dùng cho tìm kiếm và trợ lý, không hiện trên trang."),
        default=[],
        required=False,
        max_num=20,
    )
    answer = RichTextBlock(label=_("Trả lời"), features=PLAIN_TEXT, help_text=REFERENCE_HELP)

    class Meta:
        icon = "help"
        label = _("Câu hỏi")
        preview_value: ClassVar[dict[str, Any]] = {
            "question": "Chuyển trường giữa năm học có được không?",
            "variants": [],
            "answer": "<p>Được. Trường nơi đến trả lời trong [days:2.002854].</p>",
        }
        preview_template = "cms/blocks/preview.html"


class PictureBlock(StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A picture with what it shows."""

    image = ImageChooserBlock(label=_("Ảnh"))
    caption = CharBlock(label=_("Chú thích"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Ảnh")
        template = "cms/blocks/picture.html"
        description = _("Ảnh kèm chú thích. Mô tả ảnh (cho người không nhìn thấy) ghi ở kho ảnh.")


class NoticeBlock(StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A remark that must not be overlooked."""

    kind = ChoiceBlock(
        label=_("Loại"), choices=[("info", _("Thông tin")), ("warning", _("Lưu ý")), ("success", _("Tốt"))],
        default="info",
    )  # fmt: skip
    title = CharBlock(label=_("Tiêu đề"), max_length=120)
    text = TextBlock(label=_("Nội dung"), max_length=500, help_text=REFERENCE_HELP)

    class Meta:
        icon = "warning"
        label = _("Khung lưu ý")
        template = "cms/blocks/notice.html"
        description = _("Một điều không được bỏ sót. Mỗi trang nhiều nhất ba khung.")
        preview_value: ClassVar[dict[str, str]] = {
            "kind": "warning",
            "title": "Không cần đến trường",
            "text": "Hồ sơ nộp trên cổng có giá trị như nộp tại trường.",
        }


class StepsBlock(StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """What to do, one after the other."""

    steps = ListBlock(
        StructBlock(
            [
                ("title", CharBlock(label=_("Việc cần làm"), max_length=120)),
                ("note", TextBlock(label=_("Giải thích"), max_length=400, required=False)),
            ]
        ),
        label=_("Các bước"),
        min_num=2,
        max_num=12,
    )

    class Meta:
        icon = "list-ol"
        label = _("Các bước")
        template = "cms/blocks/steps.html"
        description = _("Các việc làm lần lượt, có đánh số.")
        preview_value: ClassVar[dict[str, Any]] = {
            "steps": [
                {"title": "Chuẩn bị giấy khai sinh", "note": "Chụp rõ bốn góc."},
                {"title": "Nộp hồ sơ trên cổng", "note": ""},
            ]
        }


class ProcedureBlock(StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A procedure with today's fee and limit, by its code."""

    code = CharBlock(label=_("Mã thủ tục"), max_length=40, help_text=_("Ví dụ: 2.002854"))

    class Meta:
        icon = "form"
        label = _("Thủ tục")
        template = "cms/blocks/procedure.html"
        description = _("Thẻ dẫn đến một thủ tục. Lệ phí và thời hạn lấy từ thủ tục, luôn đúng.")
        preview_value: ClassVar[dict[str, str]] = {"code": "2.002854"}


class BodyBlock(StreamBlock):  # type: ignore[misc]  # Wagtail ships no types
    """The body of news, guidance and other pages."""

    heading = CharBlock(
        label=_("Tiêu đề mục"), max_length=120, icon="title", template="cms/blocks/heading.html",
        preview_value="Hồ sơ gồm những gì", description=_("Mở đầu một mục của trang."),
    )  # fmt: skip
    text = RichTextBlock(
        label=_("Đoạn văn"), features=LONG_TEXT, icon="pilcrow", template="cms/blocks/text.html",
        help_text=REFERENCE_HELP, preview_value="<p>Trường trả lời trong [days:2.002854].</p>",
        description=_("Đoạn văn, danh sách, liên kết."),
    )  # fmt: skip
    picture = PictureBlock()
    notice = NoticeBlock()
    steps = StepsBlock()
    procedure = ProcedureBlock()
    documents = ListBlock(
        DocumentChooserBlock(label=_("Tệp")), label=_("Tệp tải về"), icon="doc-full", max_num=20,
        template="cms/blocks/documents.html", description=_("Các tệp để tải về, kèm loại và cỡ."),
    )  # fmt: skip

    class Meta:
        block_counts: ClassVar[dict[str, dict[str, int]]] = {
            "notice": {"max_num": 3},
            "procedure": {"max_num": 6},
            "steps": {"max_num": 3},
        }
        max_num = 60
