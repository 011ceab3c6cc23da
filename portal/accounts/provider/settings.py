"""The sample provider's own settings: its own file, its own cookies, nothing of the portal's database."""

import base64
import hashlib
import hmac

from django.utils.csp import CSP

from portal.accounts.provider.signing_key import load_or_create
from portal.settings import env, keys
from portal.settings.parts.language import LANGUAGE_CODE, LANGUAGES, TIME_ZONE, USE_I18N, USE_TZ
from portal.settings.parts.logs import LOGGING
from portal.settings.parts.places import DATA_DIR, PROVIDER_PORT, PUBLIC_URL

__all__ = ["LANGUAGES", "LANGUAGE_CODE", "LOGGING", "TIME_ZONE", "USE_I18N", "USE_TZ"]

if not env.flag("DEMO", default=True):
    raise env.MissingSettingError(
        "The sample provider runs in the demo only; set OIDC_ISSUER to the real one."
    )

IS_SAMPLE_PROVIDER = True
_KEYS = keys.load_or_create(DATA_DIR / "keys" / "keys.json")


def _derived(purpose: str) -> bytes:
    """Give 32 bytes of its own, so that the provider's data open with none of the portal's keys."""
    return hmac.new(_KEYS.secret_key.encode(), purpose.encode(), hashlib.sha256).digest()


SECRET_KEY = _derived("provider-secret").hex()
FIELD_KEYS = [base64.urlsafe_b64encode(_derived("provider-fields")).decode()]
BLIND_INDEX_KEY = _derived("provider-index").hex()

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ISSUER = env.text("OIDC_ISSUER", f"http://127.0.0.1:{PROVIDER_PORT}").rstrip("/")
CLIENT_ID = env.text("OIDC_CLIENT_ID", "cong-dich-vu-giao-duc")
CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", _KEYS.oidc_client_secret)
CLIENT_ADDRESS = PUBLIC_URL

INSTALLED_APPS = [
    "portal.accounts.provider",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "portal.accounts.provider.urls"
WSGI_APPLICATION = "portal.accounts.provider.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "provider.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    },
}
# authorization codes live here for a minute
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "provider-cache",
    },
}

AUTH_USER_MODEL = "provider.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]

# cookies ignore ports, and the portal may live on the same host
SESSION_COOKIE_NAME = "vneid_mau_phien"
CSRF_COOKIE_NAME = "vneid_mau_csrf"
SESSION_COOKIE_AGE = 5 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    # the answer to the sign-in form leads on to the portal, which browsers count as the form's action
    "form-action": [CSP.SELF, PUBLIC_URL],
}

IDP_OIDC_ADAPTER = "portal.accounts.provider.adapter.SampleAdapter"
IDP_OIDC_PRIVATE_KEY = load_or_create(DATA_DIR / "keys" / "provider.pem")
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]
