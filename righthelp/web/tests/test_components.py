"""Every component says what it takes, lets nothing through as markup, and obeys the content policy."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template
from lxml import html

WEB = Path(__file__).resolve().parent.parent
COMPONENTS = sorted((WEB / "templates" / "cotton").rglob("*.html"))
TEMPLATES = sorted([*(WEB / "templates").rglob("*.html"), *(WEB / "rendering" / "templates").rglob("*.html")])
RUDE = """'"><script>alert(1)</script>"""
# Attributes that are lists or objects; every other takes a string.
LISTS = {
    "items": [{"label": RUDE, "href": RUDE, "current": True, "count": RUDE}, {"label": RUDE}],
    "selected": [{"label": RUDE, "href": RUDE}],
    "head": [RUDE, {"label": RUDE, "numeric": True}],
    "problems": [{"sentence": RUDE, "href": RUDE}],
    "page": Paginator(range(300), 10).page(7),
    "formset": RUDE,
}
# Which heading, for how long, of which kind: written by whoever writes the page, never by those who use it.
WRITTEN_BY_US = {"level": "2"}


def name_of(component: Path) -> str:
    parts = component.relative_to(WEB / "templates" / "cotton").with_suffix("").parts
    return ".".join(parts).replace("_", "-")


def declared(component: Path) -> list[str]:
    found = re.search(r"<c-vars(.*?)/>", component.read_text(), re.DOTALL)
    return re.findall(r"(?:^|\s):?([a-z_]+)=", found[1]) if found else []


def drawn(component: Path, given: dict[str, object]) -> html.HtmlElement:
    template = Template("{% cotton " + name_of(component) + ' :attrs="given" %}{{ rude }}{% endcotton %}')
    return html.fromstring("<main>" + template.render(Context({"given": given, "rude": RUDE})) + "</main>")


@pytest.mark.parametrize("component", COMPONENTS, ids=name_of)
def test_says_what_each_attribute_is(component: Path) -> None:
    comment = re.match(r"{% comment %}(.+?){% endcomment %}", component.read_text(), re.DOTALL)
    assert comment, "A component begins with a comment that says what it is and what it takes."


@pytest.mark.parametrize("component", COMPONENTS, ids=name_of)
def test_lets_nothing_through_as_markup(component: Path) -> None:
    given: dict[str, object] = {name: LISTS.get(name, WRITTEN_BY_US.get(name, RUDE)) for name in declared(component)}
    root = drawn(component, given)
    assert not root.xpath("//script")
    assert not root.xpath("//@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize("component", COMPONENTS, ids=name_of)
def test_can_be_drawn_with_nothing_given(component: Path) -> None:
    drawn(component, {})


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_has_no_script_or_style_of_its_own(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"""<style|\sstyle=|\son[a-z]+=["']|javascript:|data:(image|text)""", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("level", ["red", "AMBER", "green", ""])
def test_urgency_is_a_word(level: str) -> None:
    said = drawn(WEB / "templates" / "cotton" / "urgency.html", {"level": level}).text_content()
    assert (level.capitalize() or "Not yet judged") in said


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("MET", "Met"),
        ("MISSED", "Missed"),
        ("RUNNING", "Running"),
        ("NOT_STARTED", "Not started"),
        ("NOT_APPLICABLE", "Does not apply"),
        ("EXCUSED", "Excused"),
    ],
)
def test_a_clock_says_how_it_stands_in_a_word(state: str, word: str) -> None:
    root = drawn(WEB / "templates" / "cotton" / "clock.html", {"state": state, "title": "Decision"})
    assert root.xpath("//strong")[0].text_content() == word


def test_what_is_not_known_is_said_to_be_not_known() -> None:
    template = Template('{% cotton summary-list.row key="Father" / %}')
    assert "Not known" in template.render(Context())


@pytest.mark.parametrize("name", ["400", "500", "503"])
def test_when_all_is_broken_the_page_needs_nothing(name: str) -> None:
    said = html.fromstring(get_template(f"{name}.html").render())
    assert said.xpath("//h1")
    assert "999" in said.text_content()
