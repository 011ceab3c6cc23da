"""H99-BSHB Cấp bản sao học bạ: a local procedure of the made-up province, with a fee.

Sample data throughout: no national code, fee and limit as offices of this kind have them.
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
    Step,
    Subject,
    text,
)

SAMPLE = "Dữ liệu mẫu của tỉnh Hoa Ban"
IN_FORCE = dt.date(2026, 1, 1)

DEFINITION = Definition(
    code="H99-BSHB",
    version=1,
    title=text("Cấp bản sao học bạ", en="Copy of a study record"),
    short_title=text("Bản sao học bạ", en="Study record copy"),
    summary=text(
        "Dành cho cha mẹ cần bản sao học bạ của con để nộp nơi khác.",
        en="For parents who need a copy of their child's study record.",
    ),
    authority=text("Trường đang giữ học bạ", en="The school that keeps the record"),
    handled_by="answer:school",
    subject=Subject.CHILD,
    subject_field="child",
    pages=(
        Page(
            name="child",
            title=text("Học bạ của cháu nào?", en="Whose study record?"),
            fields=(Field(name="child", kind="child", label=text("Cháu", en="Child")),),
        ),
        Page(
            name="record",
            title=text("Trường nào giữ học bạ?", en="Which school keeps the record?"),
            fields=(
                Field(
                    name="school",
                    kind="school",
                    label=text("Trường giữ học bạ", en="School"),
                    hint=text(
                        "Ghi tên trường, có dấu hay không dấu đều được.",
                        en="Type its name, with or without marks.",
                    ),
                ),
                Field(
                    name="level",
                    kind="choice",
                    label=text("Học bạ cấp nào?", en="Which level?"),
                    options=(
                        Option("primary", text("Tiểu học", en="Primary")),
                        Option("lower_secondary", text("Trung học cơ sở", en="Lower secondary")),
                        Option("upper_secondary", text("Trung học phổ thông", en="Upper secondary")),
                    ),
                ),
                Field(name="phone", kind="phone", label=text("Số điện thoại liên hệ", en="Phone number")),
            ),
        ),
    ),
    steps=(
        Step(
            name="principal_signs",
            title=text("Hiệu trưởng ký bản sao", en="The principal signs the copy"),
            waiting=text("Hiệu trưởng đang xem và ký bản sao.", en="The principal is signing the copy."),
            roles=("principal",),
            decides=True,
        ),
    ),
    deadline_rules=(DeadlineRule("standard", text("mọi trường hợp", en="every case")),),
    deadlines=(DeadlineFact("standard", 3, IN_FORCE, SAMPLE, recalled=True),),
    fees=(FeeFact(9_000, IN_FORCE, SAMPLE, recalled=True),),
    declarations=(
        text("Tôi cam đoan những điều đã khai là đúng.", en="I declare that what I stated is true."),
    ),
    not_needed=text("Không cần mang học bạ gốc đến trường.", en="The original need not be brought."),
    result=text("Bản sao học bạ có chữ ký", en="A signed copy of the study record"),
    legal_basis=(SAMPLE,),
    life_events=("hoc-ba",),
    minutes=5,
    icon="folder",
    example={
        "child": "pupil:first",
        "school": "school:own",
        "level": "primary",
        "phone": "+84900000118",
    },
)
