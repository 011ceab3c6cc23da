"""What the made-up province's editors wrote: plain data. Facts stand as references, never as figures."""

from __future__ import annotations

from typing import NamedTuple


class Story(NamedTuple):
    """A piece of news: days before today, category, subject of its picture, what the picture shows."""

    slug: str
    title: str
    days_ago: int
    category: str
    subject: str
    shows: str
    lead: str
    paragraphs: tuple[str, ...]


CATEGORIES = (
    ("tuyen-sinh", "Tuyển sinh", "Admissions"),
    ("nha-truong", "Nhà trường", "Schools"),
    ("chinh-sach", "Chính sách", "Policy"),
    ("chuyen-doi-so", "Chuyển đổi số", "Digital services"),
)

STORIES = (
    Story("chuyen-truong-truc-tuyen", "Chuyển trường: nộp hồ sơ tại nhà, trường trả lời trong một tuần", 1,
          "chuyen-doi-so", "school", "Ngôi trường mái đỏ dưới chân đồi",
          "Từ tháng này cha mẹ nộp hồ sơ chuyển trường trên cổng; trường nơi đến trả lời trong [days:2.002854].",
          ("Trước đây cha mẹ phải đi lại giữa hai trường để xin giấy. Nay hai trường trao đổi với nhau trên cổng.",
           "Lệ phí: [fee:2.002854]. Người nộp theo dõi hồ sơ bằng mã, không cần gọi điện hỏi.")),
    Story("hoc-ba-so-lop-mot", "Học bạ số cho học sinh lớp 1 ở 20 trường", 3, "chuyen-doi-so", "book",
          "Quyển vở mở trên nền đồi",
          "Hai mươi trường tiểu học dùng học bạ số thay học bạ giấy, được ký số và lưu ở cơ sở dữ liệu ngành.",
          ("Học bạ số không thất lạc khi chuyển trường. Cha mẹ xem được trên cổng sau khi đăng nhập.",
           "Trường nào chưa dùng học bạ số vẫn cấp bản sao như trước; lệ phí [fee:H99-BSHB].")),
    Story("cau-treo-huoi-may", "Cầu treo mới, đường đến trường Huổi Mây ngắn đi nửa giờ", 5, "nha-truong", "bridge",
          "Cầu treo bắc qua suối", "Bốn mươi mét cầu treo nối bản Huổi Mây với điểm trường, học sinh không còn lội suối.",
          ("Cầu do người dân trong bản và đoàn viên thanh niên góp công dựng trong hai tháng.",
           "Mùa mưa tới, gần bảy mươi học sinh đi học qua cầu này.")),
    Story("xe-thu-vien", "Hai xe thư viện chở sách lên vùng cao", 8, "nha-truong", "bus", "Xe buýt vàng chở sách",
          "Ba nghìn cuốn sách đến mười hai điểm trường xa nhất trong học kỳ này.",
          ("Mỗi điểm trường được mượn sách trong hai tuần. Sách tranh cho trẻ mẫu giáo được mượn nhiều nhất.",
           "Trường muốn đón xe đăng ký với phòng chuyên môn của Sở.")),
    Story("lich-tuyen-sinh", "Lịch tuyển sinh đầu cấp năm học tới", 10, "tuyen-sinh", "flower", "Cành hoa ban nở trắng",
          "Cổng nhận đăng ký vào lớp 1 và lớp 6 [date:tuyen-sinh/dang-ky].",
          ("Trong thời gian mở, nộp sớm hay muộn như nhau. Trường xét theo tuyến, không theo thứ tự nộp.",
           "Kết quả công bố [date:tuyen-sinh/ket-qua].")),
    Story("mua-hoa-ban", "Tuần lễ đọc sách mùa hoa ban", 14, "nha-truong", "flower", "Hoa ban bên sườn đồi",
          "Học sinh các trường nội trú đọc, kể và vẽ lại những truyện cổ của bản mình.",
          ("Sáu mươi truyện được ghi lại bằng tiếng Thái, tiếng Mông và tiếng Việt.",
           "Tập truyện sẽ có ở thư viện các trường từ học kỳ sau.")),
    Story("bua-an-ban-tru", "Bữa ăn bán trú: cha mẹ cùng kiểm tra bếp", 18, "nha-truong", "school",
          "Sân trường buổi trưa", "Mỗi tuần một ngày, cha mẹ học sinh cùng nhà trường nhận và kiểm tra thực phẩm.",
          ("Sổ nhận thực phẩm được treo ở cửa bếp, ai cũng xem được.",)),
    Story("nghi-ret", "Khi trời rét: trường nào cho nghỉ, báo cho cha mẹ thế nào", 21, "chinh-sach", "school",
          "Trường trong sương", "Hiệu trưởng quyết định cho nghỉ theo bản tin thời tiết buổi sáng và nhắn tin cho cha mẹ.",
          ("Học sinh đã đến trường được đón vào lớp và sưởi ấm cho tới khi cha mẹ đến.",)),
    Story("day-them", "Dạy thêm, học thêm: điều cha mẹ cần biết", 25, "chinh-sach", "book", "Trang vở và cây bút",
          "Không dạy thêm cho học sinh tiểu học, trừ nghệ thuật, thể thao và kỹ năng sống.",
          ("Lớp dạy thêm ngoài nhà trường phải công khai môn học, địa điểm và mức thu.",)),
    Story("ve-nuoc-hoc-tiep", "Từ nước ngoài về, cháu học tiếp ở đâu?", 30, "chinh-sach", "bus", "Xe buýt trên đường đồi",
          "Học sinh về nước được nhận vào lớp phù hợp với tuổi và kết quả học ở nước ngoài.",
          ("Giấy tờ bằng tiếng nước ngoài cần bản dịch có công chứng. Trường nơi ở giúp cha mẹ từng bước.",)),
)  # fmt: skip

GUIDES = (
    ("chuyen-truong-tung-buoc", "Chuyển trường cho con, từng bước",
     "Từ lúc chọn trường đến ngày con vào lớp mới.", "2.002854",
     (("Chọn trường nơi đến", "Xem trường gần nhà ở trang Tìm trường."),
      ("Nộp hồ sơ trên cổng", "Không cần xin giấy ở trường cũ."),
      ("Chờ trường trả lời", "Trong [days:2.002854] kể từ lúc tiếp nhận."),
      ("Đưa con đến lớp", "Học bạ được chuyển giữa hai trường."))),
    ("xin-ban-sao-hoc-ba", "Xin bản sao học bạ", "Khi cần nộp học bạ ở nơi khác mà bản chính ở trường.", "H99-BSHB",
     (("Chọn cháu và trường giữ học bạ", ""), ("Trả lệ phí", "[fee:H99-BSHB] mỗi bản."),
      ("Nhận bản sao có chữ ký", "Trong [days:H99-BSHB]."))),
    ("dang-nhap-vneid", "Đăng nhập bằng VNeID", "Một tài khoản cho mọi việc trên cổng.", "",
     (("Mở trang đăng nhập", ""), ("Quét mã bằng ứng dụng VNeID", "Cần tài khoản mức 2."),
      ("Đồng ý cho cổng biết họ tên và số định danh", ""))),
    ("chup-giay-to", "Chụp giấy tờ bằng điện thoại cho rõ", "Ảnh rõ thì trường không phải hỏi lại.", "",
     (("Đặt giấy trên nền tối", ""), ("Chụp thẳng từ trên xuống", "Đủ bốn góc, không bóng tay."),
      ("Xem lại ảnh trước khi gửi", "Đọc được chữ nhỏ nhất là được."))),
    ("hoc-lai", "Đã nghỉ học, nay muốn học lại", "Học sinh đã thôi học được xin học lại.", "2.002857",
     (("Chọn trường muốn học", ""), ("Nộp đơn trên cổng", "Lệ phí: [fee:2.002857]."),
      ("Trường kiểm tra và xếp lớp", "Trong [days:2.002857]."))),
    ("theo-doi-ho-so", "Theo dõi hồ sơ đã nộp", "Biết hồ sơ đến đâu mà không phải gọi điện.", "",
     (("Mở trang Hồ sơ của tôi", "Hoặc tra cứu bằng mã và số điện thoại."),
      ("Đọc câu nói ai đang làm gì", ""), ("Bổ sung nếu được yêu cầu", "Thời hạn tạm dừng trong lúc chờ."))),
)  # fmt: skip

QUESTIONS = (
    ("hoi-dap-chuyen-truong", "Hỏi đáp: chuyển trường", "Những điều cha mẹ hay hỏi khi chuyển trường cho con.", (
        ("Chuyển trường giữa năm học có được không?", "Được. Nơi đến còn chỗ thì trường nhận, trả lời trong [days:2.002854].",
         ("đang học kỳ 1 chuyển trường được không", "giữa kỳ có chuyển được không")),
        ("Chuyển trường mất bao nhiêu tiền?", "Lệ phí: [fee:2.002854].",
         ("chuyen truong het bao nhieu", "lệ phí chuyển trường", "có mất phí không")),
        ("Có cần mang học bạ giấy đến trường mới không?", "Không. Hai trường chuyển học bạ cho nhau.",
         ("mang theo học bạ", "học bạ khi chuyển trường")),
        ("Trường nơi đến không nhận thì sao?", "Trường phải nói rõ lý do trên cổng; anh/chị chọn trường khác và nộp lại, không mất thêm lệ phí.",
         ("bị từ chối chuyển trường", "trường không nhận con tôi")))),
    ("hoi-dap-tai-khoan", "Hỏi đáp: tài khoản và hồ sơ", "Đăng nhập, con cái trong tài khoản, giấy tờ.", (
        ("Chưa có tài khoản VNeID thì nộp bằng cách nào?", "Anh/chị đến bộ phận một cửa của xã, phường hoặc trường; cán bộ nhập hồ sơ giúp.",
         ("không có vneid", "không có điện thoại thông minh")),
        ("Vì sao tôi chưa thấy con trong tài khoản?", "Quan hệ cha mẹ và con được xác nhận bằng dữ liệu ngành hoặc giấy khai sinh. Xác nhận xong thì con hiện ra.",
         ("không thấy con", "thêm con vào tài khoản")),
        ("Ảnh giấy tờ bị mờ có sao không?", "Vẫn nộp được, nhưng nên chụp lại nơi đủ sáng để trường không phải hỏi lại.",
         ("ảnh mờ", "chụp không rõ")),
        ("Ông bà nộp hồ sơ thay cha mẹ được không?", "Người giám hộ nộp được sau khi quan hệ được xác nhận.",
         ("nộp thay", "ủy quyền cho ông bà")))),
    ("hoi-dap-tuyen-sinh", "Hỏi đáp: tuyển sinh đầu cấp", "Tuyến, tuổi, ngày đăng ký.", (
        ("Khi nào đăng ký vào lớp 1?", "Cổng nhận đăng ký [date:tuyen-sinh/dang-ky].", ("bao giờ đăng ký lớp 1", "lịch vào lớp một")),
        ("Chỉ có tạm trú thì con học trường nào?", "Nơi ở hiện tại tính như thường trú khi xét tuyến.", ("tạm trú", "chưa có hộ khẩu")),
        ("Con có được học trái tuyến không?", "Trường còn chỗ thì nhận sau khi đã nhận hết trẻ trong tuyến.", ("trái tuyến", "học ngoài tuyến")))),
)  # fmt: skip

DOCUMENTS = (
    ("dieu-le-truong-tieu-hoc", "Điều lệ trường tiểu học", "28/2020/TT-BGDĐT", "Bộ Giáo dục và Đào tạo", (2020, 9, 4),
     "Quy định tổ chức trường tiểu học, trong đó có chuyển trường của học sinh."),
    ("tham-quyen-chinh-quyen-hai-cap", "Thẩm quyền của chính quyền hai cấp trong giáo dục", "142/2025/NĐ-CP", "Chính phủ",
     (2025, 6, 12), "Phân quyền, phân cấp trong lĩnh vực giáo dục khi không còn cấp huyện."),
    ("day-them-hoc-them", "Quy định về dạy thêm, học thêm", "29/2024/TT-BGDĐT", "Bộ Giáo dục và Đào tạo", (2024, 12, 30),
     "Các trường hợp không dạy thêm và nghĩa vụ công khai của nơi dạy thêm."),
    ("mot-cua", "Thực hiện thủ tục hành chính theo cơ chế một cửa", "118/2025/NĐ-CP", "Chính phủ", (2025, 6, 9),
     "Tiếp nhận, giải quyết và trả kết quả thủ tục hành chính."),
)  # fmt: skip

PAGES = (
    ("gioi-thieu", "Giới thiệu cổng", "Một nơi cho mọi việc giáo dục của tỉnh.",
     ("Cổng do Sở Giáo dục và Đào tạo tỉnh Hoa Ban vận hành. Đây là tỉnh mẫu, không có thật.",
      "Trên cổng anh/chị nộp hồ sơ, trả lệ phí, theo dõi và nhận kết quả, không phải đến cơ quan.")),
    ("bao-ve-du-lieu", "Bảo vệ dữ liệu cá nhân", "Chúng tôi giữ gì, giữ bao lâu, ai được xem.",
     ("Cổng chỉ giữ dữ liệu cần cho hồ sơ. Mỗi lần cán bộ xem hồ sơ của anh/chị đều được ghi lại, anh/chị xem được.",
      "Từ anh/chị tìm kiếm không gắn với tên hay địa chỉ máy của anh/chị.")),
    ("tro-nang", "Dùng cổng dễ hơn", "Bàn phím, chữ to, trình đọc màn hình, máy cũ.",
     ("Mọi trang dùng được bằng bàn phím, phóng to 200% và không cần script.",
      "Gặp trang khó dùng, xin gọi đường dây hỗ trợ ở cuối trang.")),
)  # fmt: skip

SYNONYMS = (
    ("THPT", "trung học phổ thông, cấp ba, cấp 3"), ("THCS", "trung học cơ sở, cấp hai, cấp 2"),
    ("TH", "tiểu học, cấp một, cấp 1"), ("MN", "mầm non"), ("GVCN", "giáo viên chủ nhiệm"),
    ("BHYT", "bảo hiểm y tế"), ("PTDTNT", "phổ thông dân tộc nội trú, dân tộc nội trú"),
    ("GDTX", "giáo dục thường xuyên, bổ túc"), ("HSG", "học sinh giỏi"), ("CCCD", "căn cước"), ("HB", "học bạ"),
)  # fmt: skip
