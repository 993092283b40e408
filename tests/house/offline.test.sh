#!/usr/bin/env bash
# The library needs no network, clock, environment, locale, child process or standard output, and does not call the
# verifier of libcrypto: none of their symbols is among its undefined ones.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

forbidden='socket|socketpair|connect|bind|listen|accept|accept4|send|sendto|sendmsg|recv|recvfrom|recvmsg'
forbidden+='|getaddrinfo|gethostby.*|getnameinfo|res_.*|time|clock|clock_.*|gettimeofday|localtime.*|mktime|timespec_get'
forbidden+='|getenv|secure_getenv|setenv|putenv|environ|setlocale|nl_langinfo|system|popen|exec.*|v?fork|posix_spawn.*'
forbidden+='|dlopen|pthread_create|stdout|printf|__printf_chk|puts|putchar|rand|random'
forbidden+='|SSL_.*|OSSL_HTTP_.*|BIO_.*connect|BIO_.*accept|X509_verify_cert|X509_STORE_.*|X509_.*current_time|X509_time_adj.*'

offline() {
    nm -u "$1" | awk -v forbidden="^($forbidden)$" '
        $1 == "U" { count++; if ($2 ~ forbidden) { print "refers to " $2; bad = 1 } }
        END { print count + 0 " undefined symbols looked at"; exit bad || !count }'
}

holds "the library is offline" offline "$BUILD/libmtlslint.a"
for call in 'time(0)' 'getenv("TZ")' 'getaddrinfo(0, 0, 0, 0)' 'printf("%d", 1)'; do
    printf '#include <time.h>\n#include <stdlib.h>\n#include <stdio.h>\n#include <netdb.h>\nvoid f(void);\nvoid f(void) { (void)%s; }\n' \
        "$call" >"$scratch/planted.c"
    "${CC:-cc}" -std=gnu17 -w -O0 -c -o "$scratch/planted.o" "$scratch/planted.c"
    catches "$call" "refers to ${call%%(*}" offline "$scratch/planted.o"
done
