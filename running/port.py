"""The address that the web server listens at."""

import errno
import http.client
import os
import socket
from contextlib import closing
from http import HTTPStatus

from running.terminal import Refused

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (recognised, not used)


def address(host: str, port: int) -> str:
    """As one writes it in a browser on this machine."""
    host = ANYWHERE.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def check_free(host: str, port: int) -> None:
    """`Refused`, with what to do, unless the port can be listened at."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Refused(f"{host} is not an address of this machine: {error.strerror}.") from error
    with closing(socket.socket(family, kind, protocol)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError as error:
            raise Refused(_sentence(error, host, port)) from error


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        another = port + 1 if port < 65535 else 8000
        return f"Port {port} is taken by another program. Choose another, for example: ./run --port {another}"
    if error.errno == errno.EACCES:
        return f"This user may not listen at port {port}. Choose one above 1023, for example: ./run --port 8000"
    return f"righthelp cannot listen at {host}, port {port}: {os.strerror(error.errno or 0)}."


def answers(host: str, port: int) -> bool:
    """Whether a page is served. A page that fails is an answer too: `Refused` says so."""
    connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=30)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except (ConnectionError, TimeoutError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Refused(f"The first page failed with status {status}; what is above says why.")
    return True
