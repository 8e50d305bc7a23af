"""Put plotly.js and its style sheet into static/vendor/, which is not committed.

With Node: a bundle of the six chart types that we draw, from npm (about 390 KB as brotli). Without:
the whole library out of the plotly wheel, the same major version, and the few style rules that our
charts need, written by us.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"

# What plotly.js would put into an inline style sheet, for the chart types we draw: layers of drawing
# lie over each other, text is not selected by dragging, hover labels are not clipped.
OWN_RULES = """\
.js-plotly-plot .plotly, .js-plotly-plot .plotly div {
  direction: ltr; font-family: inherit; margin: 0; padding: 0;
}
.js-plotly-plot .plotly input, .js-plotly-plot .plotly button { font-family: inherit; }
.js-plotly-plot .plotly input:focus, .js-plotly-plot .plotly button:focus { outline: none; }
.js-plotly-plot .plotly a { text-decoration: none; }
.js-plotly-plot .plotly .crisp { shape-rendering: crispEdges; }
.js-plotly-plot .plotly .user-select-none { user-select: none; }
.js-plotly-plot .plotly svg { overflow: hidden; }
.js-plotly-plot .plotly svg a { fill: currentColor; }
.js-plotly-plot .plotly .main-svg { left: 0; pointer-events: none; position: absolute; top: 0; }
.js-plotly-plot .plotly .main-svg .draglayer { pointer-events: all; }
.js-plotly-plot .plotly .cursor-default { cursor: default; }
.js-plotly-plot .plotly .cursor-pointer { cursor: pointer; }
.js-plotly-plot .plotly .cursor-crosshair { cursor: crosshair; }
.js-plotly-plot .plotly .cursor-move { cursor: move; }
.js-plotly-plot .plotly .modebar { position: absolute; right: 2px; top: 2px; }
.js-plotly-plot .plotly .select-outline { fill: none; shape-rendering: crispEdges; stroke-width: 1; }
.plotly-notifier { display: none; }
"""


class BundleFailed(Exception):
    """The small bundle could not be built here."""


def main() -> int:
    """This will build or copy the library and say in one line which."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    how = "built with Node"
    try:
        build_with_node()
    except BundleFailed as error:
        copy_from_wheel()
        how = f"copied from the plotly wheel (charts load 700 KB more): {error}"
    size = (VENDOR / "plotly.min.js").stat().st_size
    sys.stdout.write(f"static/vendor/plotly.min.js: {size / 1000:,.0f} KB, {how}\n")
    return 0


def build_with_node() -> None:
    """This will install the locked npm packages and bundle them.

    Raises:
        BundleFailed: when Node is missing, or with the end of what npm printed.
    """
    if not (shutil.which("node") and shutil.which("npm")):
        raise BundleFailed("Node is not installed here")
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "--silent", "build"]):
        done = subprocess.run(  # noqa: S603 - fixed commands
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode != 0:
            raise BundleFailed(f"`{' '.join(command)}` failed:\n{done.stdout[-2000:]}")
    (VENDOR / "plotly.min.css").unlink(missing_ok=True)  # map styles, 83 KB, which we do not need
    shutil.copyfile(ROOT / "node_modules/plotly.js/dist/plotly.css", VENDOR / "plotly.css")


def copy_from_wheel() -> None:
    """This will copy the library that the plotly wheel carries."""
    found = importlib.util.find_spec("plotly")
    if found is None or found.origin is None:
        raise BundleFailed("the Python package plotly is not installed; run `make setup`")
    shutil.copyfile(Path(found.origin).parent / "package_data" / "plotly.min.js", VENDOR / "plotly.min.js")
    (VENDOR / "plotly.css").write_text(OWN_RULES, encoding="utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BundleFailed as error:
        sys.exit(str(error))
