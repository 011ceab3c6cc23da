"""Where code and data lie."""

from pathlib import Path

from portal.settings import env

PROJECT_DIR = Path(__file__).resolve().parents[2]
BASE_DIR = PROJECT_DIR.parent
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
PORT = env.number("PORT", 8000)
PUBLIC_URL = env.text("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
INNER_PORT = env.number("INNER_PORT", PORT + 1)
PROVIDER_PORT = env.number("PROVIDER_PORT", PORT + 2)

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # never below MEDIA_ROOT: nothing in here has an address of its own
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private", "base_url": None},
    },
}

# papers: a virus scanner's address, "host:port" or "/run/clamd.sock"; none by default
CLAMAV_ADDRESS = env.text("CLAMAV_ADDRESS", "")
# a form may send more files at once than we take: the page then says so, file by file
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
# organisations' seals (PKCS#12); without a password of the site's own each has one derived from the keys
SEALS_DIR = env.folder("SEALS_DIR", DATA_DIR / "keys" / "seals")
SEAL_PASSWORD = env.text("SEAL_PASSWORD", "")
# keys that sign credentials of diplomas (JWK, one file each), outside the database
DIPLOMA_KEYS_DIR = env.folder("DIPLOMA_KEYS_DIR", DATA_DIR / "keys" / "diplomas")
