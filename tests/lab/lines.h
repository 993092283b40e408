/*
 * What the C programs of the lab share: requests and answers as lines of JSON, and TCP on 127.0.0.1 with time limits.
 * The protocol is described in tests/lab/README.md.
 */
#ifndef MTL_TESTS_LAB_LINES_H
#define MTL_TESTS_LAB_LINES_H

#include <jansson.h>
#include <stdbool.h>

#define LAB_SECONDS 2 /* for one connection, one read, one write */

/* Once, first: no SIGPIPE, and the line that says which version is running. */
void lab_start(const char *version);
/* The next request; NULL at the end of the input. The caller releases it. */
json_t *lab_next(void);
/* A field as text; NULL if it is null or missing. Lives as long as the request. */
const char *lab_text(const json_t *request, const char *field);
bool lab_is(const json_t *request, const char *field, const char *value);
/* Is a client told by a call of its own to send server_name? Otherwise that is left to its library's defaults. */
bool lab_asks(const json_t *request);
/* Prints and releases an answer, with the id of its request. */
void lab_answer(const json_t *request, json_t *answer);
void lab_refuse(const json_t *request, json_t *log);

/*
 * The connection that a request asks for, -1 if there is none in time: as a server it listens, says so, and accepts;
 * as a client it connects. Reads and writes on it end after LAB_SECONDS.
 */
int lab_connection(const json_t *request);

#endif
