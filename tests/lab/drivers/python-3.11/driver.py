#!/usr/bin/env python3
"""Python's ssl module as an ordinary application sets it up; the peer of the observer."""
# SPDX-License-Identifier: Apache-2.0
import json
import platform
import socket
import ssl
import sys

SECONDS = 2


def say(line):
    print(json.dumps(line), flush=True)


def context_for(request):
    client = request["role"] == "client"
    purpose = ssl.Purpose.SERVER_AUTH if client else ssl.Purpose.CLIENT_AUTH
    context = ssl.create_default_context(purpose, cafile=request["trust"])
    context.minimum_version = context.maximum_version = {
        "1.2": ssl.TLSVersion.TLSv1_2,
        "1.3": ssl.TLSVersion.TLSv1_3,
    }[request["tls"]]
    modes = {"required": ssl.CERT_REQUIRED, "optional": ssl.CERT_OPTIONAL, "none": ssl.CERT_NONE}
    if client and (request["verify"] == "none" or request["name"] is None):
        context.check_hostname = False
    context.verify_mode = modes[request["verify"]]
    if request["cert"] and request["key"]:
        context.load_cert_chain(request["cert"], request["key"])
    if request["crl"]:
        context.load_verify_locations(cafile=request["crl"])
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
    return context


def connection(request):
    if request["role"] == "client":
        return socket.create_connection(("127.0.0.1", request["port"]), SECONDS)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(SECONDS)
        say({"id": request["id"], "listening": listener.getsockname()[1]})
        return listener.accept()[0]


def exchange(request, context):
    client = request["role"] == "client"
    with connection(request) as plain:
        plain.settimeout(SECONDS)
        name = request["name"] if client else None
        with context.wrap_socket(plain, server_side=not client, server_hostname=name) as tls:
            if client:
                tls.sendall(b"hello\n")
            if not tls.recv(64):
                raise EOFError("connection closed before the line came")
            if not client:
                tls.sendall(b"ok\n")


def words(error):
    return f"{type(error).__module__}.{type(error).__qualname__}: {error}"


def drive(request):
    try:
        context = context_for(request)
    except (OSError, ValueError) as error:
        return {"id": request["id"], "refused": [words(error)]}
    try:
        exchange(request, context)
    except (OSError, ValueError, EOFError) as error:
        return {"id": request["id"], "handshake": False, "log": [words(error)]}
    return {"id": request["id"], "handshake": True, "log": []}


say({"version": f"{platform.python_version()} ({ssl.OPENSSL_VERSION})"})
for line in sys.stdin:
    say(drive(json.loads(line)))
