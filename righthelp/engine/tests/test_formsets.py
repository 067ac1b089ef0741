"""Adding another child and taking one away, by ordinary buttons, without losing a word."""

from django import forms
from django.http import QueryDict
from lxml import html

from righthelp.engine.rendering.formsets import AddAnotherFormSet
from righthelp.engine.rendering.problems import problems
from righthelp.engine.rendering.renderer import GovukRenderer


class Child(forms.Form):
    default_renderer = GovukRenderer
    name = forms.CharField(label="Name")


class Children(AddAnotherFormSet):
    item_name = "Child"
    renderer = GovukRenderer()


ChildSet = forms.formset_factory(Child, formset=Children, extra=0, min_num=1, max_num=3)


def children(*names: str, **pressed: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"c-TOTAL_FORMS": str(len(names)), "c-INITIAL_FORMS": "0", **pressed})
    data.update({f"c-{number}-name": name for number, name in enumerate(names)})
    return data


def page(formset: forms.BaseFormSet) -> html.HtmlElement:
    return html.fromstring(f"<main>{formset}</main>")


def named(formset: forms.BaseFormSet) -> list[str]:
    return [element.get("value") or "" for element in page(formset).xpath("//input[@type='text']")]


def test_add_another_keeps_what_is_written_and_judges_nothing() -> None:
    formset = ChildSet(children("Ada", "", add="c"), prefix="c")
    assert named(formset) == ["Ada", "", ""]
    assert not formset.is_valid()
    assert problems(formset) == []
    assert page(formset).xpath("//input[@autofocus]/@id") == ["id_c-2-name"]


def test_there_is_no_button_beyond_the_last() -> None:
    formset = ChildSet(children("Ada", "Bo", add="c"), prefix="c")
    assert not page(formset).xpath("//button[@name='add']")
    assert named(ChildSet(children("Ada", "Bo", "Cy", add="c"), prefix="c")) == ["Ada", "Bo", "Cy"]


def test_remove_takes_the_right_one() -> None:
    assert named(ChildSet(children("Ada", "Bo", "Cy", **{"remove-1": "c"}), prefix="c")) == ["Ada", "Cy"]


def test_the_button_of_another_set_changes_nothing() -> None:
    formset = ChildSet(children("Ada", add="other"), prefix="c")
    assert formset.is_valid()
    assert named(formset) == ["Ada"]


def test_the_faults_of_a_set_say_which_one_they_mean() -> None:
    formset = ChildSet(children(""), prefix="c")
    assert [(fault.sentence, fault.href) for fault in problems(formset)] == [("Child 1: Enter name", "#id_c-0-name")]
