"""Speed and memory of the served site, beside the peers and floors it is compared with (``make bench``)."""
