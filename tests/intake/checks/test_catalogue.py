"""Every check has its page texts, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import intake.checks
from budgets.checks_catalogue import BY_CODE, FAMILIES, RULES, by_family, get_rule

ROOM = Path(intake.checks.__file__).parent
CODE = re.compile(r'^[A-Z_]+ = "([a-z]+(?:-[a-z]+)+)"$', re.MULTILINE)


def test_every_code_of_the_checks_is_in_the_catalogue_and_back() -> None:
    used = {code for path in ROOM.rglob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert used == set(BY_CODE)


def test_every_text_is_there_in_both_languages() -> None:
    for rule in RULES:
        for text in (rule.title, rule.identity, rule.why, rule.source, rule.sentence):
            assert all(part.strip() for part in text), rule.code
        assert not re.search("[一-鿿]", rule.title[1] + rule.identity[1] + rule.why[1]), rule.code


def test_families_hold_every_rule() -> None:
    assert sum(map(len, by_family().values())) == len(RULES)
    assert set(by_family()) == set(FAMILIES)


def test_an_unknown_code_shows_under_its_name() -> None:
    assert get_rule("a-code-of-tomorrow").title[0] == "a-code-of-tomorrow"
