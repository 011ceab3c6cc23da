"""H99-XNQT Xác nhận quá trình học tập: a local procedure whose fee is part of submitting, with exempted groups.

Sample data throughout: no national code; fee, groups and proofs as offices of this kind have them.
"""

import datetime as dt

from portal.procedures.definition import (
    DeadlineFact,
    DeadlineRule,
    Definition,
    ExemptionFact,
    FeeDue,
    FeeFact,
    Field,
    Option,
    Page,
    Paper,
    Step,
    Subject,
    text,
)

SAMPLE = "Dữ liệu mẫu của tỉnh Hoa Ban"
IN_FORCE = dt.date(2026, 1, 1)

DEFINITION = Definition(
    code="H99-XNQT",
    version=1,
    title=text("Xác nhận quá trình học tập", en="Confirmation of schooling"),
    short_title=text("Xác nhận quá trình học tập", en="Confirmation of schooling"),
    summary=text(
        "Dành cho cha mẹ cần giấy xác nhận con đã học ở trường từ năm nào đến năm nào.",
        en="For parents who need proof of the years their child spent at a school.",
    ),
    authority=text("Trường đã dạy học sinh", en="The school that taught the pupil"),
    handled_by="answer:school",
    subject=Subject.CHILD,
    subject_field="child",
    fee_due=FeeDue.SUBMISSION,
    exemption_field="group",
    pages=(
        Page(
            name="child",
            title=text("Xác nhận cho cháu nào?", en="For which child?"),
            fields=(Field(name="child", kind="child", label=text("Cháu", en="Child")),),
        ),
        Page(
            name="school",
            title=text("Trường nào xác nhận?", en="Which school confirms?"),
            fields=(
                Field(
                    name="school",
                    kind="school",
                    label=text("Trường đã học", en="School"),
                    hint=text(
                        "Ghi tên trường, có dấu hay không dấu đều được.",
                        en="Type its name, with or without marks.",
                    ),
                ),
                Field(name="phone", kind="phone", label=text("Số điện thoại liên hệ", en="Phone number")),
            ),
        ),
        Page(
            name="fee",
            title=text("Gia đình thuộc diện nào?", en="Which group does the family belong to?"),
            lead=text(
                "Một số gia đình được miễn hoặc giảm lệ phí.", en="Some families pay less, or nothing."
            ),
            fields=(
                Field(
                    name="group",
                    kind="choice",
                    label=text("Diện miễn, giảm lệ phí", en="Group"),
                    options=(
                        Option("none", text("Không thuộc diện nào", en="None of these")),
                        Option("poor", text("Hộ nghèo", en="Poor household")),
                        Option("near_poor", text("Hộ cận nghèo", en="Near-poor household")),
                        Option("merit", text("Con của người có công", en="Child of a person of merit")),
                    ),
                ),
            ),
        ),
    ),
    papers=(
        Paper(
            name="group_proof",
            title=text("Giấy tờ chứng minh diện miễn, giảm", en="Proof of the group"),
            hint=text(
                "Giấy chứng nhận hộ nghèo, cận nghèo còn hạn, hoặc giấy xác nhận người có công.",
                en="A valid certificate of a poor or near-poor household, or of a person of merit.",
            ),
            when={"in": [{"var": "group"}, ["poor", "near_poor", "merit"]]},
        ),
    ),
    steps=(
        Step(
            name="principal_signs",
            title=text("Hiệu trưởng ký giấy xác nhận", en="The principal signs the confirmation"),
            waiting=text("Hiệu trưởng đang xem và ký giấy xác nhận.", en="The principal is signing it."),
            roles=("principal",),
            decides=True,
        ),
    ),
    deadline_rules=(DeadlineRule("standard", text("mọi trường hợp", en="every case")),),
    deadlines=(DeadlineFact("standard", 3, IN_FORCE, SAMPLE, recalled=True),),
    fees=(FeeFact(20_000, IN_FORCE, SAMPLE, recalled=True),),
    exemptions=(
        ExemptionFact("poor", 0, "Giấy chứng nhận hộ nghèo còn hạn", IN_FORCE, SAMPLE, recalled=True),
        ExemptionFact(
            "near_poor", 10_000, "Giấy chứng nhận hộ cận nghèo còn hạn", IN_FORCE, SAMPLE, recalled=True
        ),
        ExemptionFact(
            "merit", 0, "Giấy xác nhận của cơ quan quản lý người có công", IN_FORCE, SAMPLE, recalled=True
        ),
    ),
    declarations=(
        text("Tôi cam đoan những điều đã khai là đúng.", en="I declare that what I stated is true."),
    ),
    not_needed=text("Không cần mang học bạ đến trường.", en="The study record need not be brought."),
    result=text("Giấy xác nhận quá trình học tập có chữ ký", en="A signed confirmation of schooling"),
    legal_basis=(SAMPLE,),
    life_events=("hoc-ba",),
    minutes=5,
    icon="certificate",
    example={
        "child": "pupil:first",
        "school": "school:own",
        "phone": "+84900000118",
        "group": "none",
    },
)
