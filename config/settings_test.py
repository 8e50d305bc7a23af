"""Settings for tests: as in production, but nothing is written outside temporary folders."""

import atexit
import shutil
import tempfile
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import DATA_ROOT, DATABASES, STORAGES

_FOLDER = Path(tempfile.mkdtemp(prefix="budget-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
MEDIA_ROOT = _FOLDER / "media"
DOWNLOADS_ROOT = _FOLDER / "downloads"
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
PAGE_CACHE_ENTRIES = 0
DATA_VERSION_SECONDS = 0.0
if "EMBEDDED_FOLDER" in DATABASES["default"]:  # a server apart from that of `make run`
    DATABASES["default"] |= {"EMBEDDED_FOLDER": DATA_ROOT / "tests", "EMBEDDED_DURABLE": False}
