#!/usr/bin/env python3
"""Which name real clients ask for (server_name, RFC 6066 3) when they expect one: prints fixtures/server-names/recorded.

names.py [STACK...]   a line per stack, in the form of the file; without names all drivers of clients

Drivers whose configuration sets server_name by itself are told not to ("asks": false): what counts is what the stack
does when it is told which name to verify, and nothing else. Nobody answers its ClientHello.
"""
# SPDX-License-Identifier: Apache-2.0
import contextlib
import json
import pathlib
import select
import socket
import subprocess
import sys

import lab

SECONDS = 6
TRUST = lab.ROOT / "fixtures/handshake/basics/both-roots.pem"
NAMES = ("payments.example", "payments", "127.0.0.1")
HEAD = """# What clients ask for when they are told to verify a name. Printed by tests/lab/names.py.
# stack; for each of {}: "asked" (TLS server_name), or "none"
"""


def read_hello(connection):
    """The ClientHello, which may come in several records; empty if none comes."""
    connection.settimeout(SECONDS)
    received, hello = b"", b""
    with contextlib.suppress(OSError):
        while len(hello) < 4 or len(hello) < 4 + int.from_bytes(hello[1:4], "big"):
            while len(received) < 5 or len(received) < 5 + int.from_bytes(received[3:5], "big"):
                more = connection.recv(65536)
                if not more:
                    return b""
                received += more
            end = 5 + int.from_bytes(received[3:5], "big")
            hello, received = hello + received[5:end], received[end:]
    return hello


def skip(data, size_octets):
    return data[size_octets + int.from_bytes(data[:size_octets], "big") :]


def server_name(hello):
    """RFC 8446 4.1.2: behind version and random come session id, cipher suites, compression, extensions."""
    rest = skip(skip(skip(hello[4 + 2 + 32 :], 1), 2), 1)[2:]
    while rest:
        kind, size = int.from_bytes(rest[:2], "big"), int.from_bytes(rest[2:4], "big")
        if kind == 0:
            return rest[4 + 5 : 4 + size].decode()
        rest = rest[4 + size :]
    return None


def observe(driver, request):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        driver.ask(request | {"port": listener.getsockname()[1]} | driver.language)
        ready, _, _ = select.select([listener], [], [], SECONDS)
        if not ready:
            raise RuntimeError("does not connect")
        connection, _ = listener.accept()
        with connection:
            hello = read_hello(connection)
    driver.answer()
    if hello[:1] != b"\1":
        raise RuntimeError("sends no ClientHello")
    return server_name(hello)


def ask(driver, name, number):
    request = {"id": number, "role": "client", "tls": "1.3", "verify": "required", "asks": False, "name": name}
    request |= {"trust": str(TRUST), "cert": None, "key": None, "crl": None, "depth": None}
    asked = observe(driver, request)
    if asked not in (None, name):
        raise RuntimeError(f"asks for {asked} where {name} is expected")
    return "none" if asked is None else "asked"


def record(stack):
    folder, build = lab.LAB / "drivers" / stack, lab.BUILD / stack
    cannot = lab.read_cannot(folder)
    if "client" in cannot:
        return None
    build.mkdir(parents=True, exist_ok=True)
    subprocess.run([folder / "install", build], check=True, stdout=sys.stderr)
    words = [stack]
    driver = lab.Program([str(folder / "run"), str(build)])
    for number, name in enumerate(NAMES):
        try:
            words.append(ask(driver, name, number))
        except lab.MISHAPS as error:
            print(f"{stack} {name}: {error}", file=sys.stderr)
            words.append("unknown")
            driver.restart()
    driver.stop()
    return " ".join(words)


def main():
    stacks = sys.argv[1:] or sorted(folder.name for folder in (lab.LAB / "drivers").iterdir())
    print(HEAD.format(", ".join(NAMES)), end="")
    for stack in stacks:
        line = record(stack)
        if line is not None:
            print(line, flush=True)


if __name__ == "__main__":
    main()
