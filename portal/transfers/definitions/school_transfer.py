"""2.002854 Chuyển trường và tiếp nhận học sinh.

Source: TT 15/2026/TT-BGDĐT; QĐ 1130/QĐ-BGDĐT of 10/05/2026. The principal of the receiving school
decides; 5 working days inside the province, 8 from another one; no fee.
"""

import datetime as dt

from portal.procedures.definition import (
    HANDLING,
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

IN_PROVINCE = {"!!": [{"var": "from_school"}]}
FROM_ELSEWHERE = {"!": [{"var": "from_school"}]}

_CHILD = Page(
    name="child",
    title=text("Chuyển trường cho cháu nào?", en="Which child changes school?"),
    fields=(
        Field(
            name="child",
            kind="child",
            label=text("Cháu", en="Child"),
            hint=text(
                "Chỉ những cháu đã được xác nhận là con, cháu của anh/chị.",
                en="Only children confirmed as yours.",
            ),
        ),
        Field(
            name="from_school",
            kind="school",
            label=text("Trường đang học", en="Present school"),
            required=False,
            derived=True,
        ),
        Field(
            name="from_class",
            kind="text",
            label=text("Lớp đang học", en="Present class"),
            required=False,
            derived=True,
        ),
    ),
)

_FROM = Page(
    name="origin",
    title=text("Cháu đang học ở đâu?", en="Where does the child study now?"),
    lead=text(
        "Cháu chưa có trong dữ liệu học sinh của tỉnh, nên anh/chị ghi giúp.",
        en="The child is not in the province's pupil data yet, so please tell us.",
    ),
    when=FROM_ELSEWHERE,
    fields=(
        Field(
            name="from_school_name", kind="text", label=text("Tên trường đang học", en="Name of the school")
        ),
        Field(name="from_province", kind="text", label=text("Tỉnh, thành phố", en="Province or city")),
    ),
)

_TO = Page(
    name="destination",
    title=text("Cháu chuyển đến trường nào?", en="Which school will the child go to?"),
    fields=(
        Field(
            name="to_school",
            kind="school",
            label=text("Trường chuyển đến", en="Receiving school"),
            hint=text(
                "Ghi tên trường, có dấu hay không dấu đều được.", en="Type its name, with or without marks."
            ),
            settings={"levels": ["primary", "lower_secondary", "upper_secondary"]},
        ),
        Field(
            name="to_grade",
            kind="choice",
            label=text("Vào lớp", en="Grade"),
            options=tuple(
                Option(str(grade), text(f"Lớp {grade}", en=f"Grade {grade}")) for grade in range(1, 13)
            ),
        ),
        Field(
            name="starts_on",
            kind="date",
            label=text("Ngày muốn bắt đầu học ở trường mới", en="First day at the new school"),
            hint=text("Ví dụ 7 12 2026", en="For example 7 12 2026"),
            settings={"from_today": True},
        ),
    ),
)

_REASON = Page(
    name="reason",
    title=text("Vì sao gia đình muốn chuyển trường?", en="Why does the family want the change?"),
    fields=(
        Field(
            name="reason",
            kind="choice",
            label=text("Lý do", en="Reason"),
            options=(
                Option("moved", text("Gia đình chuyển nơi ở", en="The family moved")),
                Option("hardship", text("Hoàn cảnh khó khăn", en="Hardship")),
                Option("other", text("Lý do khác", en="Another reason")),
            ),
        ),
        Field(
            name="reason_words",
            kind="long_text",
            label=text("Nói rõ lý do", en="Tell us more"),
            hint=text(
                "Cần khi chọn “Hoàn cảnh khó khăn” hoặc “Lý do khác”.",
                en="Needed for hardship or another reason.",
            ),
            when={"in": [{"var": "reason"}, ["hardship", "other"]]},
            sensitive=True,
        ),
        Field(
            name="disability",
            kind="yes_no",
            label=text(
                "Cháu có kế hoạch giáo dục cá nhân (học sinh khuyết tật) không?",
                en="Does the child have an individual education plan (disability)?",
            ),
            sensitive=True,
        ),
    ),
)

_CONTACT = Page(
    name="contact",
    title=text("Nhà trường liên hệ anh/chị thế nào?", en="How can the school reach you?"),
    fields=(
        Field(
            name="phone",
            kind="phone",
            label=text("Số điện thoại", en="Phone number"),
            hint=text(
                "Dùng để báo tin và để tra cứu hồ sơ.", en="For news and for looking up the dossier."
            ),
        ),
        Field(
            name="address",
            kind="text",
            label=text("Nơi ở hiện nay", en="Present address"),
            hint=text("Thôn, tổ dân phố; xã, phường", en="Hamlet or street; commune"),
        ),
    ),
)

DEFINITION = Definition(
    code="2.002854",
    version=1,
    title=text("Chuyển trường và tiếp nhận học sinh", en="School transfer and admission of a pupil"),
    short_title=text("Chuyển trường", en="School transfer"),
    summary=text(
        "Dành cho cha mẹ, người giám hộ muốn chuyển con sang trường khác: tiểu học, trung học cơ sở "
        "hoặc trung học phổ thông.",
        en="For parents and guardians who want their child to change school: primary, lower or upper secondary.",
    ),
    authority=text("Hiệu trưởng trường chuyển đến", en="The principal of the receiving school"),
    handled_by="answer:to_school",
    subject=Subject.CHILD,
    subject_field="child",
    pages=(_CHILD, _FROM, _TO, _REASON, _CONTACT),
    papers=(
        Paper(
            name="results",
            title=text(
                "Bảng tổng hợp kết quả đánh giá rèn luyện và học tập",
                en="Summary of training and study results",
            ),
            hint=text(
                "Trường đang học cấp. Học sinh trong tỉnh: hai trường tự chuyển cho nhau.",
                en="Given by the present school. Inside the province the schools pass it on themselves.",
            ),
            when=FROM_ELSEWHERE,
        ),
        Paper(
            name="plan",
            title=text("Kế hoạch giáo dục cá nhân", en="Individual education plan"),
            hint=text("Chỉ khi cháu là học sinh khuyết tật.", en="Only for a child with a disability."),
            when=answered("disability", value=True),
        ),
    ),
    steps=(
        Step(
            name="leaving_confirms",
            title=text("Trường đang học xác nhận kết quả", en="The present school confirms the results"),
            waiting=text(
                "Trường đang học xác nhận kết quả học tập.",
                en="The present school is confirming the results.",
            ),
            roles=("school_clerk", "principal"),
            at="answer:from_school",
            when=IN_PROVINCE,
        ),
        Step(
            name="principal_decides",
            title=text("Hiệu trưởng trường chuyển đến quyết định", en="The receiving principal decides"),
            waiting=text(
                "Hiệu trưởng trường chuyển đến đang xem xét.", en="The receiving principal is deciding."
            ),
            roles=("principal",),
            at=HANDLING,
            decides=True,
        ),
    ),
    deadline_rules=(
        DeadlineRule("inside", text("trong tỉnh", en="inside the province"), IN_PROVINCE),
        DeadlineRule("outside", text("từ tỉnh khác chuyển đến", en="from another province")),
    ),
    deadlines=(
        DeadlineFact("inside", 5, IN_FORCE, DECISION),
        DeadlineFact("outside", 8, IN_FORCE, DECISION),
    ),
    fees=(FeeFact(0, IN_FORCE, DECISION),),
    declarations=(
        text("Tôi cam đoan những điều đã khai là đúng.", en="I declare that what I stated is true."),
        text(
            "Nếu cháu từ đủ 7 tuổi: cháu biết và đồng ý việc chuyển trường.",
            en="If the child is seven or older: the child knows and agrees.",
        ),
    ),
    not_needed=text(
        "Không cần học bạ gốc, giấy khai sinh hay giấy xác nhận cư trú.",
        en="No original study record, birth certificate or proof of residence is needed.",
    ),
    result=text("Quyết định tiếp nhận học sinh", en="Decision to admit the pupil"),
    legal_basis=("Thông tư 15/2026/TT-BGDĐT", DECISION),
    life_events=("chuyen-truong",),
    minutes=10,
    icon="swap",
    example={
        "child": "pupil:first",
        "to_school": "school:other",
        "to_grade": "4",
        "starts_on": "day:+14",
        "reason": "moved",
        "disability": False,
        "phone": "+84900000118",
        "address": "Tổ 5, phường Ban Trắng",
    },
)
