#!/usr/bin/env python3
"""Records what real TLS stacks do: every scenario of fixtures/handshake, each stack as client and as server.

lab.py [--only TEXT] [--show] [STACK...]   install and record these stacks (all of them), see README.md
lab.py --random STACK...                   the random scenarios of fixtures/random instead
lab.py --list                              which drivers there are, and which versions were recorded
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import contextlib
import json
import os
import pathlib
import queue
import re
import select
import subprocess
import sys
import threading
import time

LAB = pathlib.Path(__file__).resolve().parent
ROOT = LAB.parent.parent
BUILD = ROOT / "build" / "lab"
SCENARIOS = ROOT / "fixtures" / "handshake"
RANDOM = ROOT / "fixtures" / "random"
RECORDINGS = ROOT / "fixtures" / "recordings"
WORKERS = 4  # most of a handshake is waiting: for a program to start, a ticket, an alert that may come
ANSWER_SECONDS = 10
TRIES = 5  # of a handshake that ends in a reset: one that comes while the other end writes destroys an alert
FILES = ("cert", "key", "trust", "crl")
MISHAPS = (RuntimeError, OSError, KeyError, ValueError)  # how a handshake fails to be recorded
OTHER = {"client": "server", "server": "client"}


def read_case(path, values=None):
    """A scenario as {"client-cert": Path, "server-name": text, ...}; later lines and files win over their base."""
    values = {} if values is None else values
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        key, value = re.fullmatch(r"([a-z-]+): *(.*)", line).groups()
        if key == "base":
            read_case(path.parent / value, values)
        elif value == "none" and not key.endswith(("-verify", "-names")):
            values.pop(key, None)
        elif key.split("-")[-1] in FILES:
            values[key] = (path.parent / value).resolve()
        else:
            values[key] = value
    return values


def read_cannot(folder):
    """What a stack cannot express: lines "word: reason" in its file `cannot`."""
    path = folder / "cannot"
    lines = path.read_text().splitlines() if path.exists() else []
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def why_skipped(name, case, role, tls, cannot):
    """None: run it; "": not even mentioned, since the scenario is recorded in another role or version."""
    if case.get("recorded", f"{role} {tls}") != f"{role} {tls}":
        return ""
    depth, trust = case.get(f"{role}-depth"), case.get(f"{role}-trust")
    verify = case.get(f"{role}-verify")
    if "at" in case:
        return "needs another clock"
    if trust and trust.is_dir():
        return "a directory as trust"
    for word, applies in (
        (role, True),
        (tls, True),
        (f"{name} {role}", True),
        ("crl", f"{role}-crl" in case),
        (f"{role}-crl", f"{role}-crl" in case),
        ("depth", depth is not None),
        ("optional", verify == "optional"),
        ("nameless", role == "client" and "server-name" not in case),
        ("address", role == "client" and re.fullmatch(r"[\d.]+|.*:.*", case.get("server-name", ""))),
    ):
        if applies and word in cannot:
            return cannot[word]
    return None


class Program:
    """A driver or the observer: one line of JSON in, lines of JSON out."""

    def __init__(self, command):
        self.command = command
        self.start()

    def start(self):
        self.pending = b""
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        hello = self.answer(60)
        self.language = {key: hello.get(key) for key in ("http", "talk")}
        self.header = {key: hello[key] for key in ("version", "depth") if key in hello}

    def ask(self, request):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def answer(self, seconds=ANSWER_SECONDS):
        while b"\n" not in self.pending:
            ready, _, _ = select.select([self.process.stdout], [], [], seconds)
            more = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not more:
                raise RuntimeError(f"no answer from {self.command[0]}")
            self.pending += more
        line, self.pending = self.pending.split(b"\n", 1)
        return json.loads(line)

    def stop(self):
        """It ends when it has nothing more to read, and takes its own programs and folders along."""
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def restart(self):
        self.stop()
        self.start()


def request_for(case, role, tls, number):
    """What one end is told. A server that verifies names the CAs it trusts; so does the observer in its place."""
    request = {"id": number, "role": role, "tls": tls, "name": case.get("server-name")}
    for key in FILES:
        path = case.get(f"{role}-{key}")
        request[key] = str(path) if path and not path.is_dir() else None
    request["names"] = case.get("server-names") != "none"
    request["verify"] = case.get(f"{role}-verify", "required")
    depth = case.get(f"{role}-depth")
    request["depth"] = int(depth) if depth is not None else None
    return request


def connect(driver, observer, case, role, tls, number):
    """One handshake; what both ends say about it. An end that refuses its files says {"refused": [...]}."""
    ends = {role: driver, OTHER[role]: observer}
    server_request = request_for(case, "server", tls, number) | driver.language
    ends["server"].ask(server_request)
    first = ends["server"].answer()
    if "refused" in first:
        return {ends["server"]: first}
    client_request = request_for(case, "client", tls, number)
    client_request |= {"port": first["listening"]} | driver.language
    ends["client"].ask(client_request)
    return {ends["client"]: ends["client"].answer(), ends["server"]: ends["server"].answer()}


def judge(role, said, seen):
    """(outcome, rejected_by, surface, alert, moment) from what the driver said and the observer saw."""
    moment = "after_handshake" if seen["finished"] else "handshake"
    if seen["alert"] > 0 and seen["level"] == 2:
        return "rejected", role, "alert", seen["alert"], moment
    if seen.get("status", 0) >= 400:
        return "rejected", role, "http", None, "request"
    if seen["denied"]:
        return "rejected", role, "protocol", None, "request"
    if said["handshake"] and seen["exchanged"]:
        return "established", None, None, None, None
    if any("bad record mac" in text for text in seen["log"]):  # and what the observer answers is its own
        return "rejected", role, "garbled", None, moment
    if role == "client" and not any(message.startswith("<") for message in seen["messages"]):  # it did not begin
        return "rejected", role, None, None, None
    if seen["end"] in ("close", "reset"):  # libssl answers the end of the connection with an alert of its own
        return "rejected", role, seen["end"], None, moment
    if seen["alert_sent"] > 0:
        return "rejected", OTHER[role], "alert", seen["alert_sent"], "handshake"
    return "unclear", None, None, None, None


def normalise(text):
    """Without what differs from run to run (times, ports, paths, addresses in memory), and without NULs."""
    text = text.encode("utf-8", "replace").decode().replace("\0", "\\0")
    text = text.replace(str(ROOT) + "/", "")
    text = re.sub(r"current time \S+", "current time TIME", text)
    text = re.sub(r"verification time \d+", "verification time TIME", text)
    text = re.sub(r"\(\d+ seconds (ago|in future)\)", r"(TIME \1)", text)
    text = re.sub(r"\(_ssl\.c:\d+\)", "(_ssl.c)", text)
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
    text = re.sub(r"0x[0-9a-f]{6,}", "0xADDRESS", text)
    text = re.sub(r"\b[0-9A-F]{12,16}:error:", "error:", text)
    return re.sub(r":[^:\s]+\.c:\d+:", ":FILE:", text).rstrip()


def messages_of(seen):
    """Without the alert with which libssl answers an end without close_notify: whether it gets out is chance."""
    abrupt = any("unexpected eof" in text for text in seen["log"])
    return seen["messages"][:-1] if abrupt and seen["messages"][-1:] == ["> Alert 50"] else seen["messages"]


def record(driver, observer, name, case, role, tls, number):
    result = {"scenario": name, "role": role, "tls": tls}
    answers = connect(driver, observer, case, role, tls, number)
    said, seen = answers.get(driver), answers.get(observer)
    if seen and "refused" in seen:
        return result | {"skipped": "the observer cannot load its files"}
    if "refused" in said:
        outcome = ("rejected", role, None, None, None)
        said["log"] = said["refused"]
    else:
        outcome = judge(role, said, seen)
    seen = seen or {"messages": [], "log": []}
    result |= dict(zip(("outcome", "rejected_by", "surface", "alert", "moment"), outcome))
    result |= {"http_status": seen.get("status") or None, "messages": messages_of(seen)}
    result |= {"log": [normalise(text) for text in said["log"]], "peer_log": [normalise(t) for t in seen["log"]]}
    return result


def is_silent(result):
    """Given up before any message and without a word: a program that could not start for a reason of this machine's."""
    return result.get("outcome") == "rejected" and not result["messages"] and not result["log"]


def record_patiently(*what):
    """A handshake that ends in a reset is tried again, since the reset may have overtaken an alert; so is one whose
    end nobody can tell, since one of its ends may have been too slow."""
    result = record(*what)
    for _ in range(TRIES - 1):
        if result.get("surface") != "reset" and result.get("outcome") != "unclear" and not is_silent(result):
            break
        result = record(*what)
    if is_silent(result):
        raise RuntimeError("rejected before any message, and no text says why")
    return result


def record_with_restart(driver, observer, *what):
    """An end that does not answer is started anew, and asked once more."""
    with contextlib.suppress(*MISHAPS):
        return record_patiently(driver, observer, *what)
    driver.restart()
    observer.restart()
    return record_patiently(driver, observer, *what)


def work(command, jobs, results, failures):
    driver, observer = Program(command), Program([str(BUILD / "observer")])
    results["header"] = driver.header
    while True:
        try:
            number, name, case, role, tls = jobs.get_nowait()
        except queue.Empty:
            break
        try:
            results[name, role, tls] = record_with_restart(driver, observer, name, case, role, tls, number)
        except MISHAPS as error:
            failures.append(f"{name} {role} {tls}: {error!r}")
            driver.restart()
            observer.restart()
    driver.stop()
    observer.stop()


def plan(cannot, only, scenarios):
    """The handshakes to try, and the lines for those that are left out."""
    jobs, skipped = queue.Queue(), {}
    for number, path in enumerate(sorted(scenarios)):
        name, case = f"{path.parent.name}/{path.stem}", read_case(path)
        if only not in name:
            continue
        for role in ("client", "server"):
            for tls in ("1.2", "1.3"):
                reason = why_skipped(name, case, role, tls, cannot)
                if reason == "":
                    continue
                if reason:
                    skipped[name, role, tls] = {"scenario": name, "role": role, "tls": tls, "skipped": reason}
                else:
                    jobs.put((number, name, case, role, tls))
    return jobs, skipped


def run_stack(stack, only, show, is_random):
    folder, build = LAB / "drivers" / stack, BUILD / stack
    build.mkdir(parents=True, exist_ok=True)
    subprocess.run([folder / "install", build], check=True, stdout=sys.stderr)
    scenarios = RANDOM.glob("*.case") if is_random else SCENARIOS.glob("*/*.case")
    jobs, results = plan(read_cannot(folder), only, scenarios)
    failures = []
    command = [str(folder / "run"), str(build)]
    start = time.monotonic()
    threads = [threading.Thread(target=work, args=(command, jobs, results, failures)) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    header = {"stack": stack} | results.pop("header")
    lines = [header] + [results[key] for key in sorted(results)]
    text = "".join(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n" for line in lines)
    if show or only:
        print(text, end="")
    else:
        recordings = RECORDINGS / "random" if is_random else RECORDINGS
        recordings.mkdir(exist_ok=True)
        (recordings / f"{stack}.jsonl").write_text(text)
    outcomes = [line.get("outcome", "skipped") for line in lines[1:]]
    counts = ", ".join(f"{outcomes.count(word)} {word}" for word in sorted(set(outcomes)))
    seconds = round(time.monotonic() - start)
    print(f"{stack} {header['version']}: {counts}, {len(failures)} failed, {seconds} s", file=sys.stderr)
    for failure in failures:
        print("  " + failure, file=sys.stderr)
    return not failures and "unclear" not in outcomes


def list_stacks():
    for folder in sorted((LAB / "drivers").iterdir()):
        recording = RECORDINGS / f"{folder.name}.jsonl"
        version = json.loads(recording.open().readline())["version"] if recording.exists() else "not recorded"
        installed = "installed" if (BUILD / folder.name).exists() else "not installed"
        print(f"{folder.name:16} {installed:14} {version}")


def main():
    parser = argparse.ArgumentParser(description="Record what real TLS stacks do.")
    parser.add_argument("stacks", nargs="*", metavar="STACK")
    parser.add_argument("--list", action="store_true", help="the drivers and the versions recorded")
    parser.add_argument("--only", default="", metavar="TEXT", help="scenarios whose name holds TEXT; prints, keeps nothing")
    parser.add_argument("--show", action="store_true", help="print the recording instead of writing it")
    parser.add_argument("--random", action="store_true", help="the random scenarios, of the stacks named")
    options = parser.parse_args()
    if options.list:
        list_stacks()
        return 0
    BUILD.mkdir(parents=True, exist_ok=True)
    subprocess.run([LAB / "compile", BUILD / "observer", LAB / "observer.c", "libssl", "libcrypto"], check=True)
    stacks = options.stacks or sorted(folder.name for folder in (LAB / "drivers").iterdir())
    if options.random and not options.stacks:
        parser.error("--random needs the names of stacks")
    results = [run_stack(stack, options.only, options.show, options.random) for stack in stacks]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
