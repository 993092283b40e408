/* Our verdict against libcrypto's.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/differential.h"

#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cert/cert.h"
#include "stack/stack.h"
#include "store/store.h"
#include "support/recipe.h"

#define MAX_STORIES 5 /* unless MTL_STORIES says otherwise */

struct differential
differential_new(struct mtl_arena *arena, const char *title)
{
    size_t size;
    const char *known = file_text(arena, MTL_SOURCE_DIR "/fixtures/DIFFERENCES", &size);
    return (struct differential){.title = title, .known = known == NULL ? "" : known, .arena = arena};
}

bool
differential_is_known(const char *known, const char *name)
{
    for (const char *line = known; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        size_t pattern = strcspn(line, ": \n*");
        bool prefix = line[pattern] == '*';
        if (line[0] != '#' && pattern > 0 && strncmp(line, name, pattern) == 0 && (prefix || name[pattern] == '\0'))
            return true;
        line += size + (line[size] == '\n');
    }
    return false;
}

/* What we say, in the judge's words. */
struct answer {
    bool readable;
    bool accepted;
    int code;
    int depth;
    const char *undetermined;
};

static bool
is_readable(const struct mtl_material *material)
{
    for (size_t i = 0; i < material->note_count; i++)
        if (material->notes[i].kind == MTL_NOTE_UNDECODABLE)
            return false;
    return true;
}

static struct answer
ask(struct mtl_arena *arena, const struct judge_case *question)
{
    const struct mtl_material *presented = mtl_material_parse(arena, "presented", question->presented);
    const struct mtl_material *trusted = mtl_material_parse(arena, "trusted", question->trusted);
    const struct mtl_material *crls = mtl_material_parse(arena, "crls", question->crls);
    const struct mtl_stack *stack = mtl_stack_find("openssl-3.0");
    if (!is_readable(presented) || !is_readable(trusted) || !is_readable(crls) || presented->cert_count == 0)
        return (struct answer){0};

    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct mtl_question ours = {
        .policy = &stack->policy,
        .presented = {presented->certs, presented->cert_count},
        .store = mtl_store_new(arena, &trusted, 1),
        .subject = question->subject,
        .host = question->host,
        .crls = crls->crls,
        .crl_count = crls->crl_count,
        .check_revocation = question->check_revocation,
        .depth = question->depth,
        .now = question->now,
        .budget = mtl_default_budget,
        .crypto = crypto,
    };
    const struct mtl_verdict *verdict = mtl_path_judge(arena, &ours);
    struct answer answer = {.readable = true, .accepted = verdict->accepted, .undetermined = verdict->undetermined};
    if (!verdict->accepted) {
        const struct mtl_stack_reason *reason = mtl_stack_reason(stack, verdict->failure.reason);
        answer.code = reason == NULL ? -1 - (int)verdict->failure.reason : reason->native_code;
        answer.depth = (int)verdict->failure.depth;
    }
    mtl_crypto_free(crypto);
    return answer;
}

static bool
same(const struct answer *ours, const struct judge_verdict *theirs)
{
    if (!theirs->readable || !ours->readable)
        return theirs->readable == ours->readable;
    if (ours->undetermined != NULL || ours->accepted != theirs->accepted)
        return false;
    return ours->accepted || (ours->code == theirs->code && ours->depth == theirs->depth);
}

static void
tell(const struct differential *tally, const char *name, const struct answer *ours, const struct judge_verdict *theirs,
     const char *story)
{
    const char *wish = getenv("MTL_STORIES");
    if (tally->different > (wish == NULL ? MAX_STORIES : strtoul(wish, NULL, 10)))
        return;
    printf("%s: %s differs\n", tally->title, name);
    if (!theirs->readable)
        printf("  libcrypto: cannot read it\n");
    else
        printf("  libcrypto: %d (%s) at depth %d\n", theirs->code, X509_verify_cert_error_string(theirs->code),
               theirs->depth);
    if (!ours->readable)
        printf("  we: cannot read it\n");
    else if (ours->undetermined != NULL)
        printf("  we: undetermined, %s\n", ours->undetermined);
    else
        printf("  we: %d (%s) at depth %d\n", ours->code,
               ours->code < 0 ? mtl_reason_slug((enum mtl_reason)(-1 - ours->code))
                              : X509_verify_cert_error_string(ours->code),
               ours->depth);
    printf("%s\n", story);
}

void
differential_case(struct differential *tally, const char *name, const struct judge_case *question, const char *story)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct judge_verdict theirs = judge(question);
    struct answer ours = ask(arena, question);
    int code = theirs.accepted || theirs.code < 0 || theirs.code >= DIFFERENTIAL_CODES ? 0 : theirs.code;

    tally->cases++;
    if (theirs.readable)
        tally->by_code[code]++;
    else
        tally->unreadable++;
    bool known = differential_is_known(tally->known, name);
    if (same(&ours, &theirs) && known) {
        printf("%s: %s does not differ any more: take it out of fixtures/DIFFERENCES\n", tally->title, name);
        tally->different++;
    } else if (same(&ours, &theirs)) {
        tally->equal++;
    } else if (known) {
        tally->known_different++;
    } else {
        tally->different++;
        tally->different_by_code[code]++;
        tell(tally, name, &ours, &theirs, story);
    }
    mtl_arena_free(arena);
}

bool
differential_report(const struct differential *tally)
{
    printf("%s: %u cases, %u equal to X509_verify_cert, %u known to differ, %u differ, %u not readable\n", tally->title,
           tally->cases, tally->equal, tally->known_different, tally->different, tally->unreadable);
    for (int code = 0; code < DIFFERENTIAL_CODES; code++) {
        if (tally->by_code[code] == 0 && tally->different_by_code[code] == 0)
            continue;
        printf("  %6u  %d %s", tally->by_code[code], code, X509_verify_cert_error_string(code));
        if (tally->different_by_code[code] > 0)
            printf("; %u differ", tally->different_by_code[code]);
        printf("\n");
    }
    return tally->different == 0;
}
