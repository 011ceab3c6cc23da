"""Headers, cookies, sign-in and passwords."""

from django.utils.csp import CSP

from portal.settings import env
from portal.settings.parts.places import PROVIDER_PORT, PUBLIC_URL

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("accelerometer", "geolocation", "gyroscope", "microphone", "payment", "usb")
}

# No inline script or style anywhere on the portal, so neither hashes nor nonces are needed.
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
    "img-src": [CSP.SELF],
}

# Wagtail's editor writes scripts and styles into its pages; nobody but signed-in editors gets there.
ADMIN_CSP: dict[str, list[str]] = {
    **SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    # the preview of a page stands in a frame of the editor
    "frame-ancestors": [CSP.SELF],
}

# Citizens sign in at a provider that plays VNeID; everything about it is a setting.
OIDC_ISSUER = env.text("OIDC_ISSUER", f"http://127.0.0.1:{PROVIDER_PORT}")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "cong-dich-vu-giao-duc")

# Sign-in is ours alone (portal/accounts): Wagtail's own form knows no second factor.
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/ho-so/"
OFFICER_REDIRECT_URL = "/ban-lam-viec/"
WAGTAILADMIN_LOGIN_URL = "accounts:officer_sign_in"
WAGTAIL_FRONTEND_LOGIN_URL = "accounts:sign_in"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
MFA_ADAPTER = "portal.accounts.sealing.EncryptingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Cổng Dịch vụ Giáo dục"
MFA_TOTP_TOLERANCE = 1  # a clock half a minute off is common on old phones

AXES_LOCKOUT_CALLABLE = "portal.accounts.views.officers.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_ON_SUCCESS = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_SENSITIVE_PARAMETERS = ["password", "code"]
AXES_VERBOSE = False
