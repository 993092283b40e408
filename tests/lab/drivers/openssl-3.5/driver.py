"""OpenSSL 3.5, as the wheel of `cryptography` carries it, through pyOpenSSL; the peer of the observer."""
# SPDX-License-Identifier: Apache-2.0
import ipaddress
import json
import select
import socket
import sys

from cryptography import x509
from OpenSSL import SSL, crypto

SECONDS = 2


def say(line):
    print(json.dumps(line), flush=True)


def words(error):
    """The error queue; pyOpenSSL gives library, function and reason, but no number."""
    if isinstance(error, SSL.Error) and error.args and isinstance(error.args[0], list):
        return [f"error::{library}:{function}:{reason}" for library, function, reason in error.args[0]]
    return [f"{type(error).__qualname__}: {error}"]


def context_for(request, log):
    client = request["role"] == "client"
    context = SSL.Context(SSL.TLS_CLIENT_METHOD if client else SSL.TLS_SERVER_METHOD)
    version = {"1.2": SSL.TLS1_2_VERSION, "1.3": SSL.TLS1_3_VERSION}[request["tls"]]
    context.set_min_proto_version(version)
    context.set_max_proto_version(version)

    def on_verify(_connection, _cert, number, depth, ok):
        if not ok:
            log.append(f"verify error:num={number}:{verify_text(number)} (depth {depth})")
        return bool(ok)

    mode = {
        "required": SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT,
        "optional": SSL.VERIFY_PEER,
        "none": SSL.VERIFY_NONE,
    }[request["verify"] if request["trust"] else "none"]
    context.set_verify(mode, on_verify)
    if request["depth"] is not None:
        context.set_verify_depth(request["depth"])
    if request["cert"]:
        context.use_certificate_chain_file(request["cert"])
    if request["key"]:
        context.use_privatekey_file(request["key"])
    if request["trust"]:
        context.load_verify_locations(request["trust"])
        if not client:
            name_cas(context, request["trust"])
    if request["crl"]:
        load_crls(context, request["crl"])
    return context


def name_cas(context, path):
    try:
        context.load_client_ca(path.encode())
    except SSL.Error:  # a file of TRUSTED CERTIFICATE: the server works, and names none
        pass


def verify_text(number):
    return SSL._ffi.string(SSL._lib.X509_verify_cert_error_string(number)).decode()


def load_crls(context, path):
    store = context.get_cert_store()
    store.set_flags(crypto.X509StoreFlags.CRL_CHECK | crypto.X509StoreFlags.CRL_CHECK_ALL)
    end = b"-----END X509 CRL-----\n"
    with open(path, "rb") as file:
        for block in file.read().split(end)[:-1]:
            store.add_crl(x509.load_pem_x509_crl(block + end))


def expect_name(connection, name, asks):
    if asks:
        connection.set_tlsext_host_name(name.encode())
    try:
        address = ipaddress.ip_address(name).packed
    except ValueError:
        address = None
    param = SSL._lib.SSL_get0_param(connection._ssl)
    if address:
        SSL._lib.X509_VERIFY_PARAM_set1_ip(param, address, len(address))
    else:
        SSL._lib.X509_VERIFY_PARAM_set1_host(param, name.encode(), len(name.encode()))


def plain_connection(request):
    if request["role"] == "client":
        return socket.create_connection(("127.0.0.1", request["port"]), SECONDS)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(SECONDS)
        say({"id": request["id"], "listening": listener.getsockname()[1]})
        return listener.accept()[0]


def patiently(plain, call, *arguments):
    while True:
        try:
            return call(*arguments)
        except SSL.WantReadError:
            if not select.select([plain], [], [], SECONDS)[0]:
                raise TimeoutError from None


def exchange(request, context):
    client = request["role"] == "client"
    with plain_connection(request) as plain:
        plain.setblocking(False)
        tls = SSL.Connection(context, plain)
        if client:
            if request["name"]:
                expect_name(tls, request["name"], request.get("asks", True))
            tls.set_connect_state()
        else:
            tls.set_accept_state()
        patiently(plain, tls.do_handshake)
        if client:
            patiently(plain, tls.send, b"hello\n")
        patiently(plain, tls.recv, 64)
        if not client:
            patiently(plain, tls.send, b"ok\n")
        tls.shutdown()


def drive(request):
    log = []
    try:
        context = context_for(request, log)
    except (OSError, ValueError, SSL.Error, crypto.Error) as error:
        return {"id": request["id"], "refused": words(error)}
    try:
        exchange(request, context)
    except (OSError, SSL.Error) as error:
        return {"id": request["id"], "handshake": False, "log": log + words(error)}
    return {"id": request["id"], "handshake": True, "log": log}


say({"version": SSL.OpenSSL_version(SSL.OPENSSL_VERSION).decode().split()[1]})
for line in sys.stdin:
    say(drive(json.loads(line)))
