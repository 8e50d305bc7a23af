"""From characters to words, and from words to lines of text."""

from __future__ import annotations

from intake.parsing.geometry import Char, Word

_WORD_GAP = 0.25
_LINE_SHIFT = 0.5
_MOST_BLANKS = 40


def find_words(chars: list[Char]) -> list[list[Char]]:
    """Return the characters in runs printed one after the other without a gap.

    Blanks are left out: they end a run. The order is that of the content.
    """
    words: list[list[Char]] = []
    current: list[Char] = []
    right = top = bottom = limit = 0.0
    for char in chars:
        x0, y0, x1, y1, text, _ = char
        if text == " ":
            if current:
                words.append(current)
                current = []
            continue
        if current and -limit <= x0 - right <= limit and (y0 == top or _same_line(y0, y1, top, bottom)):
            current.append(char)
        else:
            if current:
                words.append(current)
            current = [char]
            limit = (y1 - y0) * _WORD_GAP
        right, top, bottom = x1, y0, y1
    if current:
        words.append(current)
    return words


def _same_line(y0: float, y1: float, top: float, bottom: float) -> bool:
    """Return whether two boxes stand on one line."""
    return abs((y0 + y1) - (top + bottom)) < min(y1 - y0, bottom - top)


def as_word(chars: list[Char]) -> Word:
    """Return one word of characters that follow each other."""
    first = chars[0]
    if len(chars) == 1:
        return first[:5]
    last, middle = chars[-1], chars[len(chars) // 2]  # these three stand for all: fonts change rarely
    return (
        first[0],
        min(first[1], middle[1], last[1]),
        max(middle[2], last[2]),
        max(first[3], middle[3], last[3]),
        "".join([char[4] for char in chars]),
    )


def in_lines(words: list[Word]) -> list[list[Word]]:
    """Return the words by line, from top to bottom, each line from left to right."""
    if len(words) == 1:
        return [words]
    ordered = sorted(words, key=lambda word: word[1] + word[3])
    lines: list[list[Word]] = []
    middle = reach = 0.0
    for word in ordered:
        centre, half = (word[1] + word[3]) / 2, (word[3] - word[1]) * _LINE_SHIFT
        if lines and centre - middle < min(reach, half):
            lines[-1].append(word)
        else:
            lines.append([word])
            middle, reach = centre, half
    for line in lines:
        line.sort()
    return lines


def join_words(line: list[Word], *, keep_gaps: bool = False) -> str:
    """Return the text of one line; a gap becomes a blank, or as many as fit where gaps are kept."""
    parts: list[str] = []
    right: float | None = None
    last = ""
    for x0, y0, x1, y1, text in line:
        size = y1 - y0
        if right is not None:
            if text == last and x1 - right < (x1 - x0) * 0.3:
                continue  # the same word printed twice to look bold
            gap = x0 - right
            if gap > size * _WORD_GAP:
                blanks = round(gap / (size * 0.5)) if keep_gaps else 1
                parts.append(" " * max(1, min(blanks, _MOST_BLANKS)))
            elif last and gap > size * 0.1 and last[-1].isascii() and text[0].isascii():
                parts.append(" ")
        parts.append(text)
        right, last = x1 if right is None else max(right, x1), text
    return "".join(parts)


def as_text(words: list[Word]) -> str:
    """Return the text of a cell, its lines parted by line breaks."""
    if not words:
        return ""
    return "\n".join([join_words(line) for line in in_lines(words)])
