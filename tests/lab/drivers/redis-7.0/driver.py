#!/usr/bin/env python3
"""redis-server and redis-cli with TLS; the peers of the observer."""
# SPDX-License-Identifier: Apache-2.0
import re
import subprocess

import programs

SERVER = "/usr/bin/redis-server"
CLIENT = "/usr/bin/redis-cli"
AUTH = {"required": "yes", "optional": "optional", "none": "no"}
NOISE = "oO0|Redis version|Configuration loaded|Server init|WARNING|User requested|Redis is now"
PONG = b"+PONG\r\n"


def errors(program):
    """Warnings and errors, without process, time and connection."""
    found = [re.search(r"^\d+:\S (?:\d+ \S+ \S+ \S+ )?# (.*)", line) for line in program.lines()]
    lines = [re.sub(r" \(conn: fd=.*| \(addr=.*", "", match.group(1)) for match in found if match]
    return [line for line in lines if not re.match(NOISE, line)]


def server(request, folder):
    port = programs.free_port()
    options = {"port": 0, "tls-port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "loglevel": "verbose"}
    options |= {"tls-auth-clients": AUTH[request["verify"]], "tls-protocols": f"TLSv{request['tls']}"}
    for option, field in (("tls-cert-file", "cert"), ("tls-key-file", "key"), ("tls-ca-cert-file", "trust")):
        if request[field]:
            options[option] = request[field]
    config = folder / "redis.conf"
    config.write_text("".join(f'{option} "{value}"\n' for option, value in options.items()))
    program = programs.Program([SERVER, str(config)], folder, lambda: programs.is_listening(port))
    if not program.ready:
        return {"refused": errors(program)}
    programs.say({"id": request["id"], "listening": port})
    over = programs.wait(lambda: program.said(r"Error accepting|Client closed|Reading from client"))
    program.stop()
    return {"handshake": over and not program.said("Error accepting"), "log": errors(program)}


def client(request, folder):
    """With its commands from a pipe it says why the first connection failed; it tries again, and asks for help first."""
    command = [CLIENT, "--tls", "-h", "127.0.0.1", "-p", str(request["port"])]
    for option, field in (("--cacert", "trust"), ("--cert", "cert"), ("--key", "key"), ("--sni", "name")):
        if request[field] and (option != "--sni" or programs.asks(request)):
            command += [option, request[field]]
    if request["verify"] == "none":
        command.append("--insecure")
    done = subprocess.run(command, input="PING\n", capture_output=True, text=True, errors="replace")
    log = [line for line in done.stderr.splitlines() if re.match("Could not (?!.*Connection refused)", line)]
    return {"handshake": not log, "log": log}


version = programs.version_of([SERVER, "--version"], r"v=(\S+)")
talk = {"client": b"PING\r\n".hex(), "server": PONG.hex(), "ok": PONG.hex()}
programs.drive(version, {"server": server, "client": client}, talk=talk)
