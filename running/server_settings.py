"""How PostgreSQL is set up: for a machine with two cores, reached by nobody but us."""

import locale
import os
import re
from pathlib import Path

# Parallel plans gain little on two cores, and need more shared memory than a container is given.
SETTINGS = {
    "listen_addresses": "''",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "wal_compression": "on",
    "password_encryption": "scram-sha-256",
    "log_timezone": "UTC",
    # Its log must not quote the rows it refuses, nor what was typed: the fault alone, as the web server's log tells it.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
    "timezone": "UTC",
}
# Only for a server whose every row can be made again.
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}


def server_settings(socket_folder: Path, *, throw_away: bool) -> str:
    """The text of the settings file."""
    settings = SETTINGS | (THROW_AWAY if throw_away else {}) | {"unix_socket_directories": f"'{socket_folder}'"}
    return "".join(f"{name} = {value}\n" for name, value in settings.items())


def server_environment() -> dict[str, str]:
    """Our environment without what would change PostgreSQL's mind about where and in which language it is."""
    kept = {name: value for name, value in os.environ.items() if not re.match(r"PG|LC_|LANG|HOME$|PYTHON", name)}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def order_and_letters(major: int) -> list[str]:
    """Words for initdb: order by code point and letters by Unicode, the same on every machine."""
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    letters, before = "C.UTF-8", locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, letters)
    except locale.Error:
        letters = "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return ["--lc-collate=C", f"--lc-ctype={letters}", "--lc-messages=C"]
