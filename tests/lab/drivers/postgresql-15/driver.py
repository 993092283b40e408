#!/usr/bin/env python3
"""PostgreSQL, asking for client certificates in pg_hba.conf; started anew for each request."""
# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import shutil
import subprocess
import tempfile

import programs

BIN = "/usr/lib/postgresql/15/bin"
SSL_REQUEST = bytes.fromhex("0000000804d2162f")
STARTUP = bytes.fromhex("0000002900030000") + b"user\0postgres\0database\0postgres\0\0"
AUTHENTICATED = bytes.fromhex("520000000800000000")
HBA = {"required": "trust clientcert=verify-ca", "optional": "trust", "none": "trust"}
OPTIONS = {"ssl": "on", "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
OPTIONS |= {"log_connections": "on", "log_disconnections": "on", "log_line_prefix": "", "shared_buffers": "1MB"}
OPTIONS |= {"max_connections": "5", "autovacuum": "off", "max_wal_senders": "0", "dynamic_shared_memory_type": "mmap"}


def own(path, mode):
    shutil.chown(path, "postgres", "postgres")
    path.chmod(mode)


def make_cluster():
    folder = pathlib.Path(tempfile.mkdtemp())
    own(folder, 0o700)
    command = [f"{BIN}/initdb", "-D", str(folder / "data"), "--auth=trust", "--no-sync", "--locale=C", "-U", "postgres"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user="postgres", group="postgres", cwd="/")
    return folder


def errors(program, folder):
    """Without what it says of every start and connection, and of the end of a server that was told to end."""
    lines = [line.replace(f"{folder}/", "") for line in program.lines()]
    return [line for line in lines if "could not" in line or line.startswith("FATAL") or "failed" in line]


def server(request, folder):
    port = programs.free_port()
    options = OPTIONS | {"port": str(port), "hba_file": str(folder / "hba")}
    options |= {"ssl_min_protocol_version": f"TLSv{request['tls']}", "ssl_max_protocol_version": f"TLSv{request['tls']}"}
    own(folder, 0o700)
    (folder / "hba").write_text(f"hostssl all all 127.0.0.1/32 {HBA[request['verify']]}\n")
    own(folder / "hba", 0o600)
    for option, field in (("ssl_cert_file", "cert"), ("ssl_key_file", "key"), ("ssl_ca_file", "trust"), ("ssl_crl_file", "crl")):
        if request[field] and not (request["verify"] == "none" and field in ("trust", "crl")):
            shutil.copyfile(request[field], folder / field)
            own(folder / field, 0o600)
            options[option] = str(folder / field)
    command = [f"{BIN}/postgres", "-D", str(cluster / "data")]
    command += [word for option, value in options.items() for word in ("-c", f"{option}={value}")]
    program = programs.Program(
        command, folder, lambda: "ready to accept" in (folder / "log").read_text(), user="postgres", group="postgres", cwd="/"
    )
    if not program.ready:
        return {"refused": errors(program, folder)}
    relay = programs.Relay(port, ask_for_tls)
    programs.say({"id": request["id"], "listening": relay.port})
    programs.wait(lambda: program.said("could not accept|FATAL|disconnection"), 2 * programs.SECONDS)
    relay.thread.join(programs.SECONDS)
    program.stop()
    return {"handshake": program.said("connection authorized"), "log": errors(program, folder)}


def ask_for_tls(near, far):
    far.sendall(SSL_REQUEST)
    if far.recv(1) != b"S":
        raise OSError("no TLS")


cluster = make_cluster()
version = programs.version_of([f"{BIN}/postgres", "--version"], r"PostgreSQL\) (\S+)")
talk = {"client": STARTUP.hex(), "server": AUTHENTICATED.hex(), "ok": AUTHENTICATED.hex()}
try:
    programs.drive(version, {"server": server}, talk=talk)
finally:
    shutil.rmtree(cluster)
