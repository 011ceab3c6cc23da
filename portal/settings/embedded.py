"""The default profile: one machine, no server beside ours. SQLite, files, mail on the console."""

from urllib.parse import quote

from portal.settings import assistant, banking, env, keys, mail
from portal.settings.base import *
from portal.settings.base import ALLOWED_HOSTS, BANK_PORT, DATA_DIR, DEMO

KEYS_FILE = DATA_DIR / "keys" / "keys.json"
KEYS = keys.load_or_create(KEYS_FILE)
SECRET_KEY = KEYS.secret_key
FIELD_KEYS = KEYS.readable
BLIND_INDEX_KEY = KEYS.blind_index_key
INNER_TOKEN = KEYS.inner_token
OIDC_CLIENT_SECRET = KEYS.oidc_client_secret
RASA_TOKEN = env.text("RASA_TOKEN", "") or assistant.rasa_token(SECRET_KEY)

DEBUG = False
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "portal.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    },
}
if env.text("DATABASE_URL", ""):  # the same profile on PostgreSQL
    DATABASES = {"default": {**env.database("DATABASE_URL"), "CONN_MAX_AGE": 60}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", f"embedded://{quote(str(DATA_DIR / 'broker.sqlite3'))}")
MAILERS = mail.mailers(env.text("EMAIL_URL", "consolemail://"))
DEFAULT_FROM_EMAIL = "Cổng Dịch vụ Giáo dục <khong-tra-loi@hoaban.example>"

if DEMO and not env.text("VNPAY_PAYMENT_URL", ""):  # the sandbox bank that ./run starts beside the portal
    _BANK = f"http://127.0.0.1:{BANK_PORT}"
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, *({"127.0.0.1"} - {*ALLOWED_HOSTS})]  # the bank calls us there
    # the citizen's browser goes there too, perhaps by another name
    VNPAY_PAYMENT_URL = f"{env.text('BANK_URL', _BANK).rstrip('/')}/paymentv2/vpcpay.html"
    VNPAY_MERCHANT_URL = f"{_BANK}/merchant_webapi/api/transaction"
    VNPAY_BANK_LIST_URL = f"{_BANK}/qrpayauth/api/merchant/get_bank_list"
    VNPAY_SETTLEMENT_URL = f"{_BANK}/settlement/{{terminal}}/{{day}}.csv"
    VNPAY_SECRETS = {code: banking.sandbox_secret(SECRET_KEY, code) for code in banking.SANDBOX_TERMINALS}
