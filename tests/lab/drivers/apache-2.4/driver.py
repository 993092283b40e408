#!/usr/bin/env python3
"""Apache httpd with a minimal configuration: as a server it has one page, as a client it is a reverse proxy."""
# SPDX-License-Identifier: Apache-2.0
import pathlib
import re

import programs

APACHE = "/usr/sbin/apache2"
MODULES = "/usr/lib/apache2/modules"
DEPTH = 10  # intermediates; as the examples of the manual have it, since the default of mod_ssl allows for none
READY = "resuming normal operations"  # it listens long before
VERIFY = {"required": "require", "optional": "optional", "none": "none"}


def base(folder, port, modules):
    lines = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in ("mpm_event", "authz_core", "ssl", *modules)]
    lines += ["ServerName localhost", f"DocumentRoot {folder}", f"Listen 127.0.0.1:{port}", "LogLevel info"]
    lines += [f"ErrorLog {folder}/error.log", f"PidFile {folder}/pid", f"DefaultRuntimeDir {folder}"]
    lines += ["StartServers 1", "ThreadsPerChild 4", "MaxRequestWorkers 4", "MinSpareThreads 1", "MaxSpareThreads 4"]
    return lines


def verifying(request, proxy):
    """The directives of both roles have names that differ by a prefix only; the limit of depth counts the root."""
    lines = [
        f"SSL{proxy}Protocol -all +TLSv{request['tls']}",
        f"SSL{proxy}Verify{'' if proxy else 'Client'} {VERIFY[request['verify']]}",
        f"SSL{proxy}VerifyDepth {1 + (DEPTH if request['depth'] is None else request['depth'])}",
    ]
    if request["trust"]:
        lines.append(f"SSL{proxy}CACertificateFile {request['trust']}")
    if request["crl"]:
        lines += [f"SSL{proxy}CARevocationFile {request['crl']}", f"SSL{proxy}CARevocationCheck chain"]
    return lines


def blocks(path):
    """The certificates of a file as the texts of their blocks."""
    text = pathlib.Path(path).read_text(errors="replace")
    return re.findall(r"-----BEGIN ([A-Z ]*CERTIFICATE)-----(.*?-----END \1-----\n?)", text, re.DOTALL)


def machine_certificate(request, folder):
    """A proxy wants leaf and key in one file, and the rest of the chain in another."""
    lines = []
    if request["cert"]:
        texts = [f"-----BEGIN {kind}-----{rest}" for kind, rest in blocks(request["cert"])]
        (folder / "own.pem").write_text("".join(texts[:1]) + pathlib.Path(request["key"]).read_text())
        lines.append(f"SSLProxyMachineCertificateFile {folder}/own.pem")
        if texts[1:]:
            (folder / "chain.pem").write_text("".join(texts[1:]))
            lines.append(f"SSLProxyMachineCertificateChainFile {folder}/chain.pem")
    return lines


def written(folder):
    path = folder / "error.log"
    return path.read_text(errors="replace") if path.exists() else ""


def errors(folder):
    """The lines about connections, without time, process, addresses and what is no error."""
    found = re.findall(r"\[(?:ssl|proxy|proxy_http):(?:info|warn|error)\] \[pid [^]]*\] (.*)", written(folder).partition(READY)[2])
    found = [re.sub(r"\[(?:client|remote) [^]]*\] |, referer: .*", "", line).replace(f"{folder}/", "") for line in found]
    return [line for line in found if not re.match("AH0(1964|1914|1998)", line)]


def start(folder, port, lines):
    config = folder / "apache.conf"
    config.write_text("\n".join(lines) + "\n")
    command = [APACHE, "-DFOREGROUND", "-d", str(folder), "-f", str(config)]
    return programs.Program(command, folder, lambda: READY in written(folder))


def refusal(program, folder):
    text = written(folder) + "\n".join(program.lines())
    lines = re.findall(r"(?:error|emerg)\] \[pid [^]]*\] (.*)", text) or re.findall(r"^(?!AH00558)\S.*", text, re.MULTILINE)
    return {"refused": [line.replace(f"{folder}/", "") for line in lines]}


def server(request, folder):
    port = programs.free_port()
    (folder / "index.html").write_text("ok\n")
    lines = base(folder, port, ["dir"]) + ["DirectoryIndex index.html", "SSLEngine on"] + verifying(request, "")
    lines += [f"TransferLog {folder}/access.log"]
    if request["cert"]:
        lines += [f"SSLCertificateFile {request['cert']}", f"SSLCertificateKeyFile {request['key']}"]
    program = start(folder, port, lines)
    if not program.ready:
        return refusal(program, folder)
    access = folder / "access.log"
    programs.say({"id": request["id"], "listening": port})
    programs.wait(lambda: access.stat().st_size or re.search("AH02008|AH01998", written(folder)))
    program.stop()
    return {"handshake": '" 200 ' in access.read_text(), "log": errors(folder)}


def client(request, folder):
    port = programs.free_port()
    lines = base(folder, port, ["proxy", "proxy_http"]) + ["SSLProxyEngine on"] + verifying(request, "Proxy")
    lines += machine_certificate(request, folder)
    lines += ["ProxyPreserveHost on" if request["name"] else "SSLProxyCheckPeerName off"]
    lines += [f"ProxyPass / https://127.0.0.1:{request['port']}/"]
    program = start(folder, port, lines)
    if not program.ready:
        return refusal(program, folder)
    status = programs.get(port, request["name"] or "localhost")
    program.stop()
    return {"handshake": status == 200, "log": errors(folder)}


version = programs.version_of([APACHE, "-v"], r"Apache/(\S+)")
programs.drive(version, {"server": server, "client": client}, http=True, depth=DEPTH)
