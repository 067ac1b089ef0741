"""A line of the log says what failed and where, and nothing that anybody wrote."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.utils.log import configure_logging

NAME = "Quillfeather"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the server would write, at the most talkative."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    console = next(each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler)
    kept, written = console.stream, io.StringIO()
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    console.setStream(written)
    yield written
    console.setStream(kept)
    logging.getLogger().setLevel(level)


def line(lines: io.StringIO) -> str:
    return lines.getvalue()


def test_a_fault_is_told_by_its_kind_and_place(lines: io.StringIO) -> None:
    try:
        try:
            raise ValueError(f"{NAME} is no number")
        except ValueError as first:
            raise RuntimeError(f"Cannot write {NAME}") from first
    except RuntimeError:
        logging.getLogger("righthelp").exception("A page failed")
    assert NAME not in line(lines)
    assert "A page failed" in line(lines)
    assert "builtins.RuntimeError" in line(lines)
    assert "builtins.ValueError" in line(lines)
    assert f"{__file__}:" in line(lines)


@pytest.mark.django_db
def test_the_row_that_a_database_quotes_is_left_out(lines: io.StringIO) -> None:
    with pytest.raises(DatabaseError, match=NAME), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS integer)", [NAME])
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT CAST(%s AS integer)", [NAME])
    except DatabaseError:
        logging.getLogger("django.request").error("Internal Server Error: %s", f"/{NAME}/", exc_info=True)
    assert NAME not in line(lines)
    assert "DataError" in line(lines)


def test_of_a_request_the_pattern_the_status_and_the_number_are_told(lines: io.StringIO) -> None:
    request = RequestFactory().get(f"/child/{NAME}/?family={NAME}")
    request.number = "0192-7"  # type: ignore[attr-defined]
    logging.getLogger("django.request").warning(
        "Not Found: %s", request.path, extra={"status_code": 404, "request": request}
    )
    assert NAME not in line(lines)
    assert "404 GET no page of ours (request 0192-7)" in line(lines)


@pytest.mark.parametrize(
    ("name", "message", "values", "told"),
    [
        ("gunicorn.error", "Error handling request %s", (f"/find/?family={NAME}",), "Error handling request …"),
        ("gunicorn.error", "Worker (pid:%s) exited with code %s.", (12, 3), "Worker (pid:12) exited with code 3."),
        ("gunicorn.error", f"Invalid request from ip=10.0.0.1: '{NAME}'", (), "Invalid request from ip="),
        ("gunicorn.error", ValueError(NAME), (), "ValueError"),
        ("django.server", '"%s" %s %s', (f"GET /find/?family={NAME}", "200", "9"), '"…" … …'),
        ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: '{NAME}'.", (), "Invalid HTTP_HOST header"),
        ("django.db.backends", "(%.3f) %s; args=%s", (0.2, "SELECT 1", (NAME,)), "(0.2) …; args=…"),
        ("righthelp", "%(who)s is 100%% late", ({"who": NAME},), "… is 100% late"),
    ],
)
def test_values_are_left_out_and_numbers_stay(
    lines: io.StringIO, name: str, message: object, values: tuple[object, ...], told: str
) -> None:
    logging.getLogger(name).error(message, *values)
    assert NAME not in line(lines)
    assert line(lines).rstrip("\n").endswith(told)


def test_no_logger_has_a_way_out_of_its_own(lines: io.StringIO) -> None:
    """One of Django's would mail a failed form, whole, to whoever is named as its administrator."""
    console = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    for name in ("django", "django.server", "django.request", "gunicorn.error", "gunicorn.access"):
        logger = logging.getLogger(name)
        assert logger.handlers == []
        assert logger.propagate
    assert all(type(each.formatter).__name__ == "WithoutWords" for each in console)
