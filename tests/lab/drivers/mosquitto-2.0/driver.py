#!/usr/bin/env python3
"""The broker Mosquitto and mosquitto_pub with TLS; the peers of the observer."""
# SPDX-License-Identifier: Apache-2.0
import re
import subprocess

import programs

SERVER = "/usr/sbin/mosquitto"
CLIENT = "/usr/bin/mosquitto_pub"
READY = " running"  # it listens before
CONNECT = bytes.fromhex("100f00044d5154540402003c0003") + b"lab"
CONNACK = bytes.fromhex("20020000")


def errors(program):
    """Errors of connections, without time, client and source lines."""
    lines = [re.sub(r"^\d+: ", "", line) for line in program.lines()]
    return [line for line in lines if "rror" in line]


def server(request, folder):
    port = programs.free_port()
    lines = [f"listener {port} 127.0.0.1", "allow_anonymous true", "user root", f"tls_version tlsv{request['tls']}"]
    for option, field in (("certfile", "cert"), ("keyfile", "key"), ("cafile", "trust"), ("crlfile", "crl")):
        if request[field] and not (field == "crl" and request["verify"] == "none"):
            lines.append(f"{option} {request[field]}")
    lines.append(f"require_certificate {'false' if request['verify'] == 'none' else 'true'}")
    config = folder / "mosquitto.conf"
    config.write_text("\n".join(lines) + "\n")
    program = programs.Program([SERVER, "-c", str(config), "-v"], folder, lambda: READY in (folder / "log").read_text())
    if not program.ready:
        return {"refused": [line.replace(f"{folder}/", "") for line in errors(program)]}
    programs.say({"id": request["id"], "listening": port})
    programs.wait(lambda: program.said(r"Client .* (closed|disconnected)|OpenSSL Error|protocol error"))
    program.stop()
    return {"handshake": program.said("Sending CONNACK to lab"), "log": errors(program)}


def client(request, folder):
    name = request["name"] or "localhost"
    command = programs.here(folder, name)
    command += [CLIENT, "-h", name, "-p", str(request["port"]), "-t", "lab", "-m", "hello", "-i", "lab", "-d"]
    for option, field in (("--cafile", "trust"), ("--cert", "cert"), ("--key", "key")):
        if request[field]:
            command += [option, request[field]]
    if not request["name"] or request["verify"] == "none":
        command.append("--insecure")
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    log = [line for line in (done.stdout + done.stderr).splitlines() if "rror" in line]
    accepted = "received CONNACK (0)" in done.stdout
    if accepted:  # which of the two ends hangs up first is chance
        log = [line for line in log if line != "Error: The connection was lost."]
    return {"handshake": accepted, "log": log}


version = programs.version_of([SERVER, "-h"], r"version (\S+)")
talk = {"client": CONNECT.hex(), "server": CONNACK.hex(), "ok": CONNACK.hex()}
programs.drive(version, {"server": server, "client": client}, talk=talk)
