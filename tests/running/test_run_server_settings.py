"""What PostgreSQL writes into its own log quotes no row and nothing that was typed."""

from pathlib import Path

import pytest

from running.server_settings import server_settings

SILENT = {
    "log_error_verbosity": "terse",  # else the row that a constraint refuses stands below the error
    "log_min_error_statement": "panic",  # else the statement that failed does
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
}


@pytest.mark.parametrize("throw_away", [True, False])
def test_the_log_is_told_to_quote_nothing(throw_away):
    lines = server_settings(Path("/run/x"), throw_away=throw_away).splitlines()
    assert {f"{name} = {value}" for name, value in SILENT.items()} <= set(lines)
