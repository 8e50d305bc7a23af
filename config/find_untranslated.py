"""List texts that a page shows in Chinese only, because no English stands in any catalogue."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from config.compile_messages import ROOMS, ROOT, find_catalogues

FUNCTIONS = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
# What Django's own templatize makes of {% translate %} and {% blocktranslate %}.
IN_TEMPLATE = re.compile(r"""\b(n?p?gettext)\((u?'(?:[^'\\]|\\.)*'(?:,\s*u?'(?:[^'\\]|\\.)*')*)""")
STRINGS = re.compile(r"""u?('(?:[^'\\]|\\.)*')""")


@dataclass(frozen=True)
class Text:
    """One text to translate and the file that shows it; ``context`` as in pgettext."""

    path: Path
    msgid: str
    context: str | None = None


def find_texts() -> Iterator[Text]:
    """This will read every text marked for translation in our Python files and templates."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield from _find_in_python(path)
        for suffix in ("html", "txt"):
            for path in sorted((ROOT / room).rglob(f"*.{suffix}")):
                yield from _find_in_template(path)


def _find_in_python(path: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            strings = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if name in FUNCTIONS and strings:
                yield _as_text(path, name, strings)


def _find_in_template(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    if "translate" not in source and "trans " not in source:
        return
    from django.utils.translation.template import templatize

    for found in IN_TEMPLATE.finditer(templatize(source)):
        strings = [ast.literal_eval(text) for text in STRINGS.findall(found[2])]
        yield _as_text(path, found[1], strings)


def _as_text(path: Path, function: str, strings: list[str]) -> Text:
    if "pgettext" in function and len(strings) > 1:
        return Text(path.relative_to(ROOT), strings[1], strings[0])
    return Text(path.relative_to(ROOT), strings[0])


def read_translated() -> set[tuple[str | None, str]]:
    """This will read (context, msgid) of every entry with English in all its forms."""
    done: set[tuple[str | None, str]] = set()
    for catalogue in find_catalogues():
        if "/en/" in catalogue.as_posix():
            done |= {
                (entry.msgctxt, entry.msgid) for entry in polib.pofile(str(catalogue)).translated_entries()
            }
    return done


def has_chinese(text: str) -> bool:
    """This will tell whether a text has Chinese characters, so that it needs English."""
    return any("\u3400" <= character <= "\u9fff" for character in text)


def find_untranslated() -> list[Text]:
    """This will list Chinese texts without English, each once per file."""
    translated = read_translated()
    missing = (t for t in find_texts() if has_chinese(t.msgid) and (t.context, t.msgid) not in translated)
    return list(dict.fromkeys(missing))


def main() -> int:
    """This will print the list; exit 1 when it is not empty."""
    import django

    django.setup()
    missing = find_untranslated()
    for text in missing:
        sys.stdout.write(f"{text.path}: {text.msgid!r}\n")
    sys.stdout.write(f"{len(missing)} texts have no English\n")
    return 1 if missing else 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
