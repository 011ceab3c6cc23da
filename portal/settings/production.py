"""PostgreSQL, Redis, SMTP. Refuses to start without its secrets."""

import environ

from portal.settings import assistant, env, mail
from portal.settings.base import *
from portal.settings.base import PUBLIC_URL, VNPAY_SECRETS

SECRET_KEY = env.text("SECRET_KEY")
KEYS_FILE = None  # keys come from the environment
FIELD_KEYS = env.listing("FIELD_KEYS") or [env.text("FIELD_KEYS")]
BLIND_INDEX_KEY = env.text("BLIND_INDEX_KEY")
INNER_TOKEN = env.text("INNER_TOKEN")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
RASA_TOKEN = env.text("RASA_TOKEN", "") or assistant.rasa_token(SECRET_KEY)

DEBUG = False
DEMO = env.flag("DEMO", default=False)
DATABASES = {
    "default": {
        **environ.Env.db_url_config(env.text("DATABASE_URL")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    },
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.text("REDIS_URL"),
    },
}
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", env.text("REDIS_URL"))
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 10}

MAILERS = mail.mailers(env.text("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")

if PUBLIC_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

if VNPAY_SECRETS:  # real money never goes to the sandbox because an address was forgotten
    VNPAY_PAYMENT_URL = env.text("VNPAY_PAYMENT_URL")
    VNPAY_MERCHANT_URL = env.text("VNPAY_MERCHANT_URL")
    VNPAY_OWN_IP = env.text("VNPAY_OWN_IP")
