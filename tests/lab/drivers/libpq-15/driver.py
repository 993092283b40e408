#!/usr/bin/env python3
"""libpq, by way of psql with sslmode=verify-full; a peer of the observer."""
# SPDX-License-Identifier: Apache-2.0
import re
import shutil
import subprocess

import programs

PSQL = "/usr/lib/postgresql/15/bin/psql"
HELLO = b"no words of a client"
READY = bytes.fromhex("520000000800000000" "5a0000000549")  # AuthenticationOk, ReadyForQuery


def client(request, folder):
    relay = programs.Relay(request["port"], answer_tls)
    verified = "verify-full" if request["name"] else "verify-ca"
    options = {"host": request["name"] or "localhost", "hostaddr": "127.0.0.1", "port": relay.port, "user": "postgres"}
    options |= {"dbname": "postgres", "sslmode": "require" if request["verify"] == "none" else verified}
    options |= {"ssl_min_protocol_version": f"TLSv{request['tls']}", "ssl_max_protocol_version": f"TLSv{request['tls']}"}
    options |= {"gssencmode": "disable", "connect_timeout": 2 * programs.SECONDS}
    for option, field in (("sslcert", "cert"), ("sslkey", "key"), ("sslrootcert", "trust"), ("sslcrl", "crl")):
        if request[field] and not (request["verify"] == "none" and field in ("trust", "crl")):
            shutil.copyfile(request[field], folder / field)
            (folder / field).chmod(0o600)
            options[option] = folder / field
    words = " ".join(f"{option}='{value}'" for option, value in options.items())
    done = subprocess.run([PSQL, "-X", "-c", r"\echo", words], capture_output=True, text=True, errors="replace")
    relay.thread.join(programs.SECONDS)
    text = re.sub(r"psql: error: (connection to server at .* failed: )?", "", done.stderr)
    lines = [line for line in text.replace(f"{folder}/", "").splitlines() if "This may indicate" not in line]  # a hint
    return {"handshake": done.returncode == 0, "log": lines}


def answer_tls(near, far):
    near.recv(8, programs.socket.MSG_WAITALL)  # SSLRequest
    near.sendall(b"S")


version = programs.version_of([PSQL, "--version"], r"PostgreSQL\) (\S+)")
talk = {"client": HELLO.hex(), "server": READY.hex(), "ok": READY.hex()}
programs.drive(version, {"client": client}, talk=talk)
