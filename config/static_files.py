"""Static files under names that contain their hash, compressed once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OnceCompressor(Compressor):
    """Leaves alone what was compressed before (the chart library takes seven seconds)."""

    def compress(self, path: str) -> list[str]:
        """This will write the compressed twins of a file unless they are there with its own time."""
        twins = [Path(f"{path}{suffix}") for suffix in (".br", ".gz")]
        written = Path(path).stat().st_mtime
        if all(twin.exists() and abs(twin.stat().st_mtime - written) < 1 for twin in twins):
            return [str(twin) for twin in twins]
        names: list[str] = super().compress(path)
        return names


class StaticFiles(CompressedManifestStaticFilesStorage):
    """As Django's manifest storage, with our modules importing each other under hashed names too."""

    support_js_module_import_aggregation = True

    def create_compressor(self, **options: Any) -> Compressor:
        """This will give the compressor that does nothing twice."""
        return OnceCompressor(**options)
