"""Reading documents needs no Django: the parsing room loads alone."""

import subprocess
import sys
from pathlib import Path


def test_the_pipeline_loads_without_django():
    code = (
        "import sys; import intake.parsing.pipeline; "
        "sys.exit(any(name == 'django' or name.startswith('django.') for name in sys.modules))"
    )
    root = Path(__file__).resolve().parents[3]
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=root, check=False, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
