"""What a form says when an answer is missing or cannot be used.

Django's own sentences talk about fields and values. These name the question and say what to do.
"""

from django import forms
from django.forms import widgets

# A sentence is replaced only while it is still Django's, so a field that says something better keeps it.
_CHOICE = "Choose one of the answers in the list"
_PLAIN: dict[type, dict[str, str]] = {
    forms.CharField: {
        "max_length": "{subject} must be %(limit_value)d characters or fewer. It is now %(show_value)d",
        "min_length": "{subject} must be %(limit_value)d characters or more. It is now %(show_value)d",
    },
    forms.EmailField: {
        "invalid": "Enter an email address in the right form, like name@example.org",
    },
    forms.URLField: {
        "invalid": "Enter a web address in the right form, like https://example.org",
    },
    forms.IntegerField: {
        "invalid": "{subject} must be a whole number, like 3",
        "max_value": "{subject} must be %(limit_value)s or less",
        "min_value": "{subject} must be %(limit_value)s or more",
    },
    forms.ChoiceField: {"invalid_choice": _CHOICE},
    forms.MultipleChoiceField: {"invalid_choice": _CHOICE, "invalid_list": _CHOICE},
    forms.ModelChoiceField: {"invalid_choice": _CHOICE},
    forms.FileField: {
        "empty": "The file is empty. Choose another file",
        "invalid": "The file did not arrive. Choose it again",
        "missing": "The file did not arrive. Choose it again",
    },
}


def lower_first(words: str) -> str:
    """The words as they stand inside a sentence: "Date of birth" becomes "date of birth", "UPN" stays."""
    if len(words) > 1 and words[1].isupper():
        return words
    return words[:1].lower() + words[1:]


def subject(label: str) -> str:
    """What a sentence about an answer starts with: the label, or "Your answer" when that is a question."""
    return "Your answer" if label.endswith("?") else label.rstrip(":.")


def ask_again(field: forms.Field, label: str) -> str:
    """The sentence for a missing answer: "Enter the date of birth", "Answer: What happened?"."""
    bare = label.rstrip(":.")
    if isinstance(field, forms.FileField):
        return f"Choose a file for: {bare}"
    if bare.endswith("?"):
        return f"Answer the question: {bare}"
    if isinstance(field, forms.BooleanField) and isinstance(field.widget, widgets.CheckboxInput):
        return f"Tick the box: {bare}"
    if isinstance(field.widget, widgets.ChoiceWidget):
        return f"Choose an answer: {bare}"
    return f"Enter {lower_first(bare)}"


def speak_plainly(field: forms.Field, label: str) -> None:
    """Put plain sentences in the place of Django's in a form's own copy of a field."""
    messages = field.error_messages
    if str(messages.get("required", "")) == str(forms.Field.default_error_messages["required"]):
        messages["required"] = ask_again(field, label)
    for kind in reversed(type(field).__mro__):
        for code, sentence in _PLAIN.get(kind, {}).items():
            mine = messages.get(code)
            if mine is None or str(mine) == str(getattr(kind, "default_error_messages", {}).get(code, "")):
                # Django fills in the numbers with "%" and only then, so only then is one in a label doubled.
                name = subject(label).replace("%", "%%") if "%(" in sentence else subject(label)
                messages[code] = sentence.replace("{subject}", name)
