"""H99-XMVB Xác minh văn bằng theo đề nghị của cơ quan, tổ chức. Code and limit are sample data."""

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
    code="H99-XMVB",
    version=1,
    title=text(
        "Xác minh văn bằng cho cơ quan, tổ chức", en="Verification of a diploma for an organisation"
    ),
    short_title=text("Xác minh văn bằng", en="Diploma verification"),
    summary=text(
        "Dành cho người thay mặt cơ quan, doanh nghiệp cần xác minh văn bằng của người lao động.",
        en="For whoever acts for an organisation that needs to verify an employee's diploma.",
    ),
    authority=text("Cơ quan giữ sổ gốc", en="The office that keeps the register"),
    handled_by="answer:keeper",
    pages=(
        WHICH,
        DESCRIBED,
        Page(
            name="organisation",
            title=text("Cơ quan, tổ chức nào cần xác minh?", en="Which organisation needs it?"),
            fields=(
                Field(
                    name="organisation_name",
                    kind="text",
                    label=text("Tên cơ quan, tổ chức", en="Organisation"),
                ),
                Field(
                    name="purpose",
                    kind="long_text",
                    label=text("Xác minh để làm gì", en="Purpose of verification"),
                ),
                *CONTACT_FIELDS,
            ),
        ),
    ),
    papers=(
        *PAPERS,
        Paper(
            name="letter",
            title=text("Công văn đề nghị xác minh", en="Letter of the organisation"),
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
            name="answer",
            title=text("Lãnh đạo trả lời", en="The leader answers"),
            waiting=text("Lãnh đạo đang xem xét.", en="The leader is deciding."),
            roles=("leader",),
            decides=True,
        ),
    ),
    deadline_rules=(DeadlineRule("standard", text("mọi trường hợp", en="every case")),),
    deadlines=(DeadlineFact("standard", 5, IN_FORCE, SAMPLE, recalled=True),),
    fees=(FeeFact(0, IN_FORCE, SAMPLE, recalled=True),),
    declarations=(
        text(
            "Người có văn bằng đã biết và đồng ý việc xác minh.",
            en="The holder knows of the verification and agrees.",
        ),
    ),
    result=text("Văn bản trả lời xác minh", en="Answer to the verification request"),
    legal_basis=("Thông tư 10/2026/TT-BGDĐT",),
    life_events=("van-bang",),
    icon="shield",
    example={**EXAMPLE, "organisation_name": "Công ty Mẫu", "purpose": "Hồ sơ tuyển dụng"},
)
