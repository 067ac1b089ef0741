"""The web server's address."""

import socket

import pytest

from running.port import address, answers, check_free
from running.terminal import Refused


def test_a_port_taken_by_another_program_is_named_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {number} is taken by another program.*--port {number + 1}"):
            check_free("127.0.0.1", number)


def test_a_free_port_is_free():
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
    check_free("127.0.0.1", number)
    assert not answers("127.0.0.1", number)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Refused, match=r"cannot listen at 192\.0\.2\.1"):
        check_free("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("host", "written"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_the_address_is_written_as_a_browser_takes_it(host, written):
    assert address(host, 8000) == written
