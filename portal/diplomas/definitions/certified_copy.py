"""H99-BSVB Cấp bản sao văn bằng từ sổ gốc.

Basis: NĐ 23/2015/NĐ-CP; TT 10/2026/TT-BGDĐT leaves the copy for diplomas that are not in the national database
yet. Same day if received before 15:00, else the next working day. Code and fees are sample data.
"""

import datetime as dt

from portal.diplomas.definitions.pages import (
    CONTACT_FIELDS,
    DESCRIBED,
    EXAMPLE,
    PAPERS,
    ROLES,
    SAMPLE,
    WHICH,
)
from portal.procedures.definition import (
    HANDLING,
    DeadlineFact,
    DeadlineRule,
    Definition,
    FeeFact,
    Field,
    Option,
    Page,
    Step,
    answered,
    text,
)

IN_FORCE = dt.date(2026, 1, 1)
DECREE = "Nghị định 23/2015/NĐ-CP"

DEFINITION = Definition(
    code="H99-BSVB",
    version=1,
    title=text("Cấp bản sao văn bằng từ sổ gốc", en="Certified copy of a diploma from the register"),
    short_title=text("Bản sao văn bằng", en="Diploma copy"),
    summary=text(
        "Dành cho người có văn bằng của tỉnh, người đại diện và người thừa kế, cần bản sao có giá trị như bản chính.",
        en="For holders of a diploma of the province, representatives and heirs who need a certified copy.",
    ),
    authority=text("Cơ quan giữ sổ gốc", en="The office that keeps the register"),
    handled_by="answer:keeper",
    pages=(
        WHICH,
        DESCRIBED,
        Page(
            name="delivery",
            title=text("Cần mấy bản, nhận bằng cách nào?", en="How many copies, and how to receive them?"),
            fields=(
                Field(
                    name="copies",
                    kind="number",
                    label=text("Số bản", en="Copies"),
                    hint=text("Từ 1 đến 5; lệ phí tính theo số bản.", en="1 to 5; the fee is per copy."),
                    settings={"min": 1, "max": 5},
                ),
                Field(
                    name="delivery",
                    kind="choice",
                    label=text("Nhận bằng cách nào", en="How to receive it"),
                    options=(
                        Option(
                            "pdf",
                            text(
                                "Bản điện tử có chữ ký số, tải về ở đây", en="Signed PDF, downloaded here"
                            ),
                        ),
                        Option(
                            "post",
                            text(
                                "Bản giấy qua bưu điện, kèm bản điện tử", en="On paper by post, and as PDF"
                            ),
                        ),
                        Option(
                            "counter",
                            text(
                                "Bản giấy tại quầy, kèm bản điện tử",
                                en="On paper at the counter, and as PDF",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="address",
                    kind="text",
                    label=text("Địa chỉ nhận bản giấy", en="Address for the paper copy"),
                    hint=text(
                        "Cần khi nhận qua bưu điện; cước trả cho bưu điện khi nhận.",
                        en="Needed for post; postage is paid on receipt.",
                    ),
                    when=answered("delivery", "post"),
                    sensitive=True,
                ),
                *CONTACT_FIELDS,
            ),
        ),
    ),
    papers=PAPERS,
    reception_roles=ROLES,
    steps=(
        Step(
            name="compare",
            title=text("Cán bộ so với sổ gốc", en="The officer compares with the register"),
            waiting=text("Cán bộ đang so với sổ gốc.", en="The officer is comparing with the register."),
            roles=ROLES,
        ),
        Step(
            name="sign",
            title=text("Lãnh đạo ký bản sao", en="The leader signs the copy"),
            waiting=text("Lãnh đạo đang xem và ký bản sao.", en="The leader is signing the copy."),
            roles=("leader",),
            at=HANDLING,
            decides=True,
        ),
    ),
    deadline_rules=(DeadlineRule("standard", text("nhận trước 15:00", en="received before 15:00")),),
    deadlines=(DeadlineFact("standard", 0, IN_FORCE, DECREE, cutoff=dt.time(15)),),
    fees=(
        FeeFact(9_000, IN_FORCE, SAMPLE, channel="local", recalled=True),
        FeeFact(12_000, IN_FORCE, SAMPLE, recalled=True),
    ),
    declarations=(
        text("Tôi cam đoan những điều đã khai là đúng.", en="I declare that what I stated is true."),
    ),
    not_needed=text(
        "Không cần nộp bản chính, căn cước hay giấy khai sinh.",
        en="No original, identity card or birth certificate is needed.",
    ),
    result=text("Bản sao văn bằng có chữ ký số", en="A digitally signed copy of the diploma"),
    legal_basis=(DECREE, "Thông tư 10/2026/TT-BGDĐT"),
    life_events=("van-bang",),
    minutes=5,
    icon="certificate",
    example={**EXAMPLE, "copies": 2, "delivery": "pdf"},
)
