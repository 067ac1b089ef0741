"""No page lets words through as markup, and none has a script or a style of its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.closed.sources import code, ours, shown

TEMPLATES = ours("html", "txt", within=("righthelp",))
# Markup that no words of anybody go into, with what makes it.
DRAWN_BY_A_LIBRARY = {("mfa/totp/activate_form.html", "totp_svg"): "the sign-in library draws it from its own key"}
OWN_MARKUP = {"mark_safe", "SafeString", "SafeText", "format_html_join"}


@pytest.mark.parametrize("template", TEMPLATES, ids=shown)
def test_every_word_is_escaped(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"autoescape\s+off|\|\s*safeseq|\{%\s*filter\s+safe", text)
    for found in re.findall(r"\{\{\s*([\w.]+)[^}]*\|\s*safe\b", text):
        assert any(str(template).endswith(name) and found == what for name, what in DRAWN_BY_A_LIBRARY), found


@pytest.mark.parametrize("template", TEMPLATES, ids=shown)
def test_no_script_style_or_handler_stands_in_a_page(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on|srcdoc", text, re.IGNORECASE)
    for script in re.findall(r"<script\b[^>]*>", text, re.IGNORECASE):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("template", TEMPLATES, ids=shown)
def test_every_form_that_changes_something_has_its_token(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.IGNORECASE | re.DOTALL):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize("template", TEMPLATES, ids=shown)
def test_nothing_is_fetched_from_elsewhere(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|srcset|action)\s*=\s*[\"'](?:https?:)?//|<link[^>]+href=[\"'](?:https?:)?//", text)


def test_no_code_declares_words_to_be_markup() -> None:
    found = [
        (shown(file), ast.unparse(call))
        for file, module in code()
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in OWN_MARKUP
    ]
    assert [(file, call) for file, call in found if call != "SafeString('')"] == []
