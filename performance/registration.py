"""What this app adds to the shared pages, downloads and search of ``budgets``."""


def register() -> None:
    """Enter this app's panels, exports and searched texts in the three registries."""
