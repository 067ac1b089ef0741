"""The form renderer that the setting FORM_RENDERER names."""

from pathlib import Path

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.base import BaseEngine
from django.utils.functional import cached_property

from righthelp.engine.rendering.bound import GovukBoundField

FORMS_OF_DJANGO = Path(forms.__file__).parent / "templates"


class GovukRenderer(DjangoTemplates):
    """Renders `{{ form }}`, `{{ formset }}` and `{{ form.field.as_field_group }}` as GOV.UK markup.

    It works for any Django form, those of other packages included, because the markup is chosen by the kind
    of widget and not by the class of the form.
    """

    form_template_name = "righthelp/forms/form.html"
    formset_template_name = "righthelp/forms/formset.html"
    field_template_name = "righthelp/forms/field.html"
    bound_field_class = GovukBoundField

    @cached_property
    def engine(self) -> BaseEngine:
        """An engine of its own: our templates first, then Django's, then those of installed apps."""
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(__file__).parent / "templates", FORMS_OF_DJANGO],
                "NAME": "righthelp-forms",
                "OPTIONS": {},
            }
        )
