from django.utils.translation import gettext_lazy as _

from jobgate.core.errors import ApiError


class UploadIncomplete(ApiError):
    """Also a part of every answer to `submit`: the page sends the rest and asks again."""

    code = "upload_incomplete"
    status = 409
    message = _("The recording has not arrived completely yet.")


class TokenMissing(ApiError):
    code = "token_missing"
    status = 401
    message = _("This upload needs a permission.")


class TokenInvalid(ApiError):
    code = "token_invalid"
    status = 401
    message = _("This permission to upload is not valid.")


class TokenExpired(ApiError):
    code = "token_expired"
    status = 401
    message = _("This permission to upload has expired. Ask for a new one.")


class TokenRevoked(ApiError):
    code = "token_revoked"
    status = 403
    message = _("This permission to upload was replaced by a newer one.")


class UploadUnknown(ApiError):
    code = "upload_unknown"
    status = 404
    message = _("There is no such upload.")


class UploadExpired(ApiError):
    code = "upload_expired"
    status = 410
    message = _("This upload was not finished in time and is closed.")


class UploadComplete(ApiError):
    code = "upload_complete"
    status = 409
    message = _("This recording is complete: nothing can be added to it.")


class WrongOffset(ApiError):
    code = "wrong_offset"
    status = 409
    message = _("The upload goes on at another place than this piece.")


class TakenOver(ApiError):
    code = "taken_over"
    status = 409
    message = _("Another connection goes on with this upload.")


class UploadBusy(ApiError):
    code = "upload_busy"
    status = 423
    message = _("Another connection holds this upload. Try again.")


class TooLarge(ApiError):
    code = "too_large"
    status = 413
    message = _("The recording is larger than the limit.")


class DocumentTooLarge(ApiError):
    code = "document_too_large"
    status = 413
    message = _("This file is larger than 10 MB.")


class DocumentRefused(ApiError):
    code = "document_refused"
    status = 415
    message = _("Send a PDF, Word or OpenDocument text, a JPEG or PNG picture, or plain text.")


class WrongContentType(ApiError):
    code = "wrong_content_type"
    status = 415
    message = _(
        "Send pieces as application/offset+octet-stream, or a whole file as multipart/form-data."
    )


class WrongVersion(ApiError):
    code = "wrong_tus_version"
    status = 412
    message = _("This server speaks version 1.0.0 of the tus protocol.")


class BadHeader(ApiError):
    code = "bad_header"
    status = 400
    message = _("The header %(header)s is missing or malformed.")


class BadForm(ApiError):
    code = "bad_form"
    status = 400
    message = _("Send a complete form that holds one file.")


class OtherBytes(ApiError):
    code = "other_bytes"
    status = 409
    message = _("This upload already holds another recording.")


class ChecksumMismatch(ApiError):
    code = "checksum_mismatch"
    status = 460
    message = _("This piece changed on its way. Send it again.")


class DiskFull(ApiError):
    code = "disk_full"
    status = 507
    message = _("The server has no room left. What arrived is kept; try again later.")


class StorageUnavailable(ApiError):
    """The bucket, or the database that keeps its uploads, does not answer."""

    code = "storage_unavailable"
    status = 503
    message = _("The storage does not answer. What was confirmed is kept; try again in a moment.")
    retry_after = 5


class MethodNotAllowed(ApiError):
    code = "method_not_allowed"
    status = 405
    message = _("This method is not allowed here.")


class GrantRefused(ApiError):
    """A grant that is missing, wrong, old or withdrawn, and a recording that is not there."""

    code = "not_found"
    status = 404
    message = _("This recording does not exist, or you may not see it.")


class RangeNotSatisfiable(ApiError):
    code = "range_not_satisfiable"
    status = 416
    message = _("The file does not have this part.")
