"""The handout as one HTML page that needs no network: equations are MathML, which browsers show by themselves."""

from __future__ import annotations

import html
import re

_STYLE = """
:root { color-scheme: light dark; background: Canvas; }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.6 system-ui, sans-serif; }
pre, code { font-family: ui-monospace, monospace; font-size: 0.9em; }
pre { overflow-x: auto; padding: 0.8rem; border: 1px solid #8888; border-radius: 4px; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
a { color: light-dark(#0b57d0, #8ab4f8); }
th, td { border: 1px solid #8888; padding: 0.3rem 0.6rem; }
.math.block { overflow-x: auto; padding: 0.5rem 0; }
"""


def page(markdown: str) -> str:
    """A page of a handout, titled with its first heading. Where MathML cannot be made, equations are shown in LaTeX."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(dollarmath_plugin, renderer=_equation, allow_digits=True, double_inline=True)
    parser.add_render_rule("heading_open", _heading)
    title = html.escape(re.sub(r"[`*]", "", markdown.lstrip("# ").partition("\n")[0]))
    body = parser.render(markdown)
    for wide in ("<pre", "<table", '<div class="math block"'):
        body = body.replace(f"{wide}>", f'{wide} tabindex="0">')  # what scrolls sideways must be reached by keys
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _heading(_renderer: object, tokens: list, number: int, *_: object) -> str:  # type: ignore[type-arg]
    """A heading with the anchor that GitHub gives it, which the table of questions links to."""
    words = re.sub(r"[^\w\- ]", "", tokens[number + 1].content.lower()).replace(" ", "-")
    return f'<{tokens[number].tag} id="{words}">'


def _equation(text: str, options: dict[str, bool]) -> str:
    display = "block" if options["display_mode"] else "inline"
    try:
        from latex2mathml.converter import convert

        made: str = convert(
            text.replace(r"\tfrac", r"\frac").replace("{aligned}", "{align*}").replace(r"\arg", r"\operatorname{arg}"),
            display=display,
        )
    except Exception:  # noqa: BLE001  (without the package, or for what it cannot convert, LaTeX is readable)
        tag = "pre" if options["display_mode"] else "code"
        return f"<{tag}>{html.escape(text)}</{tag}>"
    return made
