/* Lines of JSON and local TCP for the programs of the lab.
 * SPDX-License-Identifier: Apache-2.0 */
#include "lines.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void
lab_start(const char *version)
{
    signal(SIGPIPE, SIG_IGN);
    json_t *hello = json_pack("{s:s}", "version", version);
    lab_answer(NULL, hello);
}

json_t *
lab_next(void)
{
    static char line[16384];

    if (fgets(line, sizeof line, stdin) == NULL)
        return NULL;
    return json_loads(line, 0, NULL);
}

const char *
lab_text(const json_t *request, const char *field)
{
    return json_string_value(json_object_get(request, field));
}

bool
lab_is(const json_t *request, const char *field, const char *value)
{
    const char *text = lab_text(request, field);
    return text != NULL && strcmp(text, value) == 0;
}

bool
lab_asks(const json_t *request)
{
    return !json_is_false(json_object_get(request, "asks"));
}

void
lab_answer(const json_t *request, json_t *answer)
{
    if (request != NULL)
        json_object_set(answer, "id", json_object_get(request, "id"));
    char *line = json_dumps(answer, JSON_COMPACT);
    puts(line);
    fflush(stdout);
    free(line);
    json_decref(answer);
}

void
lab_refuse(const json_t *request, json_t *log)
{
    lab_answer(request, json_pack("{s:o}", "refused", log));
}

static void
limit(int fd)
{
    struct timeval limit = {.tv_sec = LAB_SECONDS};
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static int
serve(const json_t *request)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = -1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct pollfd waiting = {.fd = listener, .events = POLLIN};

    if (bind(listener, (struct sockaddr *)&address, size) == 0 && listen(listener, 1) == 0 &&
        getsockname(listener, (struct sockaddr *)&address, &size) == 0) {
        lab_answer(request, json_pack("{s:i}", "listening", ntohs(address.sin_port)));
        if (poll(&waiting, 1, LAB_SECONDS * 1000) == 1)
            fd = accept(listener, NULL, NULL);
    }
    close(listener);
    return fd;
}

static int
join(const json_t *request)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_port = htons((uint16_t)json_integer_value(json_object_get(request, "port")));
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

int
lab_connection(const json_t *request)
{
    int fd = lab_is(request, "role", "server") ? serve(request) : join(request);
    if (fd >= 0)
        limit(fd);
    return fd;
}
