"""Why a step was not taken: each an answer to a person, in one sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intake.models import Upload


class Refused(Exception):
    """The step does not fit where the upload stands."""


class RefusedUpload(Refused):
    """The file cannot be received."""


class AlreadyReceived(Refused):
    """The same content was received before."""

    def __init__(self, upload: Upload) -> None:
        super().__init__(
            _("“%(name)s”的内容已在 %(day)s 收到过（%(status)s），没有重复收下。")
            % {
                "name": upload.document.filename,
                "day": upload.uploaded_at.date().isoformat(),
                "status": upload.get_status_display(),
            }
        )
        self.upload = upload
