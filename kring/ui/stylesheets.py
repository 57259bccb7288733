"""Which stylesheets every page links, in order. Third-party ones come from npm (`npm ci`) as they are: no bundler.

Imported by the settings, so nothing here may import Django.
"""

from pathlib import Path

THEME = "@nl-design-system-community/ma-design-tokens"
COMPONENTS = {
    "@nl-design-system-candidate/data-badge-css": "data-badge.css",
    "@nl-design-system-candidate/skip-link-css": "skip-link.css",
    "@utrecht/alert-css": "index.css",
    "@utrecht/button-css": "index.css",
    "@utrecht/form-field-description-css": "index.css",
    "@utrecht/form-field-error-message-css": "index.css",
    "@utrecht/form-fieldset-css": "index.css",
    "@utrecht/form-label-css": "index.css",
    "@utrecht/table-css": "index.css",
    "@utrecht/textarea-css": "index.css",
    "@utrecht/textbox-css": "index.css",
}


def staticfiles_dirs(base_dir: Path) -> list[tuple[str, Path]]:
    """For STATICFILES_DIRS: only the `dist` of the packages above, never all of node_modules."""
    packages = {package: base_dir / "node_modules" / package / "dist" for package in (THEME, *COMPONENTS)}
    return [(f"npm/{package}", folder) for package, folder in packages.items() if folder.exists()]


def links() -> list[tuple[str, str]]:
    """(static path, media) of every stylesheet. Own tokens come after the theme's dark ones and settle both."""
    return [
        (f"npm/{THEME}/theme.css", "all"),
        (f"npm/{THEME}/color-scheme-dark/theme.css", "(prefers-color-scheme: dark)"),
        *((f"npm/{package}/{file}", "all") for package, file in COMPONENTS.items()),
        ("ui/tokens.css", "all"),
        ("ui/kring.css", "all"),
        ("ui/parts.css", "all"),
        ("ui/forms.css", "all"),
        ("ui/print.css", "print"),
    ]
