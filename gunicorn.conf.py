"""How gunicorn serves the site: gunicorn -c gunicorn.conf.py"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))  # as manage.py does

from partnership.env import env_host, env_int, env_port

wsgi_app = "partnership.wsgi"
pythonpath = "site"
bind = f"{env_host('HOST', '127.0.0.1')}:{env_port('PORT', 8000)}"

# Two processes outlive the death of one; threads let slow readers wait without blocking others.
workers = env_int("WEB_WORKERS", 2, least=1)
worker_class = "gthread"
threads = env_int("WEB_THREADS", 4, least=1)

timeout = 60  # seconds; longer than the database waits for a lock
graceful_timeout = 20
keepalive = 5

# A worker starts afresh now and then, so that memory never grows for weeks.
max_requests = 5000
max_requests_jitter = 500

# The heartbeat file must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - no secret in it

# One process is steered by its signals; a control socket in the home folder is not needed.
control_socket_disable = True

loglevel = "warning"

# A reload starts new processes from this one: they must not inherit what it read before an update.
for _name in [name for name in sys.modules if name.partition(".")[0] == "partnership"]:
    del sys.modules[_name]
