"""Kinds by bytes before names, archives member by member, refusals with one helpful sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from intake.parsing import kinds
from intake.parsing.archives import MOST_DEPTH, read_members
from intake.parsing.readers import READERS, delimited, zipped
from intake.parsing.refusal import RefusedDocument
from tests.intake.parsing.readers.makers import (
    grids,
    lines,
    make_pdf,
    make_word,
    make_workbook,
    make_zip,
    texts,
)

PDF = make_pdf(lambda sheet: sheet.table(50, 100))
XLSX = make_workbook(lambda workbook: workbook.active.append(["甲", 1]))
DOCX = make_word(lambda document: document.add_paragraph("甲"))


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "表.pdf", "pdf"),
        (PDF, "表.txt", "pdf"),
        (XLSX, "表.pdf", "excel"),
        (DOCX, "表.xlsx", "word"),
        ("<!doctype html><html><body>甲</body></html>".encode(), "表.pdf", "html"),
        ("\n <div>甲</div>".encode(), "表.xls", "html"),
        ("部门预算\n编码\t名称\t金额\n".encode(), "表.txt", "text"),
        ("部门预算\n编码\t名称\t金额\n".encode("gb18030"), "表.txt", "text"),
        (b"a,b,c\n1,2,3\n4,5,6\n", "data", "delimited"),
        (b"a,b\n1,2\n", "data.csv", "delimited"),
        (make_zip({"表.pdf": PDF}), "表.zip", "zip"),
        (b"{\\rtf1 text}", "表.doc", "doc"),
        (b"\x89PNG\r\n\x1a\n0000", "表.pdf", "picture"),
    ],
)
def test_the_bytes_decide_and_then_the_name(data: bytes, name: str, kind: str) -> None:
    assert kinds.detect(data, name=name) == kind
    assert kind in READERS


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "表.pdf", "empty"),
        (b"\r\n  \x00", "表.txt", "empty"),
        (XLSX, "~$表.xlsx", "lock-file"),
        (bytes(range(256)) * 40, "表.txt", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "表.bin", "binary"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "表.xlsx",
            "encrypted",
        ),
        (b"Rar!\x1a\x07\x01\x00", "表.rar", "unknown-kind"),
        (XLSX[:60], "表.xlsx", "damaged"),
        (make_zip({"OFD.xml": b"<x/>"}), "表.ofd", "unknown-kind"),
    ],
)
def test_what_is_no_document_is_refused_with_both_sentences(data: bytes, name: str, code: str) -> None:
    with pytest.raises(RefusedDocument) as refused:
        kinds.detect(data, name=name)
    assert refused.value.code == code
    for sentence in (refused.value.message, refused.value.message_en):
        assert len(sentence) > 15
        assert sentence.rstrip().endswith((".", "。"))


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MOST_BYTES", 100)
    with pytest.raises(RefusedDocument) as refused:
        kinds.detect(PDF, name="表.pdf")
    assert refused.value.code == "too-large"


def test_members_of_an_archive_keep_their_chinese_names() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("2024/x.csv")
        archive.writestr(info, "名称,金额")
        archive.writestr("2024/空目录/", "")
        archive.writestr("__MACOSX/._表.csv", "x")
    raw = "部门预算.csv".encode("gb18030")
    data = buffer.getvalue().replace(b"2024/x.csv", raw[:10].ljust(10, b"_"))
    names = [member.name for member in read_members(data, name="包.zip")]
    assert names == [raw[:10].decode("gb18030")]


def test_an_archive_inside_an_archive_is_opened() -> None:
    data = make_zip({"甲.csv": b"a,b", "内.zip": make_zip({"乙.csv": b"c,d"})})
    assert [member.name for member in read_members(data, name="包.zip")] == ["甲.csv", "乙.csv"]


def test_archives_nested_too_deep_are_refused() -> None:
    data = b"a,b"
    for _ in range(MOST_DEPTH + 1):
        data = make_zip({"内.zip": data})
    with pytest.raises(RefusedDocument) as refused:
        list(read_members(data, name="包.zip"))
    assert refused.value.code == "nesting"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(RefusedDocument) as refused:
        list(read_members(make_zip({"大.txt": b"0" * 120_000_000}), name="包.zip"))
    assert refused.value.code == "bomb"


def test_one_document_in_an_archive_is_read_several_are_named() -> None:
    one = make_zip({"表.pdf": PDF, "说明/": b""})
    assert len(grids(zipped.read(one, name="包.zip"))) == 1
    with pytest.raises(RefusedDocument) as refused:
        zipped.read(make_zip({"一.pdf": PDF, "二.xlsx": XLSX}), name="包.zip")
    assert refused.value.code == "archive"
    assert "一.pdf" in refused.value.message
    with pytest.raises(RefusedDocument) as refused:
        zipped.read(make_zip({"数据.bin": bytes(range(256))}), name="包.zip")
    assert refused.value.code == "empty"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_usual_encoding(encoding: str) -> None:
    data = '支出总表\n"名称","金额"\n"教育\n支出","1,234.50"\n甲,2\n'.encode(encoding)
    document = delimited.read(data, name="表.csv")
    assert lines(document) == ["支出总表"]
    (grid,) = grids(document)
    assert texts(grid) == [["名称", "金额"], ["教育\n支出", "1,234.50"], ["甲", "2"]]
    assert not grid.spans_known


def test_tabs_and_semicolons_part_values_too() -> None:
    assert delimited.find_separator("a\tb\tc\n1\t2\t3") == "\t"
    assert delimited.find_separator("a;b;c\n1,5;2;3") == ";"
