"""H99-TSDC Đăng ký tuyển sinh đầu cấp.

Source: TT 30/2024/TT-BGDĐT (admission by review; registration may be online) and the yearly plan of the
province. Sample: dates, quotas and catchments belong to the season, not to this file. No fee.
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
    Step,
    Subject,
    text,
)

SOURCE = "Thông tư 30/2024/TT-BGDĐT và kế hoạch tuyển sinh hằng năm của tỉnh"
IN_FORCE = dt.date(2026, 1, 1)
CODE = "H99-TSDC"

_CHILD = Page(
    name="child",
    title=text("Đăng ký cho cháu nào?", en="For which child?"),
    fields=(
        Field(name="round", kind="admission_round", label=text("Đợt tuyển sinh", en="Admission round")),
        Field(name="child", kind="child", label=text("Cháu", en="Child")),
    ),
)

_HOME = Page(
    name="home",
    title=text("Cháu đang ở đâu?", en="Where does the child live?"),
    fields=(
        Field(name="place", kind="admission_place", label=text("Nơi ở", en="Place of residence")),
        Field(
            name="basis",
            kind="choice",
            label=text("Gia đình ở đây theo diện nào?", en="On what basis does the family live here?"),
            options=(
                Option("permanent", text("Thường trú", en="Permanent residence")),
                Option("present", text("Tạm trú hoặc nơi ở hiện tại", en="Temporary or present residence")),
            ),
        ),
        Field(
            name="disability",
            kind="yes_no",
            label=text("Cháu là trẻ khuyết tật?", en="Does the child have a disability?"),
            hint=text(
                "Trường có chỗ dành riêng; giấy xác nhận trường xem khi kiểm tra.",
                en="Schools keep seats; the school sees the certificate when it checks.",
            ),
            sensitive=True,
        ),
        Field(name="phone", kind="phone", label=text("Số điện thoại", en="Phone number")),
    ),
)

_CHOICES = Page(
    name="choices",
    title=text("Gia đình muốn cháu học trường nào?", en="Which schools, in which order?"),
    fields=(
        Field(name="first", kind="admission_school", label=text("Nguyện vọng 1", en="First choice")),
        Field(
            name="second",
            kind="admission_school",
            label=text("Nguyện vọng 2", en="Second choice"),
            required=False,
        ),
        Field(
            name="third",
            kind="admission_school",
            label=text("Nguyện vọng 3", en="Third choice"),
            required=False,
        ),
        Field(
            name="verifier",
            kind="admission_school",
            label=text("Trường kiểm tra đăng ký", en="School that checks the registration"),
            derived=True,
            required=False,
        ),
    ),
)

DEFINITION = Definition(
    code=CODE,
    version=1,
    title=text("Đăng ký tuyển sinh đầu cấp", en="Registration for entry to school"),
    short_title=text("Tuyển sinh đầu cấp", en="School entry"),
    summary=text(
        "Dành cho cha mẹ, người giám hộ có con vào mẫu giáo 5 tuổi, lớp 1 hoặc lớp 6.",
        en="For parents and guardians whose child enters preschool, grade 1 or grade 6.",
    ),
    authority=text("Hội đồng tuyển sinh, Sở Giáo dục và Đào tạo", en="The department's admission board"),
    handled_by="answer:verifier",
    subject=Subject.CHILD,
    subject_field="child",
    pages=(_CHILD, _HOME, _CHOICES),
    # nobody makes these moves at the common desk: the season's own pages do, school by school
    reception_roles=(),
    steps=(
        Step(
            name="allocation",
            title=text("Xếp chỗ theo quy tắc đã công bố", en="Places are given by the published rule"),
            waiting=text(
                "Đăng ký đã được trường xác minh, chờ công bố kết quả.",
                en="The school has checked the registration; the result is being awaited.",
            ),
            roles=(),
            at=HANDLING,
            decides=True,
        ),
    ),
    deadline_rules=(
        DeadlineRule("season", text("theo lịch của mùa tuyển sinh", en="by the season's dates")),
    ),
    deadlines=(DeadlineFact("season", 0, IN_FORCE, SOURCE, recalled=True),),
    fees=(FeeFact(0, IN_FORCE, SOURCE),),
    declarations=(
        text("Tôi cam đoan những điều đã khai là đúng.", en="I declare that what I stated is true."),
    ),
    not_needed=text(
        "Không cần giấy khai sinh, giấy xác nhận cư trú hay học bạ bản giấy.",
        en="No birth certificate, proof of residence or paper study record is needed.",
    ),
    result=text("Phiếu kết quả tuyển sinh", en="Admission receipt"),
    legal_basis=("Thông tư 30/2024/TT-BGDĐT",),
    life_events=("vao-lop-dau-cap",),
    minutes=5,
    icon="school",
    example={},
)
