#!/usr/bin/env python3
"""haproxy with a minimal configuration: as a server it answers every request itself, as a client it is a proxy."""
# SPDX-License-Identifier: Apache-2.0
import re

import programs

HAPROXY = "/usr/sbin/haproxy"
# httpclient is for scripts and unused here; its CAs, those of the system, would take most of the time to start.
CONFIGURATION = """
global
    log stderr format raw local0
    httpclient.ssl.verify none
defaults
    mode http
    log global
    option httplog
    timeout connect 2s
    timeout client 2s
    timeout server 2s
    retries 0
"""


def own_files(request, folder):
    """haproxy takes certificate and key from one file, or the key from a second one beside it."""
    if request["cert"] is None:
        return ""
    (folder / "own.pem").symlink_to(request["cert"])
    (folder / "own.pem.key").symlink_to(request["key"])
    return f" crt {folder}/own.pem"


def common(request, folder, verify):
    words = f"ssl ssl-min-ver TLSv{request['tls']} ssl-max-ver TLSv{request['tls']}{own_files(request, folder)}"
    words += f" verify {verify}"
    if verify != "none":
        words += f" ca-file {request['trust']}" if request["trust"] else ""
        words += f" crl-file {request['crl']}" if request["crl"] else ""
    return words


def start(folder, port, lines):
    config = folder / "haproxy.cfg"
    config.write_text(CONFIGURATION + lines)
    return programs.Program([HAPROXY, "-db", "-f", str(config)], folder, lambda: programs.is_listening(port))


def refusal(program, folder):
    """The first complaint about the configuration."""
    found = [re.search(r"\[ALERT\].*? : (?:parsing )?(?:\[\S+:\d+\] : )?(.*)", line) for line in program.lines()]
    return [match.group(1).replace(f"{folder}/", "") for match in found if match][:1]


def errors(program):
    """Without time, client and durations; nothing of requests that were answered."""
    found = [re.search(r"\] (fe\S* .*)|\] (fe/1: .*)", line) for line in program.lines()]
    lines = [match.group(1) or match.group(2) for match in found if match]
    return [re.sub(r"(/-1)/\d+ ", r"\1/TIME ", line) for line in lines if " 200 " not in line]


def server(request, folder):
    port = programs.free_port()
    tls = common(request, folder, request["verify"])
    program = start(folder, port, f"frontend fe\n    bind 127.0.0.1:{port} {tls}\n    http-request return status 200\n")
    if not program.ready:
        return {"refused": refusal(program, folder)}
    programs.say({"id": request["id"], "listening": port})
    programs.wait(lambda: program.said(r" fe/1: | fe~ "))
    program.stop()
    return {"handshake": program.said(" 200 "), "log": errors(program)}


def client(request, folder):
    port = programs.free_port()
    tls = common(request, folder, "none" if request["verify"] == "none" else "required")
    if request["name"]:
        tls += f" verifyhost {request['name']}"
        tls += f" sni str({request['name']})" if programs.asks(request) else ""
    lines = f"frontend fe\n    bind 127.0.0.1:{port}\n    default_backend be\n"
    lines += f"backend be\n    server upstream 127.0.0.1:{request['port']} {tls}\n"
    program = start(folder, port, lines)
    if not program.ready:
        return {"refused": refusal(program, folder)}
    status = programs.get(port, request["name"] or "localhost")
    programs.wait(lambda: program.said(r" fe be/"))
    program.stop()
    return {"handshake": status == 200, "log": errors(program)}


programs.drive(programs.version_of([HAPROXY, "-v"], r"version (\S+)"), {"server": server, "client": client}, http=True)
