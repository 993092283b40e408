#!/usr/bin/env python3
"""The program curl, as Debian builds it with OpenSSL; the peer of the observer."""
# SPDX-License-Identifier: Apache-2.0
import json
import subprocess
import sys

SECONDS = 2
CURL = "/usr/bin/curl"


def say(line):
    print(json.dumps(line), flush=True)


def command(request):
    port, version = request["port"], request["tls"]
    name = f"[{request['name']}]" if ":" in request["name"] else request["name"]
    words = [CURL, "--disable", "--silent", "--show-error", "--max-time", str(SECONDS), "--noproxy", "*"]
    words += [f"--tlsv{version}", "--tls-max", version, "--connect-to", f"::127.0.0.1:{port}"]
    for option, field in (("--cacert", "trust"), ("--cert", "cert"), ("--key", "key"), ("--crlfile", "crl")):
        if request[field]:
            words += [option, request[field]]
    if request["verify"] == "none":
        words.append("--insecure")
    return words + [f"https://{name}:{port}/"]


def drive(request):
    done = subprocess.run(command(request), capture_output=True, text=True, errors="replace")
    log = [line for line in done.stderr.splitlines() if line.startswith("curl: (")]
    return {"id": request["id"], "handshake": done.returncode == 0, "log": log}


version = subprocess.run([CURL, "--version"], capture_output=True, text=True).stdout.split()
say({"version": f"{version[1]} ({version[4]})", "http": True})
for line in sys.stdin:
    say(drive(json.loads(line)))
