"""The desk: the custom pages inside the admin, one module per step."""
