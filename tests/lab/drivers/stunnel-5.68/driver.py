#!/usr/bin/env python3
"""stunnel with one service: in front of a server that answers a line, or in front of the observer."""
# SPDX-License-Identifier: Apache-2.0
import ipaddress
import re
import socket
import threading

import programs

STUNNEL = "/usr/bin/stunnel4"


def configuration(request, port, target):
    lines = ["foreground = yes", "syslog = no", "pid =", "[lab]", f"accept = 127.0.0.1:{port}", f"connect = {target}"]
    lines += [f"sslVersion = TLSv{request['tls']}", "TIMEOUTclose = 0"]
    for option, field in (("cert", "cert"), ("key", "key"), ("CAfile", "trust"), ("CRLfile", "crl")):
        if request[field]:
            lines.append(f"{option} = {request[field]}")
    if request["role"] == "client":
        lines.append("client = yes")
    if request["verify"] != "none":
        lines.append("verify = 1" if request["verify"] == "optional" else "verifyChain = yes")
    return lines


def names(request):
    """How a client says whom it expects."""
    name = request["name"]
    try:
        return [f"checkIP = {ipaddress.ip_address(name)}"]
    except ValueError:
        return [f"checkHost = {name}"] + ([f"sni = {name}"] if programs.asks(request) else [])


def start(folder, port, lines, before=()):
    config = folder / "stunnel.conf"
    config.write_text("\n".join(lines) + "\n")
    return programs.Program([*before, STUNNEL, str(config)], folder, lambda: programs.is_listening(port))


def errors(program):
    """Warnings and errors of connections, without time and source lines, and without what TIMEOUTclose = 0 brings."""
    found = [re.search(r"LOG[34]\[\d+\]: (.*)", line) for line in program.lines() if "TIMEOUTclose" not in line]
    return [re.sub(r"\S+\.c:\d+: ", "", match.group(1)) for match in found if match]


def refusal(program, folder):
    found = [re.search(r"\[!\] (.*)", line) for line in program.lines()]
    lines = [re.sub(r"\S+\.c:\d+: ", "", match.group(1)) for match in found if match]
    return {"refused": [line.replace(f"{folder}/", "") for line in lines]}


def answer_a_line(listener, served):
    listener.settimeout(2 * programs.SECONDS)
    try:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(programs.SECONDS)
            if connection.makefile("rb").readline():
                connection.sendall(b"ok\n")
                served.append(True)
    except OSError:
        pass


def server(request, folder):
    port, served = programs.free_port(), []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        program = start(folder, port, configuration(request, port, f"127.0.0.1:{listener.getsockname()[1]}"))
        if not program.ready:
            return refusal(program, folder)
        behind = threading.Thread(target=answer_a_line, args=(listener, served), daemon=True)
        behind.start()
        programs.say({"id": request["id"], "listening": port})
        programs.wait(lambda: program.said(r"Connection (closed|reset)"))
        program.stop()
    return {"handshake": bool(served), "log": errors(program)}


def client(request, folder):
    port = programs.free_port()
    host = "127.0.0.1" if programs.asks(request) else request["name"]
    lines = configuration(request, port, f"{host}:{request['port']}")
    lines += names(request) if request["name"] and request["verify"] != "none" else []
    program = start(folder, port, lines, [] if programs.asks(request) else programs.here(folder, host))
    if not program.ready:
        return refusal(program, folder)
    answer = programs.ask(port, b"hello\n")
    programs.wait(lambda: program.said(r"Connection (closed|reset)"))
    program.stop()
    return {"handshake": answer == b"ok\n", "log": errors(program)}


version = programs.version_of([STUNNEL, "-version"], r"stunnel (\S+)")
programs.drive(version, {"server": server, "client": client})
