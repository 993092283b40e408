#!/usr/bin/env python3
"""Envoy with a minimal static configuration: as a server it answers every request itself, as a client it is a proxy."""
# SPDX-License-Identifier: Apache-2.0
import http.client
import ipaddress
import json
import re
import sys

import programs

ENVOY = sys.argv[1]
TYPES = "type.googleapis.com/envoy.extensions."
HTTP = TYPES + "filters.network.http_connection_manager.v3.HttpConnectionManager"
ROUTER = TYPES + "filters.http.router.v3.Router"
LOG = TYPES + "access_loggers.stream.v3.StdoutAccessLog"
TLS = TYPES + "transport_sockets.tls.v3."
VERSIONS = {"1.2": "TLSv1_2", "1.3": "TLSv1_3"}


def file(path):
    return {"filename": path}


def name_matcher(name):
    try:
        kind = "IP_ADDRESS" if ipaddress.ip_address(name) else ""
    except ValueError:
        kind = "DNS"
    return {"san_type": kind, "matcher": {"exact": name}}


def validation(request):
    context = {"trusted_ca": file(request["trust"])} if request["trust"] else {}
    if request["crl"]:
        context["crl"] = file(request["crl"])
    if request["depth"] is not None:
        context["max_verify_depth"] = request["depth"]
    if request["role"] == "client" and request["name"]:
        context["match_typed_subject_alt_names"] = [name_matcher(request["name"])]
    return context


def tls_context(request):
    version = VERSIONS[request["tls"]]
    common = {"tls_params": {"tls_minimum_protocol_version": version, "tls_maximum_protocol_version": version}}
    if request["cert"]:
        pair = {"certificate_chain": file(request["cert"]), "private_key": file(request["key"])}
        common["tls_certificates"] = [pair]
    if request["verify"] != "none":
        common["validation_context"] = validation(request)
    return {"common_tls_context": common}


def socket_of(kind, context):
    return {"name": "tls", "typed_config": {"@type": TLS + kind} | context}


def address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


def access_log(text):
    log = {"@type": LOG, "log_format": {"text_format_source": {"inline_string": text + "\n"}}}
    return [{"name": "log", "typed_config": log}]


def listener(port, route, **more):
    """The one listener: HTTP, and a route for all requests."""
    hosts = [{"name": "all", "domains": ["*"], "routes": [{"match": {"prefix": "/"}} | route]}]
    manager = {
        "@type": HTTP,
        "stat_prefix": "http",
        "http_protocol_options": {"accept_http_10": True},
        "route_config": {"virtual_hosts": hosts},
        "http_filters": [{"name": "router", "typed_config": {"@type": ROUTER}}],
        "access_log": access_log("answered %RESPONSE_CODE% %UPSTREAM_TRANSPORT_FAILURE_REASON%"),
    }
    chain = {"filters": [{"name": "http", "typed_config": manager}]} | more
    failures = access_log("connection %DOWNSTREAM_TRANSPORT_FAILURE_REASON%")
    return {"name": "listener", "address": address(port), "filter_chains": [chain], "access_log": failures}


def start(folder, port, **resources):
    config = folder / "envoy.json"
    config.write_text(json.dumps({"static_resources": resources}))
    command = [ENVOY, "-c", config, "--use-dynamic-base-id", "--concurrency", "1", "--file-flush-interval-msec", "10"]
    command += ["--log-level", "error", "--log-format", "error: %v"]
    return programs.Program(command, folder, lambda: programs.is_listening(port))


def refusal(program):
    """Why it does not start, without the configuration."""
    found = [re.search(r"^error: error `(.*)` initializing config", line) for line in program.lines()]
    return [match.group(1) for match in found if match][:1]


def errors(program):
    """Why connections failed; nothing of those that did not."""
    said = [line.split(" ", 1) for line in program.lines() if line.startswith("connection ")]
    said += [line.split(" ", 2)[1:] for line in program.lines() if line.startswith("answered ")]
    return [line for _, line in said if line.strip() not in ("", "-")]


def server(request, folder):
    port = programs.free_port()
    context = {"require_client_certificate": request["verify"] == "required"} | tls_context(request)
    secured = {"transport_socket": socket_of("DownstreamTlsContext", context)}
    route = {"direct_response": {"status": 200}}
    program = start(folder, port, listeners=[listener(port, route, **secured)])
    if not program.ready:
        return {"refused": refusal(program)}
    programs.say({"id": request["id"], "listening": port})
    programs.wait(lambda: program.said("^connection "))
    program.stop()
    return {"handshake": program.said("^answered 200"), "log": errors(program)}


def get(port, host):
    """The status and text that the proxy answers to a request for the host."""
    name = f"[{host}]" if ":" in host else host
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=programs.SECONDS + 1)
    try:
        connection.request("GET", "/", headers={"Host": name})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def client(request, folder):
    port = programs.free_port()
    context = {"sni": request["name"]} if request["name"] and programs.asks(request) else {}
    endpoint = {"endpoint": {"address": address(request["port"])}}
    cluster = {
        "name": "upstream",
        "connect_timeout": f"{programs.SECONDS}s",
        "load_assignment": {"cluster_name": "upstream", "endpoints": [{"lb_endpoints": [endpoint]}]},
        "transport_socket": socket_of("UpstreamTlsContext", context | tls_context(request)),
    }
    program = start(folder, port, listeners=[listener(port, {"route": {"cluster": "upstream"}})], clusters=[cluster])
    if not program.ready:
        return {"refused": refusal(program)}
    status, text = get(port, request["name"] or "localhost")
    programs.wait(lambda: program.said("^answered "))
    program.stop()
    return {"handshake": status == 200, "log": errors(program) + ([text] if status == 503 else [])}


programs.drive(
    programs.version_of([ENVOY, "--version"], r"/(\d+\.\d+\.\d+)/"), {"server": server, "client": client}, http=True
)
