#!/usr/bin/env python3
"""MariaDB and its client: a server for each set of options, which loads the files of each request by FLUSH SSL."""
# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

import programs

BUILD = pathlib.Path(sys.argv[1]).resolve()
SERVER = "/usr/sbin/mariadbd"
CLIENT = "/usr/bin/mariadb"
FILES = (("--ssl-cert", "cert"), ("--ssl-key", "key"), ("--ssl-ca", "trust"), ("--ssl-crl", "crl"))
OPTIONS = ["--no-defaults", "--user=root", "--bind-address=127.0.0.1", "--skip-name-resolve", "--skip-innodb"]
OPTIONS += ["--default-storage-engine=Aria", "--performance-schema=0", "--general-log=1"]
REQUIRE = {"required": "X509", "optional": "NONE", "none": "NONE"}

# SSL, PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH, LONG_PASSWORD
ABILITIES = 0x0008_8A01
PLUGIN = b"mysql_native_password\0"
ASK = struct.pack("<IIB23x", ABILITIES, 1 << 24, 45)
LOGIN = ASK + b"app\0" + b"\0" + PLUGIN
WELCOME = b"\x0a10.11.0-MariaDB\0" + struct.pack("<I8sxHBHHB10x12sx", 1, b"x" * 8, ABILITIES & 0xFFFF, 45, 2,
                                                 ABILITIES >> 16, 21, b"x" * 12) + PLUGIN
OK = b"\0\0\0\2\0\0\0"


def packet(number, content):
    return struct.pack("<I", len(content))[:3] + bytes([number]) + content


def receive(connection):
    head = connection.recv(4, programs.socket.MSG_WAITALL)
    return connection.recv(int.from_bytes(head[:3], "little"), programs.socket.MSG_WAITALL)


class Server:
    """One with these fields of requests, and its files in its folder."""

    def __init__(self, tls, fields):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=home))
        self.port = programs.free_port()
        shutil.copytree(BUILD / "data", self.folder / "data")
        (self.folder / "init.sql").write_text("CREATE USER IF NOT EXISTS app;\n")
        self.options = [f"--datadir={self.folder}/data", f"--socket={self.folder}/socket", f"--pid-file={self.folder}/pid"]
        self.options += [f"--general-log-file={self.folder}/general", f"--init-file={self.folder}/init.sql"]
        self.options += [f"--port={self.port}", f"--tls-version=TLSv{tls}"]
        self.options += [f"{option}={self.folder}/{field}" for option, field in FILES if field in fields]
        self.program = None

    def is_up(self):
        return self.program is not None and self.program.process.poll() is None

    def start(self):
        self.log().unlink(missing_ok=True)
        ready = lambda: self.program_said("ready for connections")
        self.program = programs.Program([SERVER] + OPTIONS + self.options, self.folder, ready)

    def log(self):
        return self.folder / "log"

    def program_said(self, words):
        return words in self.log().read_text(errors="replace")

    def load(self, request):
        """False: it does not take these files. Then it was started with them, to see what it says."""
        for _, field in FILES:
            if request[field]:
                shutil.copyfile(request[field], self.folder / field)
        if not self.is_up():
            self.start()
            return self.is_up() and self.tell(request)
        if self.tell(request):
            return True
        self.program.stop()
        self.start()
        return False

    def tell(self, request):
        statements = f"ALTER USER app REQUIRE {REQUIRE[request['verify']]}; FLUSH SSL"
        command = [CLIENT, "--no-defaults", f"--socket={self.folder}/socket", "--skip-ssl", "-u", "root", "-e", statements]
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0

    def lines(self, start):
        """Errors and warnings since then, without times and numbers of connections."""
        found = re.findall(r"^\S+ +\S+ \d+ \[(?:ERROR|Warning)\] (.*)|^(SSL error: .*)", self.log().read_text(errors="replace")[start:], re.M)
        lines = [(warning or said).replace(f"{self.folder}/", "") for warning, said in found]
        return [re.sub(r"connection \d+", "connection", line) for line in lines]


def server(request, _folder):
    fields = tuple(field for _, field in FILES if request[field])
    key = request["tls"], fields
    if key not in servers:
        servers[key] = Server(*key)
    database = servers[key]
    if not database.load(request):
        return {"refused": [line for line in database.lines(0) if "SSL" in line]}
    start, general = database.log().stat().st_size, database.folder / "general"
    accepted = general.stat().st_size
    relay = programs.Relay(database.port, ask_for_tls)
    programs.say({"id": request["id"], "listening": relay.port})
    programs.wait(lambda: database.lines(start), 2 * programs.SECONDS)
    relay.thread.join(programs.SECONDS)
    said = general.read_text(errors="replace")[accepted:]
    entered = "using SSL/TLS" in said and "Access denied" not in said
    return {"handshake": entered, "log": [] if entered else database.lines(start)}


def ask_for_tls(near, far):
    receive(far)
    far.sendall(packet(1, ASK))


def client(request, folder):
    relay = programs.Relay(request["port"], answer_tls)
    command = [CLIENT, "--no-defaults", "-u", "app", "-h", request["name"] or "localhost.example", "-P", str(relay.port)]
    command += ["--protocol=tcp", "--connect-timeout=4", f"--tls-version=TLSv{request['tls']}", "-e", ""]
    verifies = request["verify"] != "none"
    files = [f"{option}={request[field]}" for option, field in FILES if request[field]]
    command += ["--ssl"] + [word for word in files if verifies or not word.startswith(("--ssl-ca", "--ssl-crl"))]
    command += ["--ssl-verify-server-cert"] if verifies and request["name"] else []
    environment = os.environ | {"LD_PRELOAD": str(BUILD / "here.so")}
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL, env=environment)
    relay.thread.join(programs.SECONDS)
    return {"handshake": done.returncode == 0, "log": done.stderr.replace(f"{folder}/", "").splitlines()}


def answer_tls(near, far):
    near.sendall(packet(0, WELCOME))
    receive(near)


servers = {}
version = programs.version_of([SERVER, "--version"], r"Ver (\d+\.\d+\.\d+)")
talk = {"client": packet(2, LOGIN).hex(), "server": packet(3, OK).hex(), "ok": packet(3, OK)[:5].hex()}
with tempfile.TemporaryDirectory() as home:
    try:
        programs.drive(version, {"server": server, "client": client}, talk=talk)
    finally:
        for database in servers.values():
            if database.is_up():
                database.program.stop()
