#!/usr/bin/env python3
"""The program wget, as Debian builds it with GnuTLS; the peer of the observer.

wget finds hosts by name only, so it is given a proxy that leads every host to the observer.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import select
import socket
import struct
import subprocess
import sys
import threading

SECONDS = 2
WGET = "/usr/bin/wget"
SAYS = ("ERROR", "GnuTLS", "The certificate", "Unable to establish", "Failed writing", "Read error")


def say(line):
    print(json.dumps(line), flush=True)


def close(one, reset):
    if reset:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    one.close()


def forward(ends):
    """Passes bytes, and how the first end that ends does so."""
    while True:
        for one in select.select(ends, [], [], SECONDS)[0] or [None]:
            other = ends[0] if one is ends[1] else ends[1]
            try:
                data = one.recv(65536) if one else b""
                if data:
                    other.sendall(data)
            except OSError:
                return other, True
            if not data:
                return other, False


def lead(listener, port):
    client, _ = listener.accept()
    while b"\r\n\r\n" not in client.recv(65536):
        pass
    server = socket.create_connection(("127.0.0.1", port))
    client.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
    other, reset = forward([client, server])
    close(other, reset)
    close(server if other is client else client, reset)


def command(request):
    version = {"1.2": "TLSv1_2", "1.3": "TLSv1_3"}[request["tls"]]
    words = [WGET, "--no-config", "--no-hsts", "--tries=1", f"--timeout={SECONDS}", "-O", "/dev/null"]
    words.append(f"--secure-protocol={version}")
    for option, field in (
        ("--ca-certificate", "trust"),
        ("--certificate", "cert"),
        ("--private-key", "key"),
        ("--crl-file", "crl"),
    ):
        if request[field]:
            words.append(f"{option}={request[field]}")
    if request["verify"] == "none":
        words.append("--no-check-certificate")
    name = f"[{request['name']}]" if ":" in request["name"] else request["name"]
    return words + [f"https://{name}:{request['port']}/"]


def drive(request):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=lead, args=(listener, request["port"]), daemon=True).start()
        proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        environment = {**os.environ, "https_proxy": proxy, "no_proxy": "", "LC_ALL": "C"}
        done = subprocess.run(command(request), env=environment, capture_output=True, text=True, errors="replace")
    log = [line for line in done.stderr.splitlines() if line.startswith(SAYS)]
    return {"id": request["id"], "handshake": done.returncode == 0, "log": log}


version = subprocess.run([WGET, "--version"], capture_output=True, text=True).stdout.split()
say({"version": version[2], "http": True})
for line in sys.stdin:
    say(drive(json.loads(line)))
