"""What the drivers of whole programs share: the protocol of README.md, a folder per request, ports, waiting."""
# SPDX-License-Identifier: Apache-2.0
import itertools
import json
import os
import pathlib
import random
import re
import select
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

SECONDS = 2
START_SECONDS = 8
# Below those that the system gives to clients; each driver has its own.
PORTS = range(10000 + os.getpid() % 64, 32000, 64)


def say(line):
    print(json.dumps(line), flush=True)


def drive(version, roles, **hello):
    """Answers requests; roles maps a role to a function of the request and an empty folder."""
    say({"version": version} | hello)
    for line in sys.stdin:
        request = json.loads(line)
        with tempfile.TemporaryDirectory() as folder:
            answer = roles[request["role"]](request, pathlib.Path(folder))
            say({"id": request["id"]} | answer)


def version_of(command, pattern):
    done = subprocess.run(command, capture_output=True, text=True)
    return re.search(pattern, done.stdout + done.stderr).group(1)


def asks(request):
    """Is the program told by an option of its own to send server_name? Otherwise that is left to its defaults."""
    return request.get("asks", True)


def here(folder, name):
    """What to put before a command for which the name is to be this machine."""
    (folder / "hosts").write_text(f"127.0.0.1 {name}\n")
    return ["unshare", "--mount", "sh", "-c", f'mount --bind {folder}/hosts /etc/hosts && exec "$@"', "sh"]


def free_port():
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def is_listening(port):
    """Without a connection, which the program would log. Listening sockets come first, so the many others are not read."""
    with open("/proc/net/tcp") as table:
        next(table)
        listening = itertools.takewhile(lambda line: line.split()[3] == "0A", table)
        return any(line.split()[1] == f"0100007F:{port:04X}" for line in listening)


def wait(condition, seconds=SECONDS):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


class Program:
    """A server, started with its output in a file; `ready` as told, or not, if it has ended."""

    def __init__(self, command, folder, is_ready, **options):
        self.log = folder / "log"
        self.log.touch()
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **options)
        wait(lambda: self.process.poll() is not None or is_ready(), START_SECONDS)
        self.ready = self.process.poll() is None

    def lines(self):
        return self.log.read_text(errors="replace").splitlines()

    def said(self, pattern):
        return any(re.search(pattern, line) for line in self.lines())

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def ask(port, request):
    """The first line of the answer to a request; empty if there is none."""
    try:
        with socket.create_connection(("127.0.0.1", port), SECONDS) as connection:
            connection.settimeout(SECONDS + 1)
            connection.sendall(request)
            return connection.makefile("rb").readline()
    except OSError:
        return b""


def get(port, host):
    """The status that a proxy answers to a request for the host; 0 if it does not."""
    name = f"[{host}]" if ":" in host else host
    found = re.match(rb"HTTP/1\.\d (\d+)", ask(port, f"GET / HTTP/1.0\r\nHost: {name}\r\n\r\n".encode()))
    return int(found.group(1)) if found else 0


def copy_until_closed(ends):
    """What comes from one end goes to the other, and so does how its connection ends: close or reset."""
    other = {ends[0]: ends[1], ends[1]: ends[0]}
    open_ends = set(ends)
    while open_ends:
        ready, _, _ = select.select(open_ends, [], [], 2 * SECONDS)
        if not ready:
            return
        for end in ready:
            try:
                data = end.recv(65536)
                other[end].sendall(data)
            except OSError:
                other[end].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if not data:
                open_ends.remove(end)
                other[end].shutdown(socket.SHUT_WR)


class Relay:
    """Takes one connection to its port, and has `begin` say on it and on that to the target what comes before TLS."""

    def __init__(self, target, begin):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(START_SECONDS)
        self.port = self.listener.getsockname()[1]
        self.target, self.begin = target, begin
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        try:
            with self.listener:
                near, _ = self.listener.accept()
            with near, socket.create_connection(("127.0.0.1", self.target), SECONDS) as far:
                near.settimeout(SECONDS)
                self.begin(near, far)
                copy_until_closed((near, far))
        except OSError:
            pass
