"""Every Chinese text of the site has English."""

from config.find_untranslated import find_texts, find_untranslated, has_chinese


def test_texts_are_found_in_python_and_templates() -> None:
    found = [text for text in find_texts() if has_chinese(text.msgid)]
    assert any(text.path.suffix == ".py" for text in found)
    assert any(text.path.suffix == ".html" for text in found)


def test_every_chinese_text_has_english() -> None:
    assert [f"{text.path}: {text.msgid}" for text in find_untranslated()] == []
