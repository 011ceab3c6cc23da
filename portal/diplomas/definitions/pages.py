"""Pages that the procedures about diplomas share: which diploma, whose, how to reach the applicant."""

from portal.procedures.definition import Field, Option, Page, Paper, answered, text

ANOTHER = answered("diploma", "other")

KEEPER = Field(
    name="keeper",
    kind="school",
    label=text("Cơ quan giữ sổ gốc", en="Office that keeps the register"),
    required=False,
    derived=True,
)
WHICH = Page(
    name="which",
    title=text("Văn bằng nào?", en="Which diploma?"),
    fields=(
        Field(
            name="diploma",
            kind="diploma",
            label=text("Văn bằng", en="Diploma"),
            hint=text(
                "Chỉ hiện văn bằng mà sổ gốc ghi số định danh của anh/chị.",
                en="Only diplomas that the register has under your personal ID.",
            ),
        ),
        KEEPER,
    ),
)
DESCRIBED = Page(
    name="described",
    title=text("Văn bằng ghi gì?", en="What does the diploma say?"),
    lead=text(
        "Ghi như trên văn bằng. Không còn bản chính thì ghi những gì nhớ được; cơ quan giữ sổ sẽ tìm.",
        en="As it stands on the diploma. If it is lost, write what you remember; the office will search.",
    ),
    when=ANOTHER,
    fields=(
        Field(
            name="level",
            kind="choice",
            label=text("Bằng tốt nghiệp", en="Diploma of"),
            options=(
                Option("primary", text("Tiểu học", en="Primary school")),
                Option("lower_secondary", text("Trung học cơ sở", en="Lower secondary school")),
                Option("upper_secondary", text("Trung học phổ thông", en="Upper secondary school")),
                Option("vocational_secondary", text("Trung học nghề", en="Vocational secondary school")),
            ),
        ),
        Field(
            name="year",
            kind="number",
            label=text("Năm tốt nghiệp", en="Year of graduation"),
            settings={"min": 1945, "max": 2100},
        ),
        Field(
            name="holder_name",
            kind="name",
            label=text("Họ và tên ghi trên văn bằng", en="Name on the diploma"),
        ),
        Field(
            name="holder_birth",
            kind="partial_date",
            label=text("Ngày sinh ghi trên văn bằng", en="Date of birth on the diploma"),
            hint=text(
                "Văn bằng chỉ ghi năm sinh thì để trống ngày và tháng.",
                en="If it has the year alone, leave day and month empty.",
            ),
        ),
        Field(
            name="number",
            kind="text",
            label=text("Số hiệu hoặc số vào sổ gốc", en="Serial or register number"),
            hint=text("Ví dụ B 0012345 hoặc 123/2008/THPT", en="For example B 0012345 or 123/2008/THPT"),
            required=False,
            settings={"max_length": 60},
        ),
        Field(
            name="relation",
            kind="choice",
            label=text("Anh/chị là ai với người có văn bằng?", en="Who are you to the holder?"),
            options=(
                Option("self", text("Chính tôi là người có văn bằng", en="I am the holder")),
                Option(
                    "representative",
                    text("Người đại diện, người được ủy quyền", en="Representative or authorised person"),
                ),
                Option(
                    "heir",
                    text(
                        "Cha, mẹ, con, vợ, chồng, anh, chị, em, người thừa kế của người đã mất",
                        en="Family or heir of a holder who died",
                    ),
                ),
            ),
        ),
    ),
)
CONTACT_FIELDS = (
    Field(
        name="phone",
        kind="phone",
        label=text("Số điện thoại", en="Phone number"),
        hint=text("Dùng để báo tin và để tra cứu hồ sơ.", en="For news and for looking up the dossier."),
    ),
)
PAPERS = (
    Paper(
        name="authorisation",
        title=text("Giấy ủy quyền hoặc giấy tờ chứng minh quyền đại diện", en="Authorisation"),
        when={"and": [ANOTHER, answered("relation", "representative")]},
    ),
    Paper(
        name="kinship",
        title=text("Giấy tờ chứng minh quan hệ với người đã mất", en="Proof of kinship with the deceased"),
        when={"and": [ANOTHER, answered("relation", "heir")]},
    ),
)
EXAMPLE = {
    "diploma": "other",
    "level": "upper_secondary",
    "year": 2008,
    "holder_name": "Lò Thị Lan",
    "holder_birth": "1990-02-03",
    "number": "B 0012345",
    "relation": "self",
    "phone": "+84900000118",
}
ROLES = ("department_officer", "commune_officer")
SAMPLE = "Dữ liệu mẫu của tỉnh Hoa Ban"
