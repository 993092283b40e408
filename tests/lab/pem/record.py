"""Asks real readers how many certificates they load of each file in fixtures/pem, and prints fixtures/pem/recorded.

Run from the root of the repository with Python 3.11 on OpenSSL 3.0, Go 1.26, Java 17 and Node 20 installed, and the
libraries of GnuTLS 3.7 and Mbed TLS 2.28. See README.md of this folder's parent.
"""
import ctypes
import pathlib
import ssl
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
FIXTURES = pathlib.Path("fixtures/pem")


def openssl(path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(path)
    except ssl.SSLError:
        return 0
    return context.cert_store_stats()["x509"]


def gnutls(path):
    library = ctypes.CDLL("libgnutls.so.30")
    credentials = ctypes.c_void_p()
    library.gnutls_certificate_allocate_credentials(ctypes.byref(credentials))
    return max(0, library.gnutls_certificate_set_x509_trust_file(credentials, str(path).encode(), 1))


def mbedtls(path):
    """Certificates in the list; the ones it could not parse are not in it."""
    program = """#include <mbedtls/x509_crt.h>
    #include <stdio.h>
    int main(int count, char **paths) { (void)count; mbedtls_x509_crt all; mbedtls_x509_crt_init(&all);
        int found = 0; mbedtls_x509_crt_parse_file(&all, paths[1]);
        for (mbedtls_x509_crt *at = &all; at != NULL; at = at->next) found += at->version != 0;
        printf("%d", found); }"""
    binary = pathlib.Path(tempfile.gettempdir(), "mbedtls-roots")
    if not binary.exists():
        subprocess.run(["cc", "-x", "c", "-", "-o", binary, "-lmbedx509", "-lmbedcrypto"], input=program.encode(), check=True)
    return int(subprocess.check_output([binary, path]))


def program(*command):
    return lambda paths: [int(line) for line in subprocess.check_output([*command, *paths], text=True).split()]


def each(count):
    return lambda paths: [count(path) for path in paths]


READERS = {
    "OpenSSL 3.0": each(openssl),
    "GnuTLS 3.7": each(gnutls),
    "Mbed TLS 2.28": each(mbedtls),
    "Go 1.26": program("go", "run", HERE / "roots.go"),
    "Java 17": program("java", HERE / "Roots.java"),
    "Node.js 20": program("node", HERE / "roots.js"),
}

if __name__ == "__main__":
    files = sorted(p for p in FIXTURES.glob("*.pem") if not p.name.startswith(("root-", "leaf-")))
    counts = {name: ask([str(p) for p in files]) for name, ask in READERS.items()}
    print("# file: certificates that each reader loads of it. Printed by tests/lab/pem/record.py.")
    print("# " + ", ".join(READERS))
    for i, path in enumerate(files):
        print(path.name, *(counts[name][i] for name in READERS))
