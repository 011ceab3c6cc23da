"""2.002857 Tiếp nhận học sinh xin học lại.

Source: TT 15/2026/TT-BGDĐT; QĐ 1130/QĐ-BGDĐT of 10/05/2026. 5 working days, no fee; in the summer
before the new school year, within the age for the level. The school looks at both.
"""

import datetime as dt

from portal.procedures.definition import (
    DeadlineFact,
    DeadlineRule,
    Definition,
    FeeFact,
    Field,
    Option,
    Page,
    Paper,
    Step,
    Subject,
    answered,
    text,
)

DECISION = "Quyết định 1130/QĐ-BGDĐT ngày 10/05/2026"
IN_FORCE = dt.date(2026, 5, 10)
OTHER_SCHOOL = answered("same_school", value=False)

DEFINITION = Definition(
    code="2.002857",
    version=1,
    title=text("Tiếp nhận học sinh xin học lại", en="Return of a pupil who stopped studying"),
    short_title=text("Xin học lại", en="Returning to study"),
    summary=text(
        "Dành cho học sinh đã nghỉ học, nay muốn học lại từ năm học mới.",
        en="For pupils who stopped studying and want to return in the new school year.",
    ),
    authority=text("Hiệu trưởng trường nhận học lại", en="The principal of the school"),
    handled_by="answer:school",
    subject=Subject.CHILD,
    subject_field="child",
    pages=(
        Page(
            name="child",
            title=text("Cháu nào xin học lại?", en="Which child returns?"),
            fields=(Field(name="child", kind="child", label=text("Cháu", en="Child")),),
        ),
        Page(
            name="school",
            title=text("Cháu học lại ở đâu?", en="Where will the child study?"),
            fields=(
                Field(
                    name="school",
                    kind="school",
                    label=text("Trường xin học lại", en="School"),
                    hint=text(
                        "Ghi tên trường, có dấu hay không dấu đều được.",
                        en="Type its name, with or without marks.",
                    ),
                    settings={"levels": ["primary", "lower_secondary", "upper_secondary"]},
                ),
                Field(
                    name="same_school",
                    kind="yes_no",
                    label=text(
                        "Đây có phải trường cháu đã học trước khi nghỉ không?",
                        en="Is it the former school?",
                    ),
                ),
                Field(
                    name="grade",
                    kind="choice",
                    label=text("Xin vào lớp", en="Grade"),
                    options=tuple(
                        Option(str(grade), text(f"Lớp {grade}", en=f"Grade {grade}"))
                        for grade in range(1, 13)
                    ),
                ),
            ),
        ),
        Page(
            name="absence",
            title=text("Cháu đã nghỉ học thế nào?", en="About the time away"),
            fields=(
                Field(
                    name="stopped_on",
                    kind="date",
                    label=text("Nghỉ học từ ngày", en="Stopped on"),
                    hint=text(
                        "Không nhớ chính xác thì ghi ngày gần đúng.", en="An approximate day will do."
                    ),
                    settings={"until_today": True},
                ),
                Field(
                    name="why",
                    kind="long_text",
                    label=text("Vì sao cháu nghỉ học?", en="Why did the child stop?"),
                    required=False,
                    sensitive=True,
                ),
                Field(name="phone", kind="phone", label=text("Số điện thoại liên hệ", en="Phone number")),
            ),
        ),
    ),
    papers=(
        Paper(
            name="transfer_papers",
            title=text(
                "Bảng tổng hợp kết quả đánh giá rèn luyện và học tập",
                en="Summary of training and study results",
            ),
            hint=text("Chỉ khi xin học lại ở trường khác.", en="Only for another school."),
            when=OTHER_SCHOOL,
        ),
    ),
    steps=(
        Step(
            name="principal_decides",
            title=text("Hiệu trưởng quyết định", en="The principal decides"),
            waiting=text("Hiệu trưởng đang xem xét.", en="The principal is deciding."),
            roles=("principal",),
            decides=True,
        ),
    ),
    deadline_rules=(DeadlineRule("standard", text("mọi trường hợp", en="every case")),),
    deadlines=(DeadlineFact("standard", 5, IN_FORCE, DECISION),),
    fees=(FeeFact(0, IN_FORCE, DECISION),),
    declarations=(
        text("Tôi cam đoan những điều đã khai là đúng.", en="I declare that what I stated is true."),
    ),
    not_needed=text(
        "Không cần giấy khai sinh hay giấy xác nhận cư trú.",
        en="No birth certificate or proof of residence.",
    ),
    result=text("Quyết định tiếp nhận học sinh", en="Decision to admit the pupil"),
    legal_basis=("Thông tư 15/2026/TT-BGDĐT", DECISION),
    life_events=("hoc-lai",),
    minutes=5,
    icon="book",
    example={
        "child": "pupil:first",
        "school": "school:own",
        "same_school": True,
        "grade": "3",
        "stopped_on": "day:-200",
        "phone": "+84900000118",
    },
)
