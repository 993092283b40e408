#!/usr/bin/env python3
"""gnutls-serv as a web server that verifies its clients; the peer of the observer."""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time

SECONDS = 2
SERVER = "/usr/bin/gnutls-serv"


def say(line):
    print(json.dumps(line), flush=True)


def command(request, port):
    """Without --verify-client-cert nothing is verified; --require-client-cert alone takes any certificate."""
    words = ["stdbuf", "-oL", SERVER, "--http", "--nodb", "--port", str(port)]
    words += ["--priority", f"NORMAL:-VERS-ALL:+VERS-TLS{request['tls']}"]
    for option, field in (
        ("--x509certfile", "cert"),
        ("--x509keyfile", "key"),
        ("--x509cafile", "trust"),
        ("--x509crlfile", "crl"),
    ):
        if request[field]:
            words += [option, request[field]]
    return words + {
        "required": ["--require-client-cert", "--verify-client-cert"],
        "optional": ["--verify-client-cert"],
        "none": ["--disable-client-cert"],
    }[request["verify"]]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


def sockets(process):
    """How many the program has open: it prints nothing when a connection ends."""
    try:
        folder = f"/proc/{process.pid}/fd"
        return sum(os.readlink(f"{folder}/{name}").startswith("socket:") for name in os.listdir(folder))
    except OSError:
        return 0


def until(condition, process):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None and not condition():
        time.sleep(0.005)


def lines(output):
    output.seek(0)
    return [line.rstrip() for line in output.read().decode(errors="replace").splitlines() if line.strip()]


def drive(request):
    port = free_port()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command(request, port), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        until(lambda: "done" in "".join(lines(output)) and sockets(process) > 0, process)
        listening = sockets(process)
        if process.poll() is not None:
            return {"id": request["id"], "refused": lines(output)}
        say({"id": request["id"], "listening": port})
        until(lambda: sockets(process) > listening or "* Accepted" in "\n".join(lines(output)), process)
        until(lambda: sockets(process) == listening, process)
        process.terminate()
        process.wait()
        text = lines(output)
    done = any(line.startswith("- Description:") for line in text)
    log = [line for line in text if line.startswith(("Error", "***", "- Status", "- Peer", "- Could not", "|<"))]
    return {"id": request["id"], "handshake": done, "log": log}


version = subprocess.run([SERVER, "--version"], capture_output=True, text=True).stdout
say({"version": re.search(r"gnutls-serv (\S+)", version).group(1), "http": True})
for line in sys.stdin:
    say(drive(json.loads(line)))
