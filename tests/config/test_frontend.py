"""plotly.js as built here and as carried by the wheel are one major version, and ours is small."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import brotli
import pytest

from config.frontend import build

ROOT = Path(__file__).resolve().parents[2]
BROTLI_LIMIT = 420_000


def find_wheel_file() -> Path:
    found = importlib.util.find_spec("plotly")
    return Path(found.origin).parent / "package_data" / "plotly.min.js"


def test_npm_and_the_wheel_carry_the_same_major_version() -> None:
    pinned = json.loads((ROOT / "package.json").read_text())["dependencies"]["plotly.js"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]["node_modules/plotly.js"][
        "version"
    ]
    carried = re.search(r"plotly\.js v(\d+)\.", find_wheel_file().read_text(encoding="utf-8")[:2000])[1]
    assert pinned == locked
    assert pinned.split(".")[0] == carried


def test_the_built_bundle_is_small_and_needs_no_eval() -> None:
    bundle = ROOT / "static" / "vendor" / "plotly.min.js"
    assert bundle.exists(), "run `make setup`"
    data = bundle.read_bytes()
    if data == find_wheel_file().read_bytes():
        assert (
            bundle.parent / "plotly.css"
        ).read_text() == build.OWN_RULES  # no Node here: the whole library
        return
    assert len(brotli.compress(data, quality=11)) <= BROTLI_LIMIT
    assert b"new Function(" not in data
    assert b"eval(" not in data.replace(b"interpolateval(", b"")


def test_without_node_the_wheels_library_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "VENDOR", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.main() == 0
    assert (tmp_path / "plotly.min.js").read_bytes() == find_wheel_file().read_bytes()
    assert ".main-svg" in (tmp_path / "plotly.css").read_text()
    assert "Node is not installed" in capsys.readouterr().out
