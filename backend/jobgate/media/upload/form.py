"""Read the one file of a `multipart/form-data` body as it comes."""

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from jobgate.core.asgi import Scope, header
from jobgate.media.errors import BadForm

FORM = "multipart/form-data"
# What a form may hold beside its file: boundaries, headers, small fields.
MARGIN = 64 * 1024


class FormFile:
    """The file in a form. Takes the body's pieces, gives the file's; keeps none of them."""

    def __init__(self, boundary: bytes) -> None:
        self._files = 0
        self._ended = False
        self._in_file = False
        self._header = (b"", b"")
        self._found: list[bytes] = []
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_begin": self._begin_header,
                "on_header_field": self._read_name,
                "on_header_value": self._read_value,
                "on_header_end": self._end_header,
                "on_part_data": self._read_data,
                "on_end": self._end,
            },
        )

    def feed(self, piece: bytes) -> list[bytes]:
        """Return what a piece of the body holds of the file; raise BadForm."""
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise BadForm from error
        found, self._found = self._found, []
        return found

    def finish(self) -> None:
        """Raise BadForm unless the body came to its end and held one file."""
        if not self._ended or self._files != 1:
            raise BadForm

    def _begin_part(self) -> None:
        self._in_file = False

    def _begin_header(self) -> None:
        self._header = (b"", b"")

    def _read_name(self, data: bytes, start: int, end: int) -> None:
        name, value = self._header
        self._header = (name + data[start:end], value)

    def _read_value(self, data: bytes, start: int, end: int) -> None:
        name, value = self._header
        self._header = (name, value + data[start:end])

    def _end_header(self) -> None:
        name, value = self._header
        if name.lower() != b"content-disposition":
            return
        if b"filename" in parse_options_header(value.decode("latin-1"))[1]:
            self._in_file = True
            self._files += 1
            if self._files > 1:
                raise BadForm

    def _read_data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._found.append(data[start:end])

    def _end(self) -> None:
        self._ended = True


def is_form(scope: Scope) -> bool:
    return header(scope, b"content-type").partition(";")[0].strip().lower() == FORM


def form_file(scope: Scope) -> FormFile:
    """Return a reader for the body of a request; raise BadForm."""
    boundary = parse_options_header(header(scope, b"content-type"))[1].get(b"boundary")
    if not boundary:
        raise BadForm
    try:
        return FormFile(boundary)
    except FormParserError as error:
        raise BadForm from error
