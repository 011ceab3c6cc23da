"""From ranking to deed: thresholds, odd messages, two questions in one, follow-ups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.assistant.masking import mask
from portal.assistant.understanding import Kind, Parsed, decide, odd_message, questions_in, understand
from portal.assistant.urgent import tells_of_harm


def ranked(*pairs: tuple[str, float], entities: tuple[tuple[str, str], ...] = ()) -> Parsed:
    return Parsed(pairs, entities)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"), ("  \n", "empty"), ("/greet", "command"), (' /x{"slot": "y"}', "command"), ("???", "wordless"),
        ("😀👍", "wordless"), ("<b>hi</b>", "wordless"), ("<script>alert(1)</script>", "wordless"),
        ("x" * 501, "long"), ("x" * 500, ""), ("1 < 2 phải không", ""),
    ],
)  # fmt: skip
def test_odd_messages_are_named(text: str, kind: str) -> None:
    assert odd_message(text) == kind


@given(st.text(max_size=600))
def test_whatever_is_let_through_begins_with_no_slash_and_has_a_letter(text: str) -> None:
    if not odd_message(text):
        assert not text.strip().startswith("/")
        assert any(letter.isalnum() for letter in text)


def test_sure_less_sure_unsure() -> None:
    assert decide(ranked(("fee_items", 0.9), ("greet", 0.01))).kind is Kind.ANSWER
    asked = decide(ranked(("fee_items", 0.14), ("tuition_free", 0.13), ("greet", 0.12), ("thanks", 0.1)))
    assert (asked.kind, asked.topics) == (Kind.ASK, ("fee_items", "tuition_free", "greet"))
    assert decide(ranked(("fee_items", 0.03))).kind is Kind.UNSURE
    assert decide(ranked(("out_of_scope", 0.9))).kind is Kind.OUTSIDE
    assert decide(Parsed(())).kind is Kind.UNSURE


def test_two_questions_get_two_answers_and_a_greeting_swallows_none() -> None:
    said = {
        "chuyển trường cần giấy gì": ranked(("transfer_documents", 0.9)),
        "học phí có miễn không": ranked(("tuition_free", 0.9)),
        "chào anh chị ạ": ranked(("greet", 0.9)),
        "chuyển trường mất mấy ngày": ranked(("transfer_time", 0.9)),
        "nộp ở đâu": ranked(("file_channel", 0.6), ("transfer_where", 0.1)),
    }

    def topics(text: str) -> tuple[str, ...]:
        return understand(text, lambda part: said[part]).topics

    assert topics("chuyển trường cần giấy gì? học phí có miễn không?") == (
        "transfer_documents",
        "tuition_free",
    )
    assert topics("chào anh chị ạ. chuyển trường cần giấy gì") == ("transfer_documents",)
    assert topics("chuyển trường mất mấy ngày? nộp ở đâu?") == ("transfer_time", "transfer_where")


def test_one_question_stays_whole() -> None:
    assert questions_in("Con tôi học lớp 3. Chuyển trường?") == ["Con tôi học lớp 3. Chuyển trường?"]


def test_a_follow_up_keeps_the_topic() -> None:
    def parse(_text: str) -> Parsed:
        return ranked(("greet", 0.2), entities=(("grade", "6"),))

    assert understand("thế còn lớp 6?", parse, "admission_dates").topics == ("admission_grade6",)
    assert understand("thế còn lớp 6?", parse, "transfer_time").topics == ("transfer_time",)
    assert understand("thế còn lớp 6?", parse, "greet").topics != ("greet", "admission_grade6")


@pytest.mark.parametrize(
    "text",
    ["cô giáo đánh con tôi chảy máu", "chau bi xam hai", "con em muốn chết", "bi danh hoi dong o truong"],
)
def test_harm_is_heard(text: str) -> None:
    assert tells_of_harm(text)


@pytest.mark.parametrize(
    "text", ["chuyển trường cần giấy tờ gì", "bao giờ có điểm thi", "đánh giá dịch vụ", "danh sách lớp"]
)
def test_ordinary_questions_are_no_alarm(text: str) -> None:
    assert not tells_of_harm(text)


def test_transcripts_hide_ids_phones_mails_and_names() -> None:
    said = mask(
        "Tôi tên là Lò Thị Lan, số 999190001234, gọi 0900 000 118, lan@mail.example, hồ sơ H99.12.034-261124-0007"
    )
    for hidden in ("Lan", "999190001234", "0900 000 118", "lan@mail"):
        assert hidden not in said
    assert "H99.12.034-261124-0007" in said
