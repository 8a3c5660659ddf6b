"""A real PostgreSQL server on 127.0.0.1, for one test session, in its own folder."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

PLACES = "/usr/lib/postgresql"
ACCOUNT = "postgres"
ABSENT = (
    "PostgreSQL's server is not installed, so its tests cannot run. "
    "Install it with: apt-get install postgresql"
)


class Server:
    """A server that is up; `url` makes an empty database on it and names it."""

    def __init__(self, port):
        self.port, self.count = port, 0

    def url(self):
        self.count += 1
        name = f"class{self.count}"
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://{ACCOUNT}@127.0.0.1:{self.port}/{name}"

    def connect(self, name):
        import psycopg

        where = f"host=127.0.0.1 port={self.port} user={ACCOUNT} dbname={name}"
        return psycopg.connect(where, autocommit=True)


@pytest.fixture(scope="session")
def postgres():
    with running() as server:
        yield server


@contextmanager
def running():
    """Start a server and stop it; fails where PostgreSQL is not installed."""
    with tempfile.TemporaryDirectory(prefix="caselens-postgres-") as name:
        root, port = Path(name), free_port()
        if os.geteuid() == 0:
            shutil.chown(root, ACCOUNT)
        data = root / "data"
        started = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            f" -c fsync=off"
        )
        try:
            run("initdb", "-D", data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8")
            run("pg_ctl", "-D", data, "-l", root / "log", "-o", started, "-w", "start")
        except subprocess.CalledProcessError as error:
            log = root / "log"
            said = error.stdout + (log.read_text() if log.exists() else "")
            pytest.fail(f"PostgreSQL did not start: {said}")
        try:
            yield Server(port)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def run(tool, *words):
    """Run a tool of the server's, not as root, which the server refuses."""
    line = [str(program(tool)), *map(str, words)]
    if os.geteuid() == 0:
        line = [
            "setpriv",
            "--reuid",
            ACCOUNT,
            "--regid",
            ACCOUNT,
            "--clear-groups",
            *line,
        ]
    # A server that is started keeps these open, so its output is not waited for.
    with tempfile.TemporaryFile("w+") as said:
        found = subprocess.run(
            line,
            check=False,
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd="/",
        )
        said.seek(0)
        if found.returncode:
            raise subprocess.CalledProcessError(found.returncode, line, said.read())


def program(tool):
    """Return the newest server's own tool; Debian keeps them off the PATH."""
    found = sorted(
        Path(PLACES).glob(f"*/bin/{tool}"), key=lambda one: float(one.parts[-3])
    )
    path = found[-1] if found else shutil.which(tool)
    if path is None:
        pytest.fail(ABSENT)
    return path


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
