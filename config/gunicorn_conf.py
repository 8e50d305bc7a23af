"""How gunicorn serves the site (threads: pages wait for the database more than for the processor)."""

import os
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "16"))
preload_app = False
timeout = 120  # a large download may pause between blocks
graceful_timeout = 30
keepalive = 75
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
accesslog = None
loglevel = os.environ.get("LOG_LEVEL", "INFO").lower()


def child_exit(server: object, worker: Any) -> None:
    """This will take an ended process out of the metrics that all processes share."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
