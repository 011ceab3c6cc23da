"""Signed vectors: from public tests of other implementations, and from npm vnpay 2.5.0 with a dummy secret."""

SECRET = "FAKESECRETFORTESTS0123456789ABCD"
TERMINAL = "SOGDTEST"

_PAY = (
    "vnp_Command=pay&vnp_CreateDate=20261122080000&vnp_CurrCode=VND&vnp_ExpireDate=20261122081500"
    "&vnp_IpAddr={ip}&vnp_Locale=vn&vnp_OrderInfo={info}&vnp_OrderType=other&vnp_ReturnUrl={url}"
    "&vnp_TmnCode=SOGDTEST&vnp_TxnRef={ref}&vnp_Version=2.1.0"
)
_SHORT_URL = "https%3A%2F%2Fdvc.example.vn%2Fr"
_LONG_URL = "https%3A%2F%2Fdvc.example.vn%2Fthanh-toan%2Fket-qua"
_DIPLOMA = "Nop+le+phi+cap+ban+sao+bang+tot+nghiep+THPT+ho+so+000.00.05.H38-261122-0001"


def _pay(amount: str, info: str, url: str, ref: str, *, ip: str = "203.0.113.10") -> str:
    return f"vnp_Amount={amount}&" + _PAY.format(ip=ip, info=info, url=url, ref=ref)


_RETURNED = (
    "vnp_Amount=1000000&vnp_BankCode=NCB&vnp_BankTranNo=VNP14422574&vnp_CardType=ATM"
    "&vnp_OrderInfo=Thanh+toan+don+hang+2024-05-21T02%3A17%3A31.249Z&vnp_PayDate=20240521091806"
    "&vnp_ResponseCode={code}&vnp_TmnCode=TEST_TMN_CODE&vnp_TransactionNo=14422574"
    "&vnp_TransactionStatus=00&vnp_TxnRef=1716257871703"
)

QUERIES: dict[str, tuple[str, str, str]] = {
    "T1": (
        "test_secret",
        _RETURNED.format(code="00"),
        "649982421beb422556a1374713c74e58e716ecbd05007c0c0e1f7effdfaf361dbf146889ca446139afe11b9954c4d5c486e99e3b86fcfab6957f29eb0be72895",
    ),
    "T2": (
        "test_secret",
        _RETURNED.format(code="99"),
        "503194f6d93b57b357b2d1d09742565e67e86d771352c5dca4fc8d39df3d392c6b3809add9405f97cfb9631f445e36c80656cfbf47eac67d97fa165865c13e1b",
    ),
    "T3": (
        "YOUR_SECURE_SECRET",
        "vnp_Amount=10000&vnp_OrderInfo=Payment+for+order+%231234567890&vnp_TnxRef=1234567890",
        "7bb8160a5d2085a85b3267817a40ee4f770a335282f19714726e6fc6f28a64c75a1e7e9c1aa96f3cbda5ce44095088fb4cb2af66c596d2f655b0b53966312089",
    ),
    "T5": (
        SECRET,
        (
            "vnp_Amount=10000000&vnp_BankCode=NCB&vnp_BankTranNo=VNP12345678&vnp_CardType=ATM"
            "&vnp_OrderInfo=Thanh+toan+vnpay+hoa+don+00001111&vnp_PayDate=20230328175935&vnp_ResponseCode=00"
            "&vnp_TmnCode=EOH00000&vnp_TransactionNo=12345678&vnp_TransactionStatus=00&vnp_TxnRef=00001111"
        ),
        "7bb2b2d812058b96ccf6f54fb6c2463a14c076c1f2e16f9429762c5c7caaed28842f8bdf65f67e42ec963933e7b0390aa8bee5ea326b68456607cbf88a115c1f",
    ),
    "1 ordinary fee": (
        SECRET,
        _pay("3000000", _DIPLOMA, _LONG_URL, "HS000001"),
        "c322b29487c025117e486d3b30a530f8d86f78396550702c1cb9625957e1aa797dc8f23064ef4550ed37a5b4594a5637a65856b0141ae4b0acf6e293d89816a1",
    ),
    "2 return address with a query": (
        SECRET,
        _pay("100", "x", f"{_SHORT_URL}%3Fa%3D1%26b%3D2", "A1"),
        "a77e6d32163a81e062ce6660a2cb129f30f4df2f28a8658d267536d61a1bc2b616c8489c6794fbc162cd1e932e4b28f74d9c078863de7427bcfbcc87d854cb8d",
    ),
    "3 bank code and punctuation": (
        SECRET,
        "vnp_Amount=1234567800&vnp_BankCode=VNPAYQR&"
        + _PAY.format(
            ip="203.0.113.10",
            info="Thu+hoc+phi+thang+11%2F2026%3A+lop+1A1%2C+truong+TH+Le+Loi.+So+tien+12%2C345%2C678+VND",
            url=_LONG_URL,
            ref="HP-2026-11-000123",
        ),
        "b3df20ef818e4adff664c7e203d5abda39823c0194c3e6f09faa75d227ef3f8ded246688428cef13e1cee18ebac28430427a4189eb88796d013961615d782fa8",
    ),
    "4 marks in UTF-8": (
        SECRET,
        _pay("5000000", "N%E1%BB%99p+l%E1%BB%87+ph%C3%AD+h%E1%BB%93+s%C6%A1", _SHORT_URL, "UTF8-1"),
        "dbeb9c2d87d9959a1f5f04caf9ea0c7a62e088f58d7058a86c91366d9e0ee7780e77274c2de50d9531724f0a5976b04b0c9044827bde9a6a22b988654165ed05",
    ),
    "5 characters on which encoders differ": (
        SECRET,
        _pay("5000000", "a%7Eb*c%21d%27e%28f%29g", _SHORT_URL, "SPEC-1"),
        "3850c64de0cb7dc96ad470c607742514f7f057084aff0a83a1190f9dc9d7c61145f356c115ab6f47f8a0ad42c1fe19316be46814882cf95923f662847ca25075",
    ),
    "6 IPv6": (
        SECRET,
        _pay("5000000", "ipv6", _SHORT_URL, "V6-1", ip="2001%3Adb8%3A%3A1"),
        "c67a99f99db98775ad73f2b7829d5110f15400e67c86c09d9c5bd4f9f5ff6b2506a37ef376bbc2062076841ab337ab268697eeeb4021d1b97b24ca35821316f5",
    ),
    "7 IPN success": (
        SECRET,
        (
            f"vnp_Amount=3000000&vnp_BankCode=NCB&vnp_BankTranNo=VNP14422574&vnp_CardType=ATM&vnp_OrderInfo={_DIPLOMA}"
            "&vnp_PayDate=20261122080312&vnp_ResponseCode=00&vnp_TmnCode=SOGDTEST&vnp_TransactionNo=14422574"
            "&vnp_TransactionStatus=00&vnp_TxnRef=HS000001"
        ),
        "2d7d5d7fbfd25f9b3ef65d7d2433b0af92205185198834fa0946ab2ba0e41cf766bd16f0e50eadfe9430bc9a2f2a2b5864abbf954e153f54a4926e01d1f91422",
    ),
    "8 IPN cancelled": (
        SECRET,
        (
            f"vnp_Amount=3000000&vnp_BankCode=VNPAY&vnp_CardType=QRCODE&vnp_OrderInfo={_DIPLOMA}"
            "&vnp_PayDate=20261122080312&vnp_ResponseCode=24&vnp_TmnCode=SOGDTEST&vnp_TransactionNo=0"
            "&vnp_TransactionStatus=02&vnp_TxnRef=HS000001"
        ),
        "d0a8dc0c945a4447acf2c459d26237992932c666c1c5b375cbe8ed0d6cf15b0483295df4fbd701abe4c08be8856a8220065133432b35bf2d1966578d06d24291",
    ),
}

PIPED: dict[str, tuple[str, str]] = {
    "9 querydr request": (
        "REQ0000000001|2.1.0|querydr|SOGDTEST|HS000001|20261122080000|20261122083000|203.0.113.5|Truy van GD HS000001",
        "8239fed29c91b5ba998f97f932676255b93df9c853caee8218419c14cf8500023490a548b10fe9056dfb3da6514cd51dd26e71e07c4fd39e5e1884262c7cfd74",
    ),
    "10 full refund": (
        (
            "REQ0000000002|2.1.0|refund|SOGDTEST|02|HS000001|3000000|14422574|20261122080000|canbo.kt|20261123090000"
            "|203.0.113.5|Hoan le phi ho so HS000001"
        ),
        "3c3a3999e7a06f103b9567e4f8ef8b88f9b0376697a81aeeb6357332831c6a901697cb7832b662ac30f582e76e51878fa2ecfed4c3143383add09208abf6879b",
    ),
    "11 partial refund": (
        (
            "REQ0000000003|2.1.0|refund|SOGDTEST|03|HS000001|1000000|0|20261122080000|canbo.kt|20261123090000"
            "|203.0.113.5|Hoan mot phan"
        ),
        "c7c333dcbd0e20771d8904a52f71ed876f4797a0f021f9fccb4edd98b99f3813ee5ce4484524badd00c2e881be4d6fe8904cf4300393d4d464ce0a96fd6a0823",
    ),
    "12 querydr answer": (
        (
            "RES0000000001|querydr|00|QueryDR Success|SOGDTEST|HS000001|3000000|NCB|20261122080312|14422574|01|00"
            "|Nop le phi||"
        ),
        "52a1398ce42f4bdfe40d27a2fce8bc76af3c467b60289360197b38066cf7c6efb19f0aa20e97e1db6ffabad53c3a28833ad5b876ee14113f18689d7512e16497",
    ),
    "13 refund answer": (
        (
            "RES0000000002|refund|00|Refund Success|SOGDTEST|HS000001|3000000|NCB|20261123090001|14422999|02|05"
            "|Hoan le phi ho so HS000001"
        ),
        "3984c2c0457be4ede3c1ed3f0bb267e3f7df6801ce04bd37f87328eb2a2c12f13d535cbac38ca5763b0a116ecc410a48d8ea2ba779992ffa856f7d69f4c1126f",
    ),
}
