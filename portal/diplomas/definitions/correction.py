"""H99-CSVB Chỉnh sửa nội dung văn bằng.

Recalled from TT 21/2019/TT-BGDĐT, Điều 21–23 (5 working days); code is sample data.
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
    DeadlineFact,
    DeadlineRule,
    Definition,
    FeeFact,
    Field,
    Page,
    Paper,
    Step,
    text,
)

IN_FORCE = dt.date(2026, 1, 1)

DEFINITION = Definition(
    code="H99-CSVB",
    version=1,
    title=text("Chỉnh sửa nội dung văn bằng", en="Correction of a diploma"),
    short_title=text("Chỉnh sửa văn bằng", en="Diploma correction"),
    summary=text(
        "Dành cho người có văn bằng ghi sai, hoặc đã thay đổi, cải chính hộ tịch.",
        en="For holders whose diploma is wrong or whose civil status was corrected.",
    ),
    authority=text("Cơ quan giữ sổ gốc", en="The office that keeps the register"),
    handled_by="answer:keeper",
    pages=(
        WHICH,
        DESCRIBED,
        Page(
            name="wanted",
            title=text("Cần sửa gì?", en="What needs correcting?"),
            fields=(
                Field(
                    name="wanted",
                    kind="long_text",
                    label=text("Nội dung đang ghi và nội dung đúng", en="What it says, and what is right"),
                    sensitive=True,
                ),
                *CONTACT_FIELDS,
            ),
        ),
    ),
    papers=(
        *PAPERS,
        Paper(
            name="basis",
            title=text(
                "Giấy khai sinh hoặc quyết định thay đổi, cải chính hộ tịch",
                en="Birth certificate or decision on civil status",
            ),
            required=False,
        ),
    ),
    reception_roles=ROLES,
    steps=(
        Step(
            name="compare",
            title=text("Cán bộ so với sổ gốc", en="The officer compares with the register"),
            waiting=text("Cán bộ đang so với sổ gốc.", en="The officer is comparing with the register."),
            roles=ROLES,
        ),
        Step(
            name="decide",
            title=text("Lãnh đạo quyết định chỉnh sửa", en="The leader decides on the correction"),
            waiting=text("Lãnh đạo đang xem xét.", en="The leader is deciding."),
            roles=("leader",),
            decides=True,
        ),
    ),
    deadline_rules=(DeadlineRule("standard", text("mọi trường hợp", en="every case")),),
    deadlines=(DeadlineFact("standard", 5, IN_FORCE, "Thông tư 21/2019/TT-BGDĐT", recalled=True),),
    fees=(FeeFact(0, IN_FORCE, SAMPLE, recalled=True),),
    declarations=(
        text("Tôi cam đoan những điều đã khai là đúng.", en="I declare that what I stated is true."),
    ),
    result=text("Quyết định chỉnh sửa văn bằng", en="Decision to correct the diploma"),
    legal_basis=("Thông tư 10/2026/TT-BGDĐT",),
    life_events=("van-bang",),
    icon="pencil",
    example={**EXAMPLE, "wanted": "Đang ghi sinh năm 1990; đúng là 03/02/1990."},
)
