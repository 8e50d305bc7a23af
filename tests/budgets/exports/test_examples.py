"""The examples of the API's page are run as they stand there, against this site."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from budgets.models import Disclosure

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def examples(client: Client, settings: Any, live_server: Any, lhasa: Disclosure) -> dict[str, str]:
    """The code blocks of the page by the name above each, with the address of the running site."""
    settings.SITE_URL = live_server.url
    page = client.get("/about/api/").content.decode()
    found = re.findall(r"<h3>([^<]+)</h3>\s*<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    return {name: html.unescape(code) for name, code in found}


def run(command: list[str], *, folder: Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_examples_for_three_tools(examples: dict[str, str]) -> None:
    assert {"curl", "Python", "R"} <= set(examples)


def test_curl(examples: dict[str, str], tmp_path: Path) -> None:
    answer = json.loads(run(["sh", "-c", examples["curl"] + " --silent --fail"], folder=tmp_path))
    assert {row["functional_code"][:5] for row in answer["rows"]} == {"20103"}
    assert len(answer["rows"]) == 5


def test_python(examples: dict[str, str], tmp_path: Path) -> None:
    printed = run([sys.executable, "-c", examples["Python"]], folder=tmp_path)
    assert "拉萨市行政审批和便民服务局" in printed
    assert Decimal(re.findall(r"\d+\.\d+", printed)[0]) == Decimal(58840500)


def test_r_names_columns_that_exist(client: Client, examples: dict[str, str]) -> None:
    """Without R too: the address opens, and each word that R would look for is a column."""
    [address] = re.findall(r'read\.csv\("([^"]+)"', examples["R"])
    path = re.sub(r"^https?://[^/]+", "", address)
    heading = b"".join(client.get(path).streaming_content).splitlines()[0].decode("utf-8-sig").split(",")
    words = set(re.findall(r"(?:subset\(amounts, |& )(\w+)", examples["R"]))
    assert words | {"amount_yuan", "department"} <= set(heading)
    assert len(words) >= 3


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="no R on this machine: its example was not run")
def test_r(examples: dict[str, str], tmp_path: Path) -> None:
    printed = run(["Rscript", "-e", examples["R"]], folder=tmp_path)
    assert "58840500" in printed
