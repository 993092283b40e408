/* For LD_PRELOAD: a tun device that carries nothing, since a server does not start without one.
 * SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <stdarg.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

int
open(const char *path, int flags, ...)
{
    int (*next)(const char *, int, ...);
    va_list rest;

    if (strcmp(path, "/dev/net/tun") == 0)
        return eventfd(0, 0);
    va_start(rest, flags);
    int mode = (flags & O_CREAT) != 0 ? va_arg(rest, int) : 0;
    va_end(rest);
    *(void **)&next = dlsym(RTLD_NEXT, "open");
    return next(path, flags, mode);
}

int
ioctl(int fd, unsigned long request, ...)
{
    int (*next)(int, unsigned long, void *);
    va_list rest;

    if (request == TUNSETIFF)
        return 0;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    *(void **)&next = dlsym(RTLD_NEXT, "ioctl");
    return next(fd, request, argument);
}
