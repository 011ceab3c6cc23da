"""A small world to search in: what a province's portal says, one line each. Nothing here is real."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from portal.search.ports import Entry, Kind

#: key | title | keywords | body | codes
_PROCEDURES = """
chuyen-truong | Chuyển trường đối với học sinh tiểu học | đổi trường, chuyển lớp | Dành cho học sinh chuyển nơi ở. Nộp đơn ở trường chuyển đến, không cần học bạ giấy. | 2.002854
chuyen-truong-thcs | Chuyển trường đối với học sinh trung học cơ sở | đổi trường | Hiệu trưởng trường nơi đến tiếp nhận trong năm ngày làm việc. | 2.002481
hoc-lai | Xin học lại tại trường khác | trở lại học, bỏ học nay học lại | Dành cho học sinh đã nghỉ học và muốn vào học lại. | 2.002857
ban-sao-hoc-ba | Cấp bản sao học bạ | sao y học bạ, photo học bạ, mất học bạ | Bản sao học bạ có chữ ký của hiệu trưởng để nộp nơi khác. | H99-BSHB
ban-sao-bang | Cấp bản sao văn bằng, chứng chỉ từ sổ gốc | mất bằng, bằng tốt nghiệp, sao bằng | Bản sao văn bằng được cấp từ sổ gốc khi bản chính bị mất. | 1.005092
chinh-sua-bang | Chỉnh sửa nội dung văn bằng, chứng chỉ | sai tên trên bằng, cải chính hộ tịch | Khi tên hoặc ngày sinh được cải chính hộ tịch, nội dung trên bằng được chỉnh sửa. | 2.001914
cong-nhan-bang-nuoc-ngoai | Công nhận văn bằng do cơ sở giáo dục nước ngoài cấp | bằng nước ngoài, du học về nước | Dành cho người học phổ thông ở nước ngoài về nước. | 1.005090
lop-1 | Đăng ký tuyển sinh vào lớp 1 | vào lớp một, trẻ sáu tuổi | Trẻ sáu tuổi học lớp 1 ở trường trong tuyến nơi cư trú. | H99-TS01
lop-6 | Đăng ký tuyển sinh vào lớp 6 | vào lớp sáu, trung học cơ sở | Học sinh học hết lớp 5 vào lớp 6 ở trường trong tuyến. | H99-TS06
lop-10 | Đăng ký dự tuyển vào lớp 10 trung học phổ thông | thi vào lớp mười, thi tuyển | Học sinh tốt nghiệp trung học cơ sở đăng ký ba nguyện vọng. | 3.000182
mam-non | Đăng ký cho trẻ vào trường mầm non | nhà trẻ, mẫu giáo | Trẻ từ ba tháng tuổi đến sáu tuổi. | H99-TSMN
mien-giam-hoc-phi | Miễn, giảm học phí và hỗ trợ chi phí học tập | hộ nghèo, học phí, hỗ trợ | Học sinh hộ nghèo, học sinh dân tộc thiểu số được hỗ trợ chi phí học tập. | 1.008722
hoc-bong-khuyet-tat | Xét cấp học bổng cho học sinh khuyết tật | chính sách khuyết tật | Học bổng và kinh phí mua đồ dùng học tập cho người khuyết tật. | 1.001714
an-trua | Hỗ trợ ăn trưa đối với trẻ em mẫu giáo | tiền ăn, bán trú | Trẻ mẫu giáo vùng khó khăn được hỗ trợ tiền ăn trưa. | 1.001622
gao-ban-tru | Hỗ trợ gạo cho học sinh bán trú | gạo, vùng khó khăn | Mỗi tháng mười lăm ki-lô-gam gạo cho học sinh bán trú. | 1.004435
day-them | Cấp phép tổ chức dạy thêm, học thêm | lớp học thêm | Tổ chức, cá nhân dạy thêm ngoài nhà trường phải đăng ký. | H99-DTHT
trung-tam-ngoai-ngu | Thành lập trung tâm ngoại ngữ, tin học | mở trung tâm tiếng Anh | Hồ sơ thành lập trung tâm ngoại ngữ, tin học. | 1.005053
thanh-lap-truong | Thành lập trường mầm non tư thục | mở trường, nhà trẻ tư | Đề án thành lập trường và quyết định cho phép hoạt động. | 1.004494
phuc-khao | Phúc khảo bài thi tốt nghiệp trung học phổ thông | chấm lại bài thi | Thí sinh nộp đơn phúc khảo trong mười ngày từ ngày công bố điểm. | 1.005095
mien-thi | Đặc cách tốt nghiệp trung học phổ thông | miễn thi | Thí sinh ốm, tai nạn được xét đặc cách. | 1.005098
"""
_QUESTIONS = """
hoi-trai-tuyen | Con tôi có được học trái tuyến không? | ngoài tuyến, học trường khác phường | Trường còn chỗ thì nhận học sinh ngoài tuyến sau khi nhận hết trẻ trong tuyến. |
hoi-tam-tru | Chưa có hộ khẩu, chỉ tạm trú thì con học ở đâu? | hộ khẩu, thường trú, tạm trú, kt3 | Nơi ở hiện tại tính như thường trú khi tuyển sinh. |
hoi-le-phi | Nộp hồ sơ trực tuyến có mất tiền không? | lệ phí, phí, bao nhiêu tiền | Phần lớn thủ tục miễn phí. |
hoi-vneid | Chưa có tài khoản VNeID thì làm thế nào? | đăng nhập, định danh, căn cước | Đến công an xã để được cấp tài khoản định danh mức 2. |
hoi-anh-mo | Ảnh chụp giấy tờ bị mờ có sao không? | chụp ảnh, tệp, pdf | Nên chụp lại nơi đủ sáng. |
hoi-uy-quyen | Ông bà có nộp hồ sơ thay cha mẹ được không? | ủy quyền, người giám hộ | Người giám hộ hoặc người được ủy quyền nộp được. |
hoi-do-tuoi | Trẻ sinh cuối năm có được học sớm không? | học trước tuổi, tuổi vào lớp 1 | Trẻ vào lớp 1 theo năm sinh, không theo tháng sinh. |
hoi-dong-phuc | Đồng phục có bắt buộc mua ở trường không? | quần áo, áo trắng | Cha mẹ được mua ở nơi khác. |
hoi-nghi-hoc | Con ốm nghỉ học thì báo cho ai? | xin nghỉ, giáo viên chủ nhiệm | Báo giáo viên chủ nhiệm trước buổi học. |
hoi-hoc-phi | Học phí năm nay là bao nhiêu? | tiền học, mức thu | Hội đồng nhân dân tỉnh quy định học phí từng năm học. |
hoi-bao-hiem | Bảo hiểm y tế học sinh đóng ở đâu? | BHYT, thẻ bảo hiểm | Đóng qua trường hoặc cơ quan bảo hiểm xã hội. |
"""
_GUIDANCE = """
hd-dang-nhap | Hướng dẫn đăng nhập bằng VNeID | mã QR, mật khẩu | Mở ứng dụng VNeID trên điện thoại rồi quét mã. |
hd-chup-giay-to | Chụp giấy tờ bằng điện thoại cho rõ | ảnh, quét | Đặt giấy trên nền tối, chụp thẳng từ trên xuống. |
hd-thanh-toan | Thanh toán lệ phí qua ngân hàng | trả tiền, chuyển khoản, VNPAY | Chọn ngân hàng, kiểm tra số tiền, xác nhận. |
hd-tuyen-sinh | Mùa tuyển sinh đầu cấp: việc cần làm từng bước | lịch tuyển sinh, kế hoạch | Xem trường trong tuyến, chuẩn bị giấy khai sinh, đăng ký khi cổng mở. |
hd-tra-cuu-bang | Tra cứu văn bằng tốt nghiệp | xác minh bằng, bằng giả | Nhập số hiệu bằng và ngày sinh để xác minh. |
hd-hoc-sinh-ve-nuoc | Học sinh từ nước ngoài về học ở tỉnh | về nước, Việt kiều | Nộp học bạ đã dịch và giấy khai sinh. |
"""
_NEWS = """
tin-khai-giang | Cả tỉnh khai giảng năm học mới ngày 5 tháng 9 | lễ khai giảng | Sáu trăm trường cùng khai giảng lúc bảy giờ rưỡi. |
tin-nghi-ret | Học sinh nghỉ học khi trời rét dưới 10 độ | rét đậm, nghỉ rét | Trường tiểu học cho nghỉ khi nhiệt độ dưới mười độ. |
tin-thu-vien | Thư viện lưu động đến trường vùng cao | sách, đọc sách | Hai xe thư viện chở ba nghìn cuốn sách. |
tin-hoc-sinh-gioi | Kết quả thi học sinh giỏi cấp tỉnh | giải nhất, đội tuyển | Bốn mươi hai học sinh đoạt giải nhất. |
tin-giao-vien | Tuyển dụng giáo viên năm học mới | viên chức, xét tuyển giáo viên | Tỉnh tuyển một trăm hai mươi giáo viên tiểu học. |
tin-bua-an | Bữa ăn bán trú: kiểm tra bếp ăn ở 20 trường | an toàn thực phẩm | Đoàn kiểm tra nguồn gốc thực phẩm. |
tin-hoc-ba-so | Học bạ số thay học bạ giấy từ lớp 1 | chuyển đổi số | Học bạ số được ký số và lưu trên cơ sở dữ liệu ngành. |
tin-cau-treo | Khánh thành cầu treo đến trường Huổi Mây | đường đến trường | Cầu dài bốn mươi mét, học sinh không phải lội suối. |
"""
_DOCUMENTS = """
tt-29 | Thông tư 29/2024/TT-BGDĐT quy định về dạy thêm, học thêm | | Không dạy thêm đối với học sinh tiểu học. | 29/2024/TT-BGDĐT
tt-30 | Thông tư 30/2024/TT-BGDĐT về tuyển sinh trung học cơ sở và trung học phổ thông | quy chế tuyển sinh | Ba phương thức tuyển sinh. | 30/2024/TT-BGDĐT
nd-238 | Nghị định 238/2025/NĐ-CP về chính sách học phí | miễn học phí | Miễn học phí cho trẻ mầm non và học sinh phổ thông. | 238/2025/NĐ-CP
qd-khung | Quyết định 2045/QĐ-UBND về khung kế hoạch thời gian năm học | lịch nghỉ tết, lịch học | Ngày tựu trường, ngày khai giảng, ngày nghỉ. | 2045/QĐ-UBND
tt-22 | Thông tư 22/2021/TT-BGDĐT về đánh giá học sinh trung học | kiểm tra, xếp loại | Đánh giá bằng nhận xét và điểm số. | 22/2021/TT-BGDĐT
"""
_SCHOOLS = """
th-ban-trang | Trường Tiểu học Ban Trắng | TH | Tổ 5, phường Ban Trắng | H99.22.2
th-nam-ban | Trường Tiểu học Nậm Ban | TH | Bản Nà Lếch, xã Nậm Ban | H99.21.2
ths-ban-trang-2 | Trường TH&THCS Bản Trang | tiểu học trung học cơ sở | Bản Huổi Mây, xã Bản Trang | H99.23.3
thcs-hoa-ban | Trường THCS Hoa Ban | trung học cơ sở | Phường Hoa Ban | H99.20.4
thpt-hoa-ban | Trường THPT Hoa Ban | trung học phổ thông cấp ba | Phường Hoa Ban | H99.20.5
mn-hoa-sua | Trường Mầm non Hoa Sữa | nhà trẻ mẫu giáo | Xã Mường Đán | H99.25.1
mn-hoa-hong | Trường Mầm non Hoa Hồng | nhà trẻ mẫu giáo | Xã Mường Ban | H99.24.1
dtnt | Trường PTDTNT tỉnh Hoa Ban | phổ thông dân tộc nội trú | Phường Hoa Ban | H99.20.9
gdtx | Trung tâm GDNN-GDTX Mường Ban | giáo dục thường xuyên bổ túc | Xã Mường Ban | H99.24.7
thpt-muong-ban | Trường THPT Mường Ban | trung học phổ thông cấp ba | Xã Mường Ban | H99.24.5
"""
_PAGES = """
lien-he | Liên hệ Sở Giáo dục và Đào tạo | địa chỉ, số điện thoại, đường dây nóng, hotline | Văn phòng Sở, phường Hoa Ban. |
gioi-thieu | Giới thiệu cổng dịch vụ giáo dục | về chúng tôi | Cổng do Sở Giáo dục và Đào tạo vận hành. |
quyen-rieng-tu | Bảo vệ dữ liệu cá nhân | quyền riêng tư, cookie | Chúng tôi chỉ giữ dữ liệu cần cho hồ sơ. |
"""
_ENGLISH = """
en-transfer | School transfer for primary pupils | change school, move | For pupils who move to another place. | 2.002854
en-record | Copy of a study record | school report, transcript | A signed copy of the study record. | H99-BSHB
"""


class Corpus:
    """A source of what stands above."""

    name = "corpus"

    def __init__(self) -> None:
        """Read the tables."""
        self.told = {
            Kind.PROCEDURE: _PROCEDURES,
            Kind.QUESTION: _QUESTIONS,
            Kind.GUIDANCE: _GUIDANCE,
            Kind.NEWS: _NEWS,
            Kind.DOCUMENT: _DOCUMENTS,
            Kind.SCHOOL: _SCHOOLS,
            Kind.PAGE: _PAGES,
        }

    def entries(self) -> Iterable[Entry]:
        """Give everything."""
        for kind, table in self.told.items():
            yield from _rows(kind, table, "" if kind is Kind.SCHOOL else "vi")
        yield from _rows(Kind.PROCEDURE, _ENGLISH, "en")

    def entry(self, key: str) -> Iterable[Entry]:
        """Give one."""
        return [entry for entry in self.entries() if entry.key == key]

    def lines(self, keys: Collection[str], language: str) -> Mapping[str, str]:
        """Say nothing: facts are other tests' matter."""
        return dict.fromkeys(keys, language[:0])


def _rows(kind: Kind, table: str, language: str) -> Iterable[Entry]:
    for line in table.strip().splitlines():
        key, title, keywords, body, code = (part.strip() for part in line.split("|"))
        yield Entry(
            key=key,
            kind=kind,
            title=title,
            url=f"/{key}/",
            language=language,
            keywords=keywords,
            body=body,
            codes=(code,) if code else (),
        )


SYNONYMS = {
    "THPT": "trung học phổ thông, cấp ba, cấp 3",
    "THCS": "trung học cơ sở, cấp hai, cấp 2",
    "TH": "tiểu học, cấp một, cấp 1",
    "MN": "mầm non",
    "GVCN": "giáo viên chủ nhiệm",
    "BHYT": "bảo hiểm y tế",
    "PTDTNT": "phổ thông dân tộc nội trú, dân tộc nội trú",
    "GDTX": "giáo dục thường xuyên, bổ túc",
    "HSG": "học sinh giỏi",
    "SGD": "sở giáo dục",
    "CCCD": "căn cước",
    "CMND": "căn cước",
    "TS": "tuyển sinh",
    "HB": "học bạ",
}
