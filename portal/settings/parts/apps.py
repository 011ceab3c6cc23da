"""What is installed and in which order requests pass through it."""

from portal.settings import env

INSTALLED_APPS = [
    "cms",
    "admissions",
    "portal.api",
    "portal.desk",
    "portal.home",
    "portal.diplomas",
    "portal.assistant",
    "portal.transfers",
    "portal.charges",
    "portal.procedures",
    "payments",
    "portal.documents",
    "portal.notifications",
    "portal.search",
    "portal.accounts",
    "portal.pupils",
    "portal.organisations",
    "portal.outbox",
    "portal.demo",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "rules.apps.AutodiscoverRulesConfig",
    "django_htmx",
    "django_structlog",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    # Wagtail's search needs it on PostgreSQL; elsewhere its driver need not even be installed
    *(["django.contrib.postgres"] if env.text("DATABASE_URL", "").startswith("postgres") else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    # before sessions: what is kept says nothing personal, and headers above are made for every answer
    "cms.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # axes comes last, so that it sees the answer of every sign-in
    "axes.middleware.AxesMiddleware",
]

# "web" serves people; "inner" is the second web process, which only our own parts call
PORTAL_PROCESS = "inner" if env.text("PORTAL_PROCESS", "web") == "inner" else "web"
ROOT_URLCONF = "portal.inner_urls" if PORTAL_PROCESS == "inner" else "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
