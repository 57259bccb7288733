"""How every form looks: one column, label above, help under it, the error before the field. Set as FORM_RENDERER."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.RadioSelect, "option__control"),
    (forms.CheckboxSelectMultiple, "option__control"),
    (forms.CheckboxInput, "option__control"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.MultiWidget, "utrecht-textbox utrecht-textbox--html-input"),
    (forms.widgets.Input, "utrecht-textbox utrecht-textbox--html-input"),
)


class KringBoundField(BoundField):
    """Gives each control its class, and knows what the other person saved when two wrote at once."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        look = next((classes for kind, classes in CLASSES if isinstance(self.field.widget, kind)), "")
        own = attrs.get("class") or self.field.widget.attrs.get("class", "")
        if not self.is_hidden and (look or own):
            attrs["class"] = f"{look} {own}".strip()
        if self.field.required and not self.is_hidden and not self.use_fieldset:
            attrs["aria-required"] = "true"
        return attrs

    @property
    def first_control_id(self) -> str:
        """Where the error summary leads: the first choice of a group, else the control."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def stands_now(self) -> str:
        """What is saved now, when that differs from what was typed; only after a conflict."""
        standing: dict[str, str] = getattr(self.form, "standing", {})
        now = standing.get(self.name, "")
        return now if now != str(self.value() or "") else ""


class KringRenderer(TemplatesSetting):
    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = KringBoundField
