"""Templates, Wagtail and what the pages of the demo say of themselves."""

from django.contrib.messages import constants as messages

from portal.settings import env
from portal.settings.parts.places import PROJECT_DIR, PUBLIC_URL

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.common.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "portal.common.templatetags.look",
                "portal.common.templatetags.wording",
            ],
        },
    },
]
MESSAGE_TAGS = {messages.ERROR: "danger"}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

WAGTAIL_SITE_NAME = "Cổng Dịch vụ Giáo dục"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "cms/password_required.html"  # noqa: S105 - a template's name
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "cms/password_required.html"  # noqa: S105 - a template's name
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# "default" serves editors and is kept whatever happens; SEARCH_ENGINE answers visitors (see portal/search)
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "portal.search.engines.database"}
}
SEARCH_ENGINE = "default"
ELASTICSEARCH_URL = env.text("ELASTICSEARCH_URL", "")
if ELASTICSEARCH_URL:
    SEARCH_ENGINE = "elasticsearch"
    WAGTAILSEARCH_BACKENDS["elasticsearch"] = {
        "BACKEND": "portal.search.engines.elasticsearch",
        "URLS": ELASTICSEARCH_URL.split(","),
        "INDEX_PREFIX": env.text("ELASTICSEARCH_PREFIX", "portal_"),
        "TIMEOUT": 3,
        "OPTIONS": {"max_retries": 0},
        # our own rows say what the engine has not taken; Wagtail's signals would swallow the error
        "AUTO_UPDATE": False,
    }
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# files of pupils that an officer sends; 200,000 rows take some 15 MB, and nothing over 30 is ever read
PUPIL_IMPORT_MAX_BYTES = env.number("PUPIL_IMPORT_MAX_MB", 30) * 2**20
# rows that are written while somebody waits: about a second for 5,000
PUPIL_EXPORT_MAX_ROWS = env.number("PUPIL_EXPORT_MAX_ROWS", 20_000)

# True for the made-up province: a strip on every page says that nothing here is real.
DEMO = env.flag("DEMO", default=True)
PROVINCE = env.text("PROVINCE", "Hoa Ban")
HOTLINE = env.text("HOTLINE", "1900 0099")
CHILD_HOTLINE = env.text("CHILD_HOTLINE", "111")  # the national line for protecting children
