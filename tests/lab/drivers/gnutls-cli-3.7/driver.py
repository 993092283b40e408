#!/usr/bin/env python3
"""gnutls-cli, fed one line; the peer of the observer."""
# SPDX-License-Identifier: Apache-2.0
import contextlib
import ipaddress
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import programs

SECONDS = 2
CLIENT = "/usr/bin/gnutls-cli"


def say(line):
    print(json.dumps(line), flush=True)


def is_address(name):
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def command(request, folder):
    name, asks = request["name"], programs.asks(request)
    words = [] if asks else programs.here(folder, name)
    words += ["stdbuf", "-oL", CLIENT, "--port", str(request["port"]), "--verify-hostname", name]
    words += ["--priority", f"NORMAL:-VERS-ALL:+VERS-TLS{request['tls']}"]
    if asks:
        words += ["--disable-sni"] if is_address(name) else ["--sni-hostname", name]
    for option, field in (
        ("--x509cafile", "trust"),
        ("--x509certfile", "cert"),
        ("--x509keyfile", "key"),
        ("--x509crlfile", "crl"),
    ):
        if request[field]:
            words += [option, request[field]]
    return words + (["--no-ca-verification"] if request["verify"] == "none" else []) + ["127.0.0.1" if asks else name]


def lines(output):
    output.seek(0)
    return [line.rstrip() for line in output.read().decode(errors="replace").splitlines()]


def drive(request):
    with tempfile.TemporaryFile() as output, tempfile.TemporaryDirectory() as folder:
        words = command(request, pathlib.Path(folder))
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT)
        with contextlib.suppress(BrokenPipeError):  # it may have given up already
            process.stdin.write(b"hello\n")
            process.stdin.flush()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and process.poll() is None and "ok" not in lines(output):
            time.sleep(0.005)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.terminate()
        process.wait()
        text = lines(output)
    log = [line for line in text if line.startswith(("***", "- Status", "- Could not", "Error", "|<"))]
    return {"id": request["id"], "handshake": "ok" in text, "log": log}


version = subprocess.run([CLIENT, "--version"], capture_output=True, text=True).stdout
say({"version": re.search(r"gnutls-cli (\S+)", version).group(1)})
for line in sys.stdin:
    say(drive(json.loads(line)))
