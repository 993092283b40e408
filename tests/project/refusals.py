#!/usr/bin/env python3
"""What the cases of declared handshakes expect of sides with OpenSSL is what `openssl verify` says of the same files: MTL502
where it refuses the client's certificate, MTL503 where it refuses the server's, MTL504 where there is none to refuse, and
MTL620 only where it accepts now and refuses within the horizon.
Usage: refusals.py FOLDER...    with folders of cases in them; prints how many handshakes were judged

SPDX-License-Identifier: Apache-2.0
"""
import calendar
import pathlib
import re
import subprocess
import sys
import time

import yaml

DAY = 86400
SPEAK_OF_AN_END = {"MTL203", "MTL215", "MTL603", "MTL606", "MTL620"}


def option(text, key, otherwise=None):
    found = re.search(rf"^{key}: *(.+)$", text, re.M)
    return found[1].strip() if found else otherwise


def accepts(folder, verifier, peer, purpose, host, at):
    """None: this side judges nothing."""
    if verifier.get("verify") == "none" or "trust" not in verifier or "cert" not in peer:
        return None
    command = ["openssl", "verify", "-attime", str(at), "-purpose", purpose, "-auth_level", "2", "-no-CApath", "-no-CAstore",
               "-CAfile", verifier["trust"], "-untrusted", peer["cert"]]
    if host and purpose == "sslserver":
        command += ["-verify_hostname", host]
    if "crl" in verifier:
        command += ["-crl_check_all", "-CRLfile", verifier["crl"]]
    if "depth" in verifier:
        command += ["-verify_depth", str(verifier["depth"])]
    return subprocess.run([*command, peer["cert"]], cwd=folder, capture_output=True).returncode == 0


def refusal(folder, handshake, at):
    """The client judges first. None: nobody refuses."""
    client, server, host = handshake["client"], handshake["server"], handshake.get("server_name")
    if accepts(folder, client, server, "sslserver", host, at) is False:
        return "MTL503"
    if "cert" not in client and server.get("verify", "required") == "required":
        return "MTL504"
    return "MTL502" if accepts(folder, server, client, "sslclient", host, at) is False else None


def is_openssl(side):
    return str(side.get("stack", "openssl-3.0")) in ("openssl", "openssl-3.0", "openssl-3.5")


def is_judged(folder, handshake, expected):
    """Not those that end before a certificate is judged, and no hashed directories."""
    sides = handshake["client"], handshake["server"]
    stores = [folder / side["trust"] for side in sides if "trust" in side]
    return all(map(is_openssl, sides)) and all(store.is_file() for store in stores) and not expected & {"MTL511", "MTL512"}


def check(path, faults):
    """How many handshakes of the case were judged."""
    text = path.read_text()
    project = option(text, "project")
    if project is None:
        return 0
    expected = set(re.findall(r"MTL\d+", text.split("\nexpect:")[1]))
    now = calendar.timegm(time.strptime(option(text, "at"), "%Y-%m-%d"))
    horizon = DAY * int(option(text, "horizon", "30d").rstrip("d"))
    handshakes = list((yaml.safe_load((path.parent / project).read_text()).get("handshakes") or {}).values())
    if not all(is_judged(path.parent, handshake, expected) for handshake in handshakes):
        return 0
    found = {refusal(path.parent, handshake, now) for handshake in handshakes} - {None}
    if found != expected & {"MTL502", "MTL503", "MTL504"}:
        faults.append(f"{path}: openssl verify stands for {sorted(found) or 'none'} of MTL502, MTL503 and MTL504")
    ends = any(refusal(path.parent, handshake, now) is None and refusal(path.parent, handshake, now + horizon) is not None
               for handshake in handshakes)
    if "MTL620" in expected and not ends:
        faults.append(f"{path}: openssl verify sees no end within the horizon")
    if ends and not found and not expected & SPEAK_OF_AN_END and "quiet" not in path.name:
        faults.append(f"{path}: openssl verify sees an end within the horizon")
    return len(handshakes)


def main():
    faults = []
    judged = sum(check(path, faults) for folder in sys.argv[1:] for path in sorted(pathlib.Path(folder).glob("**/*.case")))
    print("\n".join(faults), f"{judged} handshakes judged", sep="\n" if faults else "")
    return 1 if faults or judged == 0 else 0


sys.exit(main())
