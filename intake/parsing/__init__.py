"""From the bytes of a disclosure to a Draft. Nothing here imports Django or an app."""
