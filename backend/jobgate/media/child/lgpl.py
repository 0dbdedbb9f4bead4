"""Take the GPL encoders out of the installed PyAV wheel: python -m jobgate.media.child.lgpl.

The wheel's FFmpeg is an LGPL build, but its libavcodec is linked to libx264 and libx265, which are
GPL. JOBGATE opens neither. This makes libavcodec load without them and deletes both files; see
docs/adr/0001-ffmpeg-build.md. Linux only (64-bit ELF); it may be run again, and says what it did.
"""

import re
import struct
import sys
from importlib.util import find_spec
from pathlib import Path

GPL_LIBRARY = re.compile(rb"^libx26[45]\b")
GPL_SYMBOL = re.compile(rb"^x26[45]_")
DT_NULL, DT_NEEDED, DT_STRTAB = 0, 1, 5
# A tag of the range kept for operating systems that no loader knows: the entry is passed over.
DT_IGNORED = 0x6000_0DEF
PT_LOAD, PT_DYNAMIC = 1, 2
EXECUTABLE = 1
SHT_DYNSYM = 11
SYMBOL_SIZE = 24
STT_FUNC, STV_HIDDEN = 2, 2
# By machine: the code of a function that returns zero.
RETURN_ZERO = {62: b"\x31\xc0\xc3", 183: b"\x00\x00\x80\xd2\xc0\x03\x5f\xd6"}


class Elf:
    """The dynamic section of a 64-bit little-endian ELF library, open for change."""

    def __init__(self, data: bytearray) -> None:
        if data[:6] != b"\x7fELF\x02\x01":
            raise ValueError("not a 64-bit little-endian ELF file")
        self.data = data
        table, count = struct.unpack_from("<Q", data, 32)[0], struct.unpack_from("<H", data, 56)[0]
        self.segments = [
            struct.unpack_from("<IIQQQQQQ", data, table + 56 * n) for n in range(count)
        ]
        self.entries = dict(self._dynamic())
        strings = next(value for tag, value in self.entries.values() if tag == DT_STRTAB)
        self.strings = self.offset(strings)

    def _dynamic(self) -> list[tuple[int, tuple[int, int]]]:
        """Return (file offset, (tag, value)) of each entry."""
        start = next(segment[2] for segment in self.segments if segment[0] == PT_DYNAMIC)
        found = []
        for at in range(start, len(self.data), 16):
            tag, value = struct.unpack_from("<qQ", self.data, at)
            if tag == DT_NULL:
                break
            found.append((at, (tag, value)))
        return found

    def offset(self, address: int) -> int:
        """Return where in the file a virtual address lies."""
        for kind, _, offset, start, _, size, _, _ in self.segments:
            if kind == PT_LOAD and start <= address < start + size:
                return int(offset + address - start)
        raise ValueError("address outside the file")

    def symbols(self) -> tuple[int, int]:
        """Return the file offset and size of the dynamic symbols."""
        table, size = struct.unpack_from("<Q", self.data, 40)[0], 64
        count = struct.unpack_from("<H", self.data, 60)[0]
        headers = (struct.unpack_from("<IIQQQQ", self.data, table + size * n) for n in range(count))
        return next((header[4], header[5]) for header in headers if header[1] == SHT_DYNSYM)

    def string(self, index: int) -> bytes:
        start = self.strings + index
        return bytes(self.data[start : self.data.index(0, start)])

    def drop_libraries(self) -> list[bytes]:
        """Make the loader pass over the GPL libraries; return their names."""
        dropped = []
        for at, (tag, value) in self.entries.items():
            if tag == DT_NEEDED and GPL_LIBRARY.match(self.string(value)):
                struct.pack_into("<q", self.data, at, DT_IGNORED)
                dropped.append(self.string(value))
        return dropped

    def answer_zero(self) -> int:
        """Bind each GPL symbol to code here that returns zero: "no such encoder". Return how many.

        Local and hidden symbols are bound by the loader without looking for their names.
        """
        stub, bound = self.stub(), 0
        start, size = self.symbols()
        for at in range(start, start + size, SYMBOL_SIZE):
            name, section = struct.unpack_from("<I2xH", self.data, at)
            if section == 0 and GPL_SYMBOL.match(self.string(name)):
                struct.pack_into("<BBHQQ", self.data, at + 4, STT_FUNC, STV_HIDDEN, 1, stub, 0)
                bound += 1
        return bound

    def stub(self) -> int:
        """Return the address of code that returns zero."""
        code = RETURN_ZERO[struct.unpack_from("<H", self.data, 18)[0]]
        for kind, flags, offset, address, _, size, _, _ in self.segments:
            if kind == PT_LOAD and flags & EXECUTABLE:
                found = self.data.find(code, offset, offset + size)
                if found >= 0:
                    return int(address + found - offset)
        raise ValueError("no code to bind to")


def libraries_folder() -> Path:
    """Return the folder of the wheel's libraries, without importing the package."""
    spec = find_spec("av")
    if spec is None or spec.origin is None:
        raise SystemExit("PyAV is not installed.")
    return Path(spec.origin).parent.parent / "av.libs"


def strip(folder: Path) -> list[str]:
    """Remove the GPL libraries of the folder and every need of them; return what was removed."""
    for library in sorted(folder.glob("libavcodec*.so*")):
        detach(library)
    removed = sorted(path for path in folder.iterdir() if GPL_LIBRARY.match(path.name.encode()))
    for path in removed:
        path.unlink()
    return [path.name for path in removed]


def detach(library: Path) -> None:
    """Rewrite the library without its needs; by a new file, since another process may run it."""
    elf = Elf(bytearray(library.read_bytes()))
    if not elf.drop_libraries():
        return
    elf.answer_zero()
    fresh = library.with_suffix(".new")
    fresh.write_bytes(elf.data)
    fresh.chmod(library.stat().st_mode)
    fresh.replace(library)


def main() -> None:
    if not sys.platform.startswith("linux"):
        print("Nothing done: the wheel is changed on Linux only.")  # noqa: T201
        return
    removed = strip(libraries_folder())
    print("Removed: " + ", ".join(removed) if removed else "No GPL library in the wheel.")  # noqa: T201


if __name__ == "__main__":
    main()
