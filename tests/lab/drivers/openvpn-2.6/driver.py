#!/usr/bin/env python3
"""OpenVPN over TCP, as the manual's samples set it up; its control channel, which carries TLS, is opened for the observer."""
# SPDX-License-Identifier: Apache-2.0
import contextlib
import os
import pathlib
import re
import select
import socket
import struct
import sys

import programs

OPENVPN = "/usr/sbin/openvpn"
TUN = pathlib.Path(sys.argv[1]).resolve() / "tun.so"
OPTIONS = ["--dev", "tun", "--ifconfig-noexec", "--disable-dco", "--suppress-timestamps", "--verb", "3"]
VERIFY = {"required": "require", "optional": "optional", "none": "none"}
CONNECTED = "Peer Connection Initiated"
ENDED = r"TLS handshake failed|Connection reset"

CONTROL, ACK, CLIENT_RESET, SERVER_RESET = 4, 5, 7, 8  # ssl_pkt.h
PAYLOAD = 1000
WINDOW = 4  # packets on their way; OpenVPN keeps 12


def text(words):
    return struct.pack(">H", len(words) + 1) + words + b"\0"


# What each end says once TLS is up: "key method 2", ssl.c key_method_2_write().
HEAD = bytes.fromhex("0000000002")
SETTINGS = text(b"V4,dev-type tun,link-mtu 1559,tun-mtu 1500,proto TCPv4_CLIENT,cipher AES-256-GCM,auth [null-digest],keysize 256")
USER = text(b"lab") + text(b"lab")
CLIENT_KEYS = HEAD + bytes(48 + 32 + 32) + SETTINGS + USER + text(b"IV_VER=2.6\nIV_PROTO=2\nIV_CIPHERS=AES-256-GCM\n")
SERVER_KEYS = HEAD + bytes(32 + 32) + SETTINGS + bytes(6)


class Channel:
    """The control channel over TCP, without tls-auth and tls-crypt: packets with their length, each acknowledged."""

    def __init__(self, far):
        self.far, self.own, self.peer = far, os.urandom(8), bytes(8)
        self.next, self.expected, self.unacknowledged, self.waiting, self.read = 0, 0, set(), b"", b""

    def send(self, kind, acknowledged=(), payload=None):
        packet = bytes([kind << 3]) + self.own + bytes([len(acknowledged)])
        packet += b"".join(acknowledged) + (self.peer if acknowledged else b"")
        if kind != ACK:
            packet += struct.pack(">I", self.next) + payload
            self.unacknowledged.add(struct.pack(">I", self.next))
            self.next += 1
        with contextlib.suppress(OSError):  # what it sent before it closed is still to be read
            self.far.sendall(struct.pack(">H", len(packet)) + packet)

    def flush(self):
        while self.waiting and len(self.unacknowledged) < WINDOW:
            payload, self.waiting = self.waiting[:PAYLOAD], self.waiting[PAYLOAD:]
            self.send(CONTROL, payload=payload)

    def take(self, packet):
        """The TLS bytes of a packet."""
        kind, self.peer, count = packet[0] >> 3, packet[1:9], packet[9]
        acknowledged, rest = packet[10:10 + 4 * count], packet[10 + 4 * count + (8 if count else 0):]
        self.unacknowledged -= {acknowledged[at:at + 4] for at in range(0, 4 * count, 4)}
        if kind == ACK:
            return b""
        is_new = rest[:4] == struct.pack(">I", self.expected)  # or sent again, since we were slow
        self.expected += is_new
        if kind == CLIENT_RESET and is_new:
            self.send(SERVER_RESET, [rest[:4]], b"")
        else:
            self.send(ACK, [rest[:4]])
        return rest[4:] if kind == CONTROL and is_new else b""

    def receive(self):
        """TLS bytes; None at the end."""
        try:
            more = self.far.recv(65536)
        except OSError:
            more = b""
        self.read += more
        found = b""
        while len(self.read) >= 2 and len(self.read) >= 2 + int.from_bytes(self.read[:2], "big"):
            size = int.from_bytes(self.read[:2], "big")
            packet, self.read = self.read[2:2 + size], self.read[2 + size:]
            found += self.take(packet)
        return found if more else None


def carry(near, far, begins):
    """TLS of the observer, which is near, in packets and out of them. How OpenVPN's connection ends TLS cannot tell."""
    channel, open_ends = Channel(far), {near, far}
    if begins:
        channel.send(CLIENT_RESET, payload=b"")
    while far in open_ends:
        ready, _, _ = select.select(open_ends, [], [], 2 * programs.SECONDS)
        if not ready:
            return
        if near in ready:
            data = near.recv(65536)
            channel.waiting += data
            if not data:
                open_ends.remove(near)
        if far in ready:
            data = channel.receive()
            if data is None:
                open_ends.remove(far)
            else:
                near.sendall(data)
        if channel.next:  # the resets come first
            channel.flush()
        if near not in open_ends and not channel.waiting and not channel.unacknowledged:
            far.shutdown(socket.SHUT_WR)
    near.shutdown(socket.SHUT_WR)
    while near.recv(65536):
        continue


def configuration(request):
    options = OPTIONS + ["--tls-version-min", request["tls"], "--tls-version-max", request["tls"]]
    for option, field in (("--ca", "trust"), ("--cert", "cert"), ("--key", "key"), ("--crl-verify", "crl")):
        if request[field]:
            options += [option, request[field]]
    return options


def start(options, folder, is_ready):
    environment = os.environ | {"LD_PRELOAD": str(TUN)}
    return programs.Program([OPENVPN] + options, folder, is_ready, cwd=folder, env=environment)


def errors(program, folder):
    """What it says of certificates, and of TLS that fails; not which signal it sends itself then."""
    lines = [re.sub(r"^127\.0\.0\.1:\d+ ", "", line).replace(f"{folder}/", "") for line in program.lines()]
    return [line for line in lines if re.search(r"rror|ERROR|VERIFY WARNING|[Cc]annot|X509 name|Exiting|fatal SSL alert|Your cert", line) and "SIG" not in line]


def server(request, folder):
    port = programs.free_port()
    options = ["--mode", "server", "--tls-server", "--dh", "none", "--proto", "tcp-server", "--local", "127.0.0.1", "--port", str(port)]
    options += ["--verify-client-cert", VERIFY[request["verify"]]]
    if request["verify"] != "required":
        options += ["--script-security", "2", "--auth-user-pass-verify", "/bin/true", "via-file"]
    program = start(options + configuration(request), folder, lambda: programs.is_listening(port))
    if not program.ready:
        return {"refused": errors(program, folder)}
    relay = programs.Relay(port, lambda near, far: carry(near, far, True))
    programs.say({"id": request["id"], "listening": relay.port})
    programs.wait(lambda: program.said(f"{CONNECTED}|{ENDED}"), 2 * programs.SECONDS)
    relay.thread.join(programs.SECONDS)
    program.stop()
    return {"handshake": program.said(CONNECTED), "log": errors(program, folder)}


def client(request, folder):
    relay = programs.Relay(request["port"], lambda near, far: carry(far, near, False))
    options = ["--client", "--proto", "tcp-client", "--remote", "127.0.0.1", str(relay.port), "--nobind"]
    options += ["--remap-usr1", "SIGTERM"]  # it ends where it would start anew
    options += ["--remote-cert-tls", "server"] + configuration(request)
    if not request["cert"]:
        (folder / "user").write_text("lab\nlab\n")
        options += ["--auth-user-pass", str(folder / "user")]
    program = start(options, folder, lambda: True)
    programs.wait(lambda: program.process.poll() is not None or program.said(CONNECTED), 2 * programs.SECONDS)
    relay.thread.join(programs.SECONDS)
    program.stop()
    return {"handshake": program.said(CONNECTED), "log": errors(program, folder)}


version = programs.version_of([OPENVPN, "--version"], r"OpenVPN (\S+)")
talk = {"client": CLIENT_KEYS.hex(), "server": SERVER_KEYS.hex(), "ok": HEAD.hex()}
programs.drive(version, {"server": server, "client": client}, talk=talk)
