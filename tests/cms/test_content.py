"""What editors write: every kind of page shows, is found without marks, and never says a fact that is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms import references, selectors, services
from cms.models import HomePage, KeyDate, QuestionsPage
from portal.common.clock import local_day
from portal.organisations.models import Kind, Organisation
from portal.procedures.models import FeeRow
from portal.search import selectors as search
from tests import doors
from tests.accounts import people

pytestmark = pytest.mark.django_db

TRANSFER = "2.002854"
TODAY = dt.date(2026, 11, 24)


def _write(kind: str, **fields: Any) -> Page:
    return services.write_page(kind=services.KINDS[kind], **fields)


def _everything() -> dict[str, Page]:
    body = [
        services.heading("Cần gì"),
        services.paragraph(f"Lệ phí: [fee:{TRANSFER}]."),
        services.steps(("Chọn trường", f"Trong [days:{TRANSFER}]"), ("Nộp hồ sơ", "")),
        services.remark("warning", "Nhớ ký tên", f"Trong [days:{TRANSFER}]."),
        services.procedure(TRANSFER),
    ]
    asked = services.question("Mất bao nhiêu tiền?", f"[fee:{TRANSFER}].", "có tốn tiền không")
    return {
        "news": _write("news", slug="a", title="Lũ quét ở Huổi Mây", lead="Trường mở lại.", body=body),
        "guidance": _write("guidance", slug="b", title="Đi thuyền đến trường", lead="Mùa nước.", body=body),
        "questions": services.write_questions(slug="c", title="Hỏi về tiền", lead="", questions=[asked]),
        "document": _write(
            "document", slug="d", title="Quy chế thử", number="77/2026/TT-THỬ", authority="Sở",
            issued_on=TODAY, summary="<p>Thử.</p>",
        ),
        "standard": _write("standard", slug="e", title="Trợ năng", lead="", body=body),
        "contact": _write("contact", slug="f", title="Liên hệ Sở", lead="", body=[]),
    }  # fmt: skip


def _shown(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_kind_of_page_shows_with_its_facts() -> None:
    written = _everything()
    for kind, page in written.items():
        shown = _shown(page.url)
        assert page.title in shown, kind
        assert "[fee:" not in shown
        assert "[days:" not in shown
    for kind in ("news", "guidance", "standard", "questions"):
        assert "Miễn phí" in _shown(written[kind].url), kind
    assert "ngày làm việc" in _shown(written["guidance"].url)
    assert '"FAQPage"' in _shown(written["questions"].url)
    assert '"GovernmentService"' in _shown("/thu-tuc/chuyen-truong/")
    for section in ("/tin-tuc/", "/huong-dan/", "/van-ban/"):
        _shown(section)


def test_what_is_published_is_found_without_marks_and_what_is_taken_down_is_not() -> None:
    page = _everything()["news"]
    found = search.find(query="lu quet huoi may")
    assert (found.hits[0].kind, found.hits[0].url) == ("news", page.url)
    page.unpublish()
    assert search.find(query="lu quet huoi may").total == 0


def test_a_question_is_found_by_its_other_wording_and_answers_with_todays_fact() -> None:
    page = _everything()["questions"]
    hit = search.find(query="co ton tien khong").hits[0]
    assert hit.plain_title == "Mất bao nhiêu tiền?"
    assert hit.url.startswith(f"{page.url}#hoi-")
    assert f'id="{hit.url.partition("#")[2]}"' in _shown(page.url)
    assert hit.line == "Miễn phí."
    FeeRow.objects.filter(procedure_code=TRANSFER).update(amount=9_000)
    assert search.find(query="co ton tien khong").hits[0].line == "9.000 đ."
    assert "9.000 đ" in _shown(page.url)
    told = {each.question: each for each in selectors.questions("vi", local_day(timezone.now()))}
    assert told["Mất bao nhiêu tiền?"].answer == "9.000 đ."
    assert told["Mất bao nhiêu tiền?"].variants == ("có tốn tiền không",)


def test_a_question_that_is_taken_out_is_forgotten() -> None:
    page = QuestionsPage.objects.get(pk=_everything()["questions"].pk)
    page.questions = [("question", {"question": "Khác?", "variants": [], "answer": "<p>Vâng.</p>"})]
    page.save_revision().publish()
    assert search.find(query="co ton tien khong", kind="question").total == 0
    assert search.find(query="khác").hits[0].plain_title == "Khác?"


def test_a_documents_number_leads_to_it() -> None:
    page = _everything()["document"]
    hit = search.find(query="77-2026-tt-thu").hits[0]
    assert (hit.url, hit.by_code) == (page.url, True)


def test_dates_and_contacts_are_said_by_reference() -> None:
    KeyDate.objects.create(
        season="tuyen-sinh", phase="dang-ky", name="Đăng ký", starts=dt.date(2027, 6, 1),
        ends=dt.date(2027, 6, 30), source="thử",
    )  # fmt: skip
    people.school("H99.12", "Trường Tiểu học Hoa Ban")
    said = references.render("[date:tuyen-sinh/dang-ky] ở [contact:H99.12]", TODAY)
    assert "01/06/2027" in said
    assert "30/06/2027" in said
    assert "Trường Tiểu học Hoa Ban" in said
    assert references.unknown("[fee:9.9] [date:x/y] [contact:Z] [days:2.002854]", TODAY) == [
        "fee:9.9",
        "date:x/y",
        "contact:Z",
    ]


def test_a_reference_that_leads_nowhere_is_refused_and_facts_are_escaped() -> None:
    page = _everything()["guidance"]
    page.lead = "Mất [fee:9.999]."
    with pytest.raises(ValidationError, match=r"fee:9\.999"):
        page.full_clean()
    Organisation.objects.create(
        code="H99.66", kind=Kind.SCHOOL, name="<b>Trường</b>", name_key="truong", opened_on=people.LONG_AGO
    )
    assert "&lt;b&gt;" in references.render("<p>[contact:H99.66]</p>", TODAY, markup=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [("mất 9.000 đ mỗi bản", ["9.000 đ"]), ("trong 5 ngày làm việc", ["5 ngày làm việc"]),
     ("ngày 5 tháng 9, lớp 5", []), ("[fee:2.002854]", [])],
)  # fmt: skip
def test_literal_amounts_and_days_are_noticed(text: str, found: list[str]) -> None:
    assert list(references.literals(text)) == found


def test_an_editor_who_writes_a_literal_is_warned(client: Client) -> None:
    page = _everything()["guidance"]
    department = Organisation.objects.create(
        code="H99", kind=Kind.DEPARTMENT, name="Sở", name_key="so", opened_on=people.LONG_AGO
    )
    client.force_login(people.officer("viet", "editor", department).user)
    edit = f"/quan-tri/pages/{page.pk}/edit/"
    sent = {
        "title": page.title, "slug": page.slug, "lead": "Mất 9.000 đ.", "body-count": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = client.post(edit, sent, follow=True)
    assert answer.status_code == 200
    assert "Trang ghi thẳng" in answer.content.decode()


def test_pages_ask_little_of_the_database() -> None:
    counted = {kind: doors.queries(Client(), page.url) for kind, page in _everything().items()}
    # made once for everybody; each reference costs two
    assert max(counted.values()) <= 36, counted


def test_schools_are_found_by_name_level_and_distance() -> None:
    commune = Organisation.objects.create(
        code="H99.20", kind=Kind.COMMUNE, name="Xã Nậm Ban", name_key="xa nam ban",
        opened_on=people.LONG_AGO, latitude=21.5, longitude=103.0,
    )  # fmt: skip
    for code, name, north in (
        ("H99.20.1", "Trường Tiểu học Xa", 21.9),
        ("H99.20.2", "Trường Tiểu học Gần", 21.51),
    ):
        Organisation.objects.create(
            code=code, kind=Kind.SCHOOL, name=name, name_key=name.lower(), opened_on=people.LONG_AGO,
            levels=["primary"], latitude=north, longitude=103.0,
        )  # fmt: skip
    shown = _shown(f"/truong-hoc/tim/?xa={commune.pk}&cap=primary")
    assert shown.index("Trường Tiểu học Gần") < shown.index("Trường Tiểu học Xa")
    assert "1,1 km" in shown
    assert (
        "Trường Tiểu học"
        not in _shown("/truong-hoc/tim/?cap=preschool").partition('<ul class="results"')[2]
    )
    assert "H99.20.1" in _shown("/truong-hoc/H99.20.1/")
    assert Client().get("/truong-hoc/H99.404/").status_code == 404
    for odd in ("?xa=%00", "?xa=99999999999", "?cap=x", "?q=%00%22"):
        assert Client().get(f"/truong-hoc/tim/{odd}").status_code == 200
    places = Client().get("/truong-hoc.json").json()["features"]
    assert {each["properties"]["kind"] for each in places} == {"school", "commune"}


def test_machines_get_what_they_ask_for() -> None:
    _everything()
    assert "Lũ quét ở Huổi Mây" in _shown("/tin-tuc.atom")
    assert "/thu-tuc/chuyen-truong/" in _shown("/sitemap.xml")
    assert "Disallow: /ho-so/" in _shown("/robots.txt")
    assert Client().get("/manifest.webmanifest").json()["display"] == "standalone"
    worker = Client().get("/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "/ngoai-tuyen/" in worker.content.decode()
    _shown("/ngoai-tuyen/")
    assert Client().get("/media/images/../portal.sqlite3").status_code in {400, 404}
    assert Client().get("/media/documents/a.pdf").status_code == 404


def test_home_shows_news_and_situations() -> None:
    _everything()
    home = HomePage.objects.get(locale__language_code="vi")
    shown = _shown(home.url)
    assert "Lũ quét ở Huổi Mây" in shown
    assert "?viec=chuyen-truong" in shown
    assert "/thu-tuc/chuyen-truong/" in _shown("/thu-tuc/?viec=chuyen-truong")
    assert "/thu-tuc/chuyen-truong/" not in _shown("/thu-tuc/?viec=hoc-lai").partition("<main")[2]
