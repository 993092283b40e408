#!/usr/bin/env python3
"""nginx with a minimal configuration: as a server it answers every request itself, as a client it is a proxy."""
# SPDX-License-Identifier: Apache-2.0
import re

import programs

NGINX = "/usr/sbin/nginx"
SERVER = (
    ("ssl_certificate", "cert"),
    ("ssl_certificate_key", "key"),
    ("ssl_client_certificate", "trust"),
    ("ssl_crl", "crl"),
    ("ssl_verify_depth", "depth"),
)
CLIENT = (
    ("proxy_ssl_certificate", "cert"),
    ("proxy_ssl_certificate_key", "key"),
    ("proxy_ssl_trusted_certificate", "trust"),
    ("proxy_ssl_crl", "crl"),
    ("proxy_ssl_verify_depth", "depth"),
)


def files(request, directives):
    return [f"{directive} {request[field]};" for directive, field in directives if request[field] is not None]


def start(folder, port, lines):
    """What the documentation of nginx's modules shows, and nothing else that concerns TLS."""
    config = folder / "nginx.conf"
    config.write_text(f"""
pid {folder}/pid;
error_log {folder}/error.log info;
worker_processes 1;
daemon off;
events {{ }}
http {{
    access_log {folder}/access.log;
    server {{ {' '.join(lines)} }}
}}
""")
    command = [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)]
    return programs.Program(command, folder, lambda: programs.is_listening(port))


def written(folder, name):
    path = folder / name
    return path.read_text(errors="replace") if path.exists() else ""


def errors(folder):
    """The lines about a connection, without time, process and those who spoke."""
    found = re.findall(r"\[(?:info|error|crit|emerg|warn)\] \d+#\d+: (?:\*\d+ )?(.*)", written(folder, "error.log"))
    lines = [re.sub(r", client: 127\.0\.0\.1.*", "", line) for line in found]
    return [line for line in lines if "keepalive" not in line]


def refusal(folder):
    found = re.findall(r"\[emerg\] \d+#\d+: (.*)", written(folder, "error.log"))
    return {"refused": [re.sub(r" in /\S+:\d+$", "", line) for line in found]}


def is_over(folder):
    """A request was answered, or the connection ended before one came."""
    lines = errors(folder)
    return written(folder, "access.log") or any("while SSL handshaking" in x or "closed connection" in x for x in lines)


def server(request, folder):
    port = programs.free_port()
    verify = {"required": "on", "optional": "optional", "none": "off"}[request["verify"]]
    lines = [f"listen 127.0.0.1:{port} ssl;", f"ssl_protocols TLSv{request['tls']};", f"ssl_verify_client {verify};"]
    program = start(folder, port, lines + files(request, SERVER) + ['return 200 "ok\\n";'])
    if not program.ready:
        return refusal(folder)
    programs.say({"id": request["id"], "listening": port})
    programs.wait(lambda: is_over(folder))
    program.stop()
    return {"handshake": '" 200 ' in written(folder, "access.log"), "log": errors(folder)}


def client(request, folder):
    port = programs.free_port()
    name = f"[{request['name']}]" if ":" in request["name"] else request["name"]
    lines = [f"proxy_pass https://127.0.0.1:{request['port']};", f"proxy_ssl_protocols TLSv{request['tls']};"]
    lines += ["proxy_ssl_verify off;" if request["verify"] == "none" else "proxy_ssl_verify on;"]
    lines += [f'proxy_ssl_name "{name}";'] + files(request, CLIENT)
    lines += ["proxy_ssl_server_name on;"] if programs.asks(request) else []
    program = start(folder, port, [f"listen 127.0.0.1:{port};", f"location / {{ {' '.join(lines)} }}"])
    if not program.ready:
        return refusal(folder)
    status = programs.get(port, "localhost")
    program.stop()
    return {"handshake": status == 200, "log": errors(folder)}


version = programs.version_of([NGINX, "-V"], r"nginx/(\S+)")
programs.drive(version, {"server": server, "client": client}, http=True)
