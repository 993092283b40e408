/*
 * The parts of the handshake's text report. Internal to src/report.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_HANDSHAKE_TEXT_H
#define MTL_REPORT_HANDSHAKE_TEXT_H

#include "report/report.h"

/* Predictions of several TLS versions that tell the same story; [count - 1] is the newest version. */
struct mtl_story {
    const struct mtl_handshake *handshake;
    const struct mtl_transcript *versions[MTL_TLS_COUNT];
    size_t count;
};

/* "TLS 1.2 and 1.3" */
const char *mtl_story_versions(struct mtl_arena *arena, const struct mtl_story *story);
/* The messages in two columns. */
void mtl_page_ladder(struct mtl_page *page, const struct mtl_transcript *transcript);
/* The rejected certificate, the chain that was tried, the issuers that were refused. server_name may be NULL. */
void mtl_page_certificate(struct mtl_page *page, const struct mtl_transcript *transcript, const char *server_name);
/* The fixes that were judged, or what to do in general. */
void mtl_page_fixes(struct mtl_page *page, const struct mtl_transcript *transcript);
/* Established: what each side was convinced by. */
void mtl_page_accepted_chains(struct mtl_page *page, const struct mtl_transcript *transcript);

#endif
