/* For LD_PRELOAD: every name and address leads to 127.0.0.1, so that a client can expect any.
 * SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>

typedef int look_up(const char *, const char *, const struct addrinfo *, struct addrinfo **);

int
getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **result)
{
    look_up *next;

    (void)name;
    *(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
    return next("127.0.0.1", service, hints, result);
}
