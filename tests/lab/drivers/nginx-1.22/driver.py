#!/usr/bin/env python3
"""nginx with a minimal configuration: one https server that answers every request; the peer of the observer."""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

SECONDS = 2
NGINX = "/usr/sbin/nginx"


def say(line):
    print(json.dumps(line), flush=True)


def configuration(request, folder, port):
    """What the documentation of ngx_http_ssl_module shows, and nothing else that concerns TLS."""
    verify = {"required": "on", "optional": "optional", "none": "off"}[request["verify"]]
    lines = [
        f"listen 127.0.0.1:{port} ssl;",
        f"ssl_protocols TLSv{request['tls']};",
        f"ssl_verify_client {verify};",
        'return 200 "ok\\n";',
    ]
    for directive, field in (
        ("ssl_certificate", "cert"),
        ("ssl_certificate_key", "key"),
        ("ssl_client_certificate", "trust"),
        ("ssl_crl", "crl"),
        ("ssl_verify_depth", "depth"),
    ):
        if request[field] is not None:
            lines.append(f"{directive} {request[field]};")
    return f"""
pid {folder}/pid;
error_log {folder}/error.log info;
worker_processes 1;
daemon off;
events {{ }}
http {{
    access_log {folder}/access.log;
    server {{ {' '.join(lines)} }}
}}
"""


def errors(folder):
    """The lines about a connection or a broken configuration, without time and process."""
    path = folder / "error.log"
    text = path.read_text(errors="replace") if path.exists() else ""
    found = re.findall(r"\[(?:info|error|crit|emerg|warn)\] \d+#\d+: (?:\*\d+ )?(.*)", text)
    return [re.sub(r", client: 127\.0\.0\.1.*", "", line) for line in found]


def serve(request, folder, listener):
    config = folder / "nginx.conf"
    config.write_text(configuration(request, folder, listener.getsockname()[1]))
    command = [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)]
    check = subprocess.run(command + ["-t", "-q"], capture_output=True, text=True)
    if check.returncode != 0:
        found = re.findall(r"\[emerg\] (.*)", check.stderr) or [check.stderr]
        return {"refused": [re.sub(r" in /\S+:\d+$", "", re.sub(r"\d+#\d+: ", "", line)) for line in found]}
    (folder / "error.log").unlink()
    os.set_inheritable(listener.fileno(), True)
    environment = {**os.environ, "NGINX": f"{listener.fileno()};"}
    process = subprocess.Popen(command, env=environment, pass_fds=[listener.fileno()], stderr=subprocess.DEVNULL)
    say({"id": request["id"], "listening": listener.getsockname()[1]})
    access, end = folder / "access.log", time.monotonic() + SECONDS
    while time.monotonic() < end and not (access.exists() and access.stat().st_size) and not closed(errors(folder)):
        time.sleep(0.005)
    process.terminate()
    process.wait()
    served = access.exists() and '" 200 ' in access.read_text()
    log = [line for line in errors(folder) if not line.startswith("using inherited")]
    return {"handshake": served, "log": [line for line in log if "keepalive" not in line]}


def closed(lines):
    return any("while SSL handshaking" in line or "closed connection" in line for line in lines)


def drive(request):
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as listener:
        answer = serve(request, pathlib.Path(name), listener)
    return {"id": request["id"]} | answer


version = subprocess.run([NGINX, "-V"], capture_output=True, text=True).stderr
say({"version": re.search(r"nginx/(\S+)", version).group(1), "http": True})
for line in sys.stdin:
    say(drive(json.loads(line)))
