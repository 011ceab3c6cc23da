"""Answers that need neither the bot nor a fact."""

from __future__ import annotations

from portal.assistant.answers.parts import Answer, Choice
from portal.assistant.models import Question

GREETING = Answer(
    paragraphs=(
        "Chào anh/chị. Tôi là trợ lý tự động, không phải cán bộ. Anh/chị hỏi bằng lời của mình, không dấu cũng được.",
    ),
    choices=(
        Choice("Chuyển trường cần giấy tờ gì?"),
        Choice("Hồ sơ của tôi đến đâu rồi?"),
        Choice("Gặp cán bộ"),
    ),
)
ODD = {
    "empty": "Anh/chị chưa viết gì. Anh/chị cần hỏi việc gì ạ?",
    "command": "Anh/chị viết câu hỏi bằng lời thường giúp tôi, không bắt đầu bằng dấu gạch chéo.",
    "wordless": "Tôi chỉ đọc được chữ. Anh/chị viết câu hỏi bằng lời giúp tôi nhé.",
    "long": "Câu hỏi dài quá 500 chữ cái. Anh/chị viết ngắn lại, hoặc hỏi từng việc một.",
}
OUTSIDE = Answer(
    topic="out_of_scope",
    paragraphs=(
        "Việc này ngoài phạm vi của cổng nên tôi không trả lời được.",
        "Tôi trả lời về tuyển sinh, chuyển trường, văn bằng, các khoản đóng góp và hồ sơ giáo dục.",
    ),
)
UNSURE = Answer(
    paragraphs=("Tôi chưa hiểu ý anh/chị. Anh/chị viết rõ hơn một chút, hoặc gặp cán bộ.",),
    choices=(Choice("Gặp cán bộ"),),
    offers_person=True,
)
BUSY = "Trợ lý đang bận"


def odd(kind: str) -> Answer:
    """Answer a message that is no question."""
    return Answer(paragraphs=(ODD[kind],))


def asking_back(topics: tuple[str, ...]) -> Answer:
    """Ask which of up to three topics is meant; each choice is the topic's own title."""
    titles = dict(Question.objects.filter(topic__in=topics).values_list("topic", "title"))
    choices = tuple(Choice(titles[topic]) for topic in topics if topic in titles)
    if not choices:
        return UNSURE
    return Answer(
        paragraphs=("Tôi không chắc. Có phải anh/chị hỏi về:",), choices=choices, offers_person=True
    )


def topic_of_title(text: str) -> str:
    """Give the topic whose title a pressed choice is; "" for anything else."""
    found = Question.objects.filter(title=text.strip()).values_list("topic", flat=True).first()
    return found or ""
