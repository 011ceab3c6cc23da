"""What people type, and what must come first: ``query -> key`` a line."""

from __future__ import annotations


def _read(table: str) -> list[tuple[str, str]]:
    lines = [line.rpartition("->") for line in table.strip().splitlines()]
    return [(query.strip(), key.strip()) for query, _arrow, key in lines]


MARKED = _read("""
chuyển trường -> chuyen-truong
chuyển trường tiểu học -> chuyen-truong
chuyển trường trung học cơ sở -> chuyen-truong-thcs
xin chuyển trường cho con -> chuyen-truong
học lại -> hoc-lai
xin học lại -> hoc-lai
bản sao học bạ -> ban-sao-hoc-ba
mất học bạ -> ban-sao-hoc-ba
sao y học bạ -> ban-sao-hoc-ba
bản sao văn bằng -> ban-sao-bang
mất bằng -> ban-sao-bang
mất bằng tốt nghiệp -> ban-sao-bang
bản sao bằng từ sổ gốc -> ban-sao-bang
chỉnh sửa văn bằng -> chinh-sua-bang
sai tên trên bằng -> chinh-sua-bang
công nhận văn bằng nước ngoài -> cong-nhan-bang-nuoc-ngoai
bằng nước ngoài -> cong-nhan-bang-nuoc-ngoai
tuyển sinh lớp 1 -> lop-1
vào lớp 1 -> lop-1
vào lớp một -> lop-1
đăng ký vào lớp 6 -> lop-6
vào lớp 10 -> lop-10
thi vào lớp mười -> lop-10
đăng ký mầm non -> mam-non
trường mầm non tư thục -> thanh-lap-truong
miễn giảm học phí -> mien-giam-hoc-phi
hỗ trợ chi phí học tập -> mien-giam-hoc-phi
học bổng khuyết tật -> hoc-bong-khuyet-tat
hỗ trợ ăn trưa -> an-trua
gạo bán trú -> gao-ban-tru
dạy thêm -> day-them
trung tâm ngoại ngữ -> trung-tam-ngoai-ngu
phúc khảo -> phuc-khao
phúc khảo bài thi -> phuc-khao
đặc cách tốt nghiệp -> mien-thi
trái tuyến -> hoi-trai-tuyen
tạm trú -> hoi-tam-tru
hộ khẩu -> hoi-tam-tru
nộp hồ sơ có mất tiền không -> hoi-le-phi
chưa có VNeID -> hoi-vneid
ảnh bị mờ -> hoi-anh-mo
ủy quyền -> hoi-uy-quyen
học sớm -> hoi-do-tuoi
đồng phục -> hoi-dong-phuc
con ốm nghỉ học -> hoi-nghi-hoc
học phí năm nay -> hoi-hoc-phi
bảo hiểm y tế -> hoi-bao-hiem
đăng nhập VNeID -> hd-dang-nhap
chụp giấy tờ -> hd-chup-giay-to
thanh toán lệ phí -> hd-thanh-toan
mùa tuyển sinh -> hd-tuyen-sinh
tra cứu văn bằng -> hd-tra-cuu-bang
học sinh về nước -> hd-hoc-sinh-ve-nuoc
khai giảng -> tin-khai-giang
nghỉ rét -> tin-nghi-ret
thư viện lưu động -> tin-thu-vien
học sinh giỏi cấp tỉnh -> tin-hoc-sinh-gioi
tuyển dụng giáo viên -> tin-giao-vien
bếp ăn bán trú -> tin-bua-an
học bạ số -> tin-hoc-ba-so
cầu treo -> tin-cau-treo
đánh giá học sinh -> tt-22
khung kế hoạch thời gian năm học -> qd-khung
chính sách học phí -> nd-238
trường tiểu học Ban Trắng -> th-ban-trang
Ban Trắng -> th-ban-trang
Bản Trang -> ths-ban-trang-2
Nậm Ban -> th-nam-ban
mầm non Hoa Sữa -> mn-hoa-sua
Hoa Hồng -> mn-hoa-hong
trường trung học phổ thông Hoa Ban -> thpt-hoa-ban
liên hệ -> lien-he
đường dây nóng -> lien-he
giới thiệu -> gioi-thieu
dữ liệu cá nhân -> quyen-rieng-tu
""")

UNMARKED = _read("""
chuyen truong -> chuyen-truong
chuyen truong tieu hoc -> chuyen-truong
doi truong -> chuyen-truong
xin hoc lai -> hoc-lai
ban sao hoc ba -> ban-sao-hoc-ba
mat hoc ba -> ban-sao-hoc-ba
ban sao van bang -> ban-sao-bang
mat bang tot nghiep -> ban-sao-bang
chinh sua van bang -> chinh-sua-bang
cong nhan van bang nuoc ngoai -> cong-nhan-bang-nuoc-ngoai
tuyen sinh vao lop 1 -> lop-1
vao lop 6 -> lop-6
thi vao lop 10 -> lop-10
mien giam hoc phi -> mien-giam-hoc-phi
hoc bong khuyet tat -> hoc-bong-khuyet-tat
ho tro an trua -> an-trua
gao ban tru -> gao-ban-tru
day them hoc them -> day-them
trung tam ngoai ngu tin hoc -> trung-tam-ngoai-ngu
thanh lap truong mam non -> thanh-lap-truong
phuc khao bai thi -> phuc-khao
dac cach tot nghiep -> mien-thi
trai tuyen -> hoi-trai-tuyen
tam tru -> hoi-tam-tru
chua co tai khoan vneid -> hoi-vneid
anh chup bi mo -> hoi-anh-mo
uy quyen -> hoi-uy-quyen
dong phuc -> hoi-dong-phuc
bao hiem y te -> hoi-bao-hiem
dang nhap vneid -> hd-dang-nhap
chup giay to bang dien thoai -> hd-chup-giay-to
thanh toan le phi -> hd-thanh-toan
tra cuu van bang -> hd-tra-cuu-bang
le khai giang -> tin-khai-giang
nghi ret -> tin-nghi-ret
thu vien luu dong -> tin-thu-vien
tuyen dung giao vien -> tin-giao-vien
cau treo huoi may -> tin-cau-treo
truong tieu hoc nam ban -> th-nam-ban
mam non hoa sua -> mn-hoa-sua
truong mam non hoa hong -> mn-hoa-hong
lien he so giao duc -> lien-he
bao ve du lieu ca nhan -> quyen-rieng-tu
danh gia hoc sinh trung hoc -> tt-22
""")

SLIPS = _read("""
chuyển trườn -> chuyen-truong
chuyen truonf -> chuyen-truong
chueyn truong -> chuyen-truong
chuyển trường tiểu hcọ -> chuyen-truong
chuyentruong -> chuyen-truong
bản sao học bá -> ban-sao-hoc-ba
ban sao hoc bba -> ban-sao-hoc-ba
van bawngf nuoc ngoai -> cong-nhan-bang-nuoc-ngoai
tuyeenr sinh lop 1 -> lop-1
tuyển sihn lớp 1 -> lop-1
miễm giảm học phí -> mien-giam-hoc-phi
hoc bonhg khuyet tat -> hoc-bong-khuyet-tat
phúc khảp bài thi -> phuc-khao
phuc khảo bài thii -> phuc-khao
trái tuyên -> hoi-trai-tuyen
dong phucj -> hoi-dong-phuc
khai giangr -> tin-khai-giang
thư viên lưu độg -> tin-thu-vien
mam nonn hoa sua -> mn-hoa-sua
truong tieu hoc nam bna -> th-nam-ban
dang nhapj vneid -> hd-dang-nhap
thanh toans le phi -> hd-thanh-toan
đặc cáh tốt nghiệp -> mien-thi
day thme hoc them -> day-them
""")

CODES = _read("""
2.002854 -> chuyen-truong
2-002854 -> chuyen-truong
2002854 -> chuyen-truong
mã thủ tục 2.002854 -> chuyen-truong
2.002857 -> hoc-lai
2.002481 -> chuyen-truong-thcs
1.005092 -> ban-sao-bang
1.005090 -> cong-nhan-bang-nuoc-ngoai
3.000182 -> lop-10
H99-BSHB -> ban-sao-hoc-ba
h99 bshb -> ban-sao-hoc-ba
H99-TS01 -> lop-1
29/2024/TT-BGDĐT -> tt-29
29/2024/tt-bgddt -> tt-29
thông tư 30/2024/TT-BGDĐT -> tt-30
238/2025/NĐ-CP -> nd-238
238-2025-nd-cp -> nd-238
2045/QĐ-UBND -> qd-khung
22/2021/TT-BGDĐT -> tt-22
H99.22.2 -> th-ban-trang
h99.20.5 -> thpt-hoa-ban
trường H99.24.5 -> thpt-muong-ban
""")

SHORT_FORMS = _read("""
THPT Hoa Ban -> thpt-hoa-ban
trung học phổ thông Hoa Ban -> thpt-hoa-ban
cấp 3 Hoa Ban -> thpt-hoa-ban
cap ba muong ban -> thpt-muong-ban
THCS Hoa Ban -> thcs-hoa-ban
TH Ban Trắng -> th-ban-trang
th nam ban -> th-nam-ban
mn hoa sua -> mn-hoa-sua
PTDTNT -> dtnt
dân tộc nội trú -> dtnt
gdtx muong ban -> gdtx
bổ túc -> gdtx
BHYT -> hoi-bao-hiem
GVCN -> hoi-nghi-hoc
HSG cấp tỉnh -> tin-hoc-sinh-gioi
""")

#: decomposed letters, old placement of tones, capitals, look-alike letters, punctuation
SPELLINGS = _read("""
ỦY QUYỀN -> hoi-uy-quyen
uỷ quyền -> hoi-uy-quyen
ĐỒNG PHỤC -> hoi-dong-phuc
Ðồng phục -> hoi-dong-phuc
Đăng ký mầm non -> mam-non
đăng kí mầm non -> mam-non
"chuyển trường" -> chuyen-truong
chuyển-trường -> chuyen-truong
(học lại) -> hoc-lai
chuyển   trường -> chuyen-truong
khánh thành cầu treo -> tin-cau-treo
dạy thêm, học thêm -> day-them
""")

NORMAL = [*MARKED, *UNMARKED, *SHORT_FORMS, *SPELLINGS]
EVERY = [*NORMAL, *SLIPS, *CODES]

#: nothing to search for, or too much of it: an answer all the same
HARD = (
    "", " ", '"', "''", '"""', "\x00", "a\x00b", "*", "%", "_", "***", "(", ")", "(((", "-", "--", ":", "\\",
    "AND", "OR NOT", "NEAR(", "title:x", "a:*", "!", "&", "|", "<->", "{", "[", "^", "~", "+", "/", "//", "?",
    "' OR 1=1 --", "<script>alert(1)</script>", "x" * 10_000, "á" * 10_000, "trường " * 2_000, "😀", "؟", "ไทย", "ﬁ",
    "\ud800", "\u200b", "1", "0", "..", "a", "đ",
)  # fmt: skip
