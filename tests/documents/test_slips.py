"""Slips and results: set, sealed, stored once, shown to those whom they concern, checked by anybody."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pytest_django import Settings

from portal.accounts.models import Look
from portal.documents import issuing, services, storage
from portal.documents.kinds import KINDS
from portal.documents.models import GeneratedDocument, Wording
from portal.documents.ports import LeaderSignature, Subject
from portal.documents.signing import NoSealError, OrganisationSeal, is_sealed_and_whole
from portal.documents.typesetting import TypesettingError, typeset
from portal.outbox.models import Duty
from portal.procedures import services as procedures
from portal.procedures.models import Dossier
from tests.documents import files
from tests.documents.test_papers_page import as_lan, as_officer
from tests.procedures.town import Town, at_step, submitted, written_draft

NOTE = "Ảnh trang 2 bị mờ.\nThiếu chữ ký của hiệu trưởng trường cũ."


@pytest.fixture(scope="module", autouse=True)
def seals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seals")


@pytest.fixture(autouse=True)
def own_seals(settings: Settings, seals: Path) -> None:
    settings.SEALS_DIR = seals


def accepted(town: Town) -> Dossier:
    dossier = submitted(town)
    return procedures.accept_dossier(
        dossier=dossier, actor=town.actor(town.thang), revision=dossier.revision
    )


def issued(kind: str) -> GeneratedDocument:
    document = GeneratedDocument.objects.get(kind=kind)
    assert services.issue_document(document_id=document.pk)
    document.refresh_from_db()
    return document


def words(document: GeneratedDocument) -> str:
    reader = PdfReader(BytesIO(storage.read(document.stored_name)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_acceptance_orders_the_receipt_and_the_duty_makes_it(town: Town) -> None:
    dossier = accepted(town)
    ordered = GeneratedDocument.objects.get()
    assert (ordered.kind, ordered.subject_id, ordered.issued_at) == ("receipt", str(dossier.pk), None)
    assert Duty.objects.get(kind="documents.issue").payload == {"document": ordered.pk}
    assert "Đang lập và ký số" in as_lan(town).get(f"/ho-so/{dossier.public_id}/").content.decode()
    receipt = issued("receipt")
    text = words(receipt)
    for expected in (
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        dossier.code or "",
        town.lan.full_name,
        "Lò Văn Minh",
        f"{dossier.due_on:%d/%m/%Y}",
        "Số: 1/TNHS",
        "Trường Tiểu học Ban Trắng",
        "Lệ phí: Không",
    ):
        assert expected in text, expected


def test_a_supplement_lists_every_reason_and_reception_may_be_refused(town: Town) -> None:
    clerk = town.actor(town.thang)
    dossier = submitted(town)
    procedures.request_supplement(dossier=dossier, actor=clerk, revision=dossier.revision, note=NOTE)
    text = words(issued("supplement"))
    assert "1. Ảnh trang 2 bị mờ. 2. Thiếu chữ ký của hiệu trưởng trường cũ." in text
    again = procedures.submit_draft(draft=written_draft(town))
    procedures.refuse_reception(dossier=again, actor=clerk, revision=again.revision, note="Sai khối lớp.")
    text = words(issued("reception_refusal"))
    assert "Phiếu từ chối tiếp nhận giải quyết hồ sơ" in text
    assert "Sai khối lớp." in text


@pytest.mark.parametrize(("kind", "said"), [("granted", "Đồng ý"), ("refused", "Không đồng ý")])
def test_the_decision_becomes_a_letter(town: Town, kind: str, said: str) -> None:
    dossier = at_step(town, "principal_decides")
    verb = procedures.grant_dossier if kind == "granted" else procedures.refuse_dossier
    verb(
        dossier=dossier,
        actor=town.actor(town.hanh),
        revision=dossier.revision,
        note="Đã đủ sĩ số.",
        signature=LeaderSignature(town.hanh.pk, "khóa của Hạnh"),
    )
    text = words(issued(kind))
    assert f"Quyết định: {said}" in text
    assert "Đã đủ sĩ số." in text
    assert "Người quyết định: Hanh" in text


def test_a_move_that_is_refused_orders_nothing(town: Town) -> None:
    dossier = submitted(town)
    with pytest.raises(procedures.RefusedMoveError):
        procedures.request_supplement(
            dossier=dossier, actor=town.actor(town.thang), revision=dossier.revision, note=" "
        )
    assert not GeneratedDocument.objects.exists()


def test_numbers_run_within_office_series_and_year(town: Town) -> None:
    def order(number: int, kind: str, office: int, at: dt.datetime) -> str:
        return services.order_document(
            subject=Subject("dossier", str(number)), kind=kind, occasion=1, organisation_id=office, at=at
        ).number

    old, new = (dt.datetime(year, 6, 1, tzinfo=dt.UTC) for year in (2026, 2027))
    assert order(1, "receipt", town.receiving.pk, old) == "1/TNHS"
    assert order(2, "receipt", town.receiving.pk, old) == "2/TNHS"
    assert order(2, "receipt", town.receiving.pk, old) == "2/TNHS", "the same one"
    assert order(3, "supplement", town.receiving.pk, old) == "1/HDHS"
    assert order(4, "receipt", town.leaving.pk, old) == "1/TNHS"
    assert order(5, "receipt", town.receiving.pk, new) == "1/TNHS"


def test_an_office_may_have_words_of_its_own(town: Town) -> None:
    Wording.objects.create(kind="receipt", key="closing", words="Lời chung.")
    Wording.objects.create(
        organisation=town.receiving, kind="receipt", key="closing", words="Lời của trường.\n\nĐoạn hai."
    )
    assert issuing.words_of("receipt", town.receiving.pk)["closing"] == ["Lời của trường.", "Đoạn hai."]
    assert issuing.words_of("receipt", town.leaving.pk)["closing"] == ["Lời chung."]
    accepted(town)
    assert "Lời của trường. Đoạn hai." in words(issued("receipt"))


def _signatures(pdf: bytes, folder: Path) -> str:
    program = shutil.which("pdfsig")
    assert program is not None, "pdfsig comes with poppler-utils"
    path = folder / "van-ban.pdf"
    path.write_bytes(pdf)
    return subprocess.run(
        [program, "-nocert", str(path)], capture_output=True, text=True, check=False
    ).stdout


@pytest.mark.poppler
def test_strangers_programs_accept_the_seal_and_find_a_flipped_byte(town: Town, tmp_path: Path) -> None:
    accepted(town)
    document = issued("receipt")
    pdf = storage.read(document.stored_name)
    told = _signatures(pdf, tmp_path)
    assert "Signature is Valid." in told, told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert is_sealed_and_whole(pdf)
    page = _check(files.upload(pdf, "a.pdf"))
    assert "là bản gốc và còn nguyên" in page
    # inside a compressed stream of the first revision: nothing that the file's structure needs
    place = pdf.index(b"stream\n") + 200
    flipped = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert "Signature is Valid." not in _signatures(flipped, tmp_path)
    assert not is_sealed_and_whole(flipped)
    page = _check(files.upload(flipped, "a.pdf"))
    assert "Tệp này đã bị thay đổi" in page
    assert document.number in page


@given(place=st.integers(0, 2**31))
def test_no_flipped_byte_is_called_genuine(place: int) -> None:
    pdf = _sealed()
    place %= len(pdf)
    flipped = pdf[:place] + bytes([pdf[place] ^ 0x10]) + pdf[place + 1 :]
    # the space kept for the signature is the one part that it cannot cover
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    if not start - 1 <= place <= end:
        assert not is_sealed_and_whole(flipped)


_KEPT: dict[str, bytes] = {}


def _sealed() -> bytes:
    folder = str(settings.SEALS_DIR)
    if folder not in _KEPT:
        _KEPT[folder] = OrganisationSeal("H99.01", "Trường mẫu").sign(files.pdf(), reason="thử")
    return _KEPT[folder]


def _check(file: object) -> str:
    return Client().post("/kiem-tra-van-ban/", {"file": file}).content.decode()


def test_the_page_tells_known_revoked_and_unknown_apart_and_nothing_more(town: Town) -> None:
    accepted(town)
    ordered = GeneratedDocument.objects.get()
    client = Client()

    def ask(code: str) -> str:
        answer = client.get("/kiem-tra-van-ban/", {"ma": code})
        assert answer.status_code == 200
        return re.sub(r'value="[^"]*"|href="[^"]*\?ma=[^"]*"', "", answer.content.decode())

    unknown = ask("7K4Q22MN90RT5VXY")
    assert "Không tìm thấy văn bản như vậy" in unknown
    for wrong in ("x", "7k4q", "7K4Q-22MN-90RT-5VX!", "<script>", ordered.code):
        assert ask(wrong) == unknown, "not issued yet is unknown as well"
    document = issued("receipt")
    code = document.code
    typed = "-".join(code[start : start + 4] for start in (0, 4, 8, 12)).lower()
    page = ask(typed)
    assert "Mã này là của một văn bản có thật" in page
    assert "1/TNHS" in page
    assert town.lan.full_name not in page
    assert "Lò Văn Minh" not in page
    assert services.revoke_document(document_id=document.pk, why="Cấp nhầm.")
    assert not services.revoke_document(document_id=document.pk, why="Cấp nhầm.")
    assert "Văn bản này đã bị thu hồi" in ask(code)
    assert "Văn bản này đã bị thu hồi" in _check(files.upload(storage.read(document.stored_name), "a.pdf"))


def test_a_foreign_file_is_unknown_and_none_is_asked_for(db: None) -> None:
    for data in (files.pdf(), files.archive(), _sealed()):
        assert "Không tìm thấy văn bản như vậy" in _check(files.upload(data, "a.pdf"))
    answer = Client().post("/kiem-tra-van-ban/")
    assert answer.status_code == 422
    assert "Chọn tệp PDF cần kiểm tra." in answer.content.decode()


def test_checking_is_throttled(db: None) -> None:
    client = Client()
    codes = [client.get("/kiem-tra-van-ban/", {"ma": f"x{n}"}).status_code for n in range(45)]
    assert codes[0] == 200
    assert codes[-1] == 429
    assert client.get("/kiem-tra-van-ban/").status_code == 200, "the form itself is free"


def test_a_document_is_downloaded_by_those_whom_it_concerns(town: Town) -> None:
    dossier = accepted(town)
    document = issued("receipt")
    url = f"/van-ban/{document.public_id}/"
    for side in (
        as_lan(town).get(f"/ho-so/{dossier.public_id}/"),
        as_officer(town.thang).get(f"/ban-lam-viec/ho-so/{dossier.public_id}/"),
    ):
        assert url in side.content.decode()
    answer = as_lan(town).get(url)
    assert answer.content == storage.read(document.stored_name)
    assert answer["Content-Disposition"] == 'attachment; filename="van-ban-1-tnhs.pdf"'
    assert as_officer(town.thang).get(url).status_code == 200
    assert Look.objects.get(purpose="document").organisation_id == town.receiving.pk
    assert as_officer(town.far).get(url).status_code == 404
    stranger = Client()
    stranger.force_login(town.tuan.user)
    assert stranger.get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_twice_made_is_once_stored(
    town: Town, private_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(town)
    document = GeneratedDocument.objects.get()

    class Died(BaseException):
        """What kill -9 looks like from inside: nothing after it runs."""

    def die(*_: object) -> bool:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "_store", die)
        with pytest.raises(Died):
            services.issue_document(document_id=document.pk)
    assert list(private_folder.rglob("*.pdf")) == []

    real = issuing._store  # noqa: SLF001 - the test stands between signing and storing

    def overtaken(*things: object) -> bool:
        with monkeypatch.context() as patch:
            patch.setattr(issuing, "_store", real)
            assert services.issue_document(document_id=document.pk), "the other worker stores first"
        return real(*things)  # type: ignore[arg-type]  # passed through

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "_store", overtaken)
        assert not services.issue_document(document_id=document.pk)
    assert not services.issue_document(document_id=document.pk)
    document.refresh_from_db()
    [kept] = private_folder.rglob("*.pdf")
    made = storage.read(document.stored_name)
    assert kept.read_bytes() != made, "at rest it is encrypted"
    assert storage.digest(made) == document.sha256
    assert is_sealed_and_whole(made)


def test_nothing_is_made_up_where_no_demo_is(settings: Settings, tmp_path: Path) -> None:
    sealed = _sealed()
    settings.DEMO = False
    settings.SEALS_DIR = tmp_path / "none"
    with pytest.raises(NoSealError, match=r"H99\.12\.p12"):
        OrganisationSeal("H99.12", "Trường").sign(files.pdf(), reason="thử")
    assert not is_sealed_and_whole(sealed)


def test_a_seal_of_somebody_elses_authority_does_not_count(settings: Settings, tmp_path: Path) -> None:
    foreign = _sealed()
    assert is_sealed_and_whole(foreign)
    settings.SEALS_DIR = tmp_path / "others"
    assert not is_sealed_and_whole(foreign)


DATA = {
    "title": "Thử", "number": "1/TB", "office": "Trường", "parent": "", "day": [2026, 11, 24],
    "place_and_day": "", "code": "0" * 16, "spoken_code": "", "address": "", "demo": "", "signed_as": "",
    "sealed_words": "", "words": {}, "more": [], "table": [["a", "b"]],
}  # fmt: skip
QR = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@pytest.mark.parametrize("form", sorted({kind.form for kind in KINDS.values()}))
@given(text=st.text(max_size=80))
def test_whatever_people_write_becomes_a_document_and_never_its_markup(form: str, text: str) -> None:
    data = DATA | {"rows": [{"label": "Tên", "value": text}], "items": [f"#panic() *{text}* $x$ @y"]}
    assert typeset(form, data, QR, dt.datetime(2026, 11, 24, tzinfo=dt.UTC)).startswith(b"%PDF-1.7")


def test_a_remark_of_the_typesetter_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.documents.typesetting import setting

    (tmp_path / "x.typ").write_text(
        '#set text(font: "No Such Font", fallback: true)\nchữ', encoding="utf-8"
    )
    monkeypatch.setattr(setting, "FORMS", tmp_path)
    with pytest.raises(TypesettingError, match="font"):
        typeset("x.typ", {}, QR, dt.datetime(2026, 11, 24, tzinfo=dt.UTC))


@pytest.mark.poppler
def test_the_pdf_carries_our_fonts_and_says_that_it_is_pdf_a(town: Town, tmp_path: Path) -> None:
    accepted(town)
    pdf = storage.read(issued("receipt").stored_name)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    program = shutil.which("pdffonts")
    assert program is not None, "pdffonts comes with poppler-utils"
    (tmp_path / "a.pdf").write_bytes(pdf)
    told = subprocess.run(
        [program, str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
    ).stdout
    fonts = [line.split() for line in told.splitlines()[2:]]
    assert fonts
    assert all("BeVietnamPro" in font[0] for font in fonts), told
    assert all("yes" in font[4] for font in fonts), "embedded"
