#!/usr/bin/env bash
# Third-party headers stay in their layers, and the system's in a short list: libcrypto and libtasn1 in cert, jansson
# and libxml2 in report, libyaml in project. Files are read in store; lint looks whether a file is there before it offers
# to write one. Threads are started in one file.
# time.h and everything that talks to the world stays in cli.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

contained() {
    (cd "$1" && find src rules -name '*.[ch]' | sort | xargs awk '
        BEGIN {
            split("assert ctype errno inttypes limits stdarg stdbool stddef stdint stdio stdlib string strings", everywhere)
            for (i in everywhere) free[everywhere[i] ".h"] = 1
            split("dirent fcntl sys/stat sys/types unistd", files)
            for (i in files) reads_files[files[i] ".h"] = 1
        }
        FNR == 1 { split(FILENAME, part, "/"); folder = part[1] == "rules" ? "rules" : part[2] }
        /^[ \t]*#[ \t]*include[ \t]*</ {
            split($0, piece, /[<>]/)
            header = piece[2]
            if (header in free || folder == "cli" && header !~ /^(openssl\/|libtasn1|jansson|libxml\/|yaml)/) next
            if (header in reads_files && folder == "store") next
            if (header == "sys/stat.h" && folder == "lint") next
            if (header == "threads.h" && FILENAME == "src/base/work.c") next
            if (header == "stdatomic.h" && FILENAME ~ /^src\/(base\/work|cert\/decoded_key|store\/plain)\.c$/) next
            if (header == "threads.h" && FILENAME == "src/cert/libcrypto.c") next # call_once()
            if (header == "arpa/inet.h" && FILENAME == "src/cert/general_name_text.c") next # inet_ntop() only prints
            if (header ~ /^openssl\// && header !~ /^openssl\/ssl/ && folder == "cert") next
            if (header == "libtasn1.h" && folder == "cert") next
            if (header == "jansson.h" && folder == "report") next
            if (header == "libxml/xmlwriter.h" && folder == "report") next # the writer: nothing here reads XML
            if (header == "yaml.h" && folder == "project") next
            print FILENAME ":" FNR ": <" header "> does not belong in " folder
            bad = 1
        }
        END { exit bad }')
}

plant() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/src/$1" "$scratch/tree/rules"
    echo "#include <$2>" >"$scratch/tree/src/$1/x.c"
}

holds "third-party headers stay in their layers" contained .
plant cert openssl/evp.h
holds "libcrypto in cert is permitted" contained "$scratch/tree"
plant store openssl/pkcs7.h
catches "libcrypto in store" "does not belong in" contained "$scratch/tree"
plant path openssl/x509.h
catches "libcrypto in path" "does not belong in" contained "$scratch/tree"
plant lint jansson.h
catches "jansson in lint" "does not belong in" contained "$scratch/tree"
plant api yaml.h
catches "libyaml in api" "does not belong in" contained "$scratch/tree"
plant report libxml/parser.h
catches "a reader of XML" "does not belong in" contained "$scratch/tree"
plant base time.h
catches "a clock in base" "does not belong in" contained "$scratch/tree"
plant cert openssl/ssl.h
catches "libssl in cert" "does not belong in" contained "$scratch/tree"
