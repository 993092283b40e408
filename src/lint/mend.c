/*
 * Corrects a bundle and proves the result: plans it, writes it in memory, reads it back, lints it, shows it to every
 * stack.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/mend.h"
#include "store/file.h"

#include <stdlib.h>
#include <string.h>

/* Leaves named in the refusal of a bundle that holds several. */
#define MAX_LEAVES_NAMED 4U

/* ---- what is not tried ---------------------------------------------------------------------------------------- */

static bool
is_same_file(const char *path, const char *other)
{
    struct mtl_path_id a, b;

    return mtl_path_identify(path, &a) && mtl_path_identify(other, &b) && a.device == b.device && a.number == b.number;
}

static bool
refuse_leaves(const struct mtl_mending *mending, struct mtl_error *error)
{
    const struct mtl_material *bundle = mending->bundle.material;
    struct mtl_text text = {.arena = mending->lint.arena};
    size_t named = 0;

    for (size_t i = 0; i < bundle->cert_count && named < MAX_LEAVES_NAMED; i++) {
        if (mtl_rule_is_authority(bundle->certs[i].cert))
            continue;
        mtl_text_printf(&text, "%sline %u", named++ == 0 ? "" : ", ", bundle->certs[i].source.line);
    }
    return mtl_error_set(error, bundle->path, 0,
                         "Name its private key with --key, or give a file with the one that is to be presented",
                         "holds several certificates that are no authorities (%s), so that it cannot be told which "
                         "one is the leaf",
                         text.text);
}

static bool
refuse_store(const struct mtl_material *bundle, struct mtl_error *error)
{
    return mtl_error_set(error, bundle->path, 0,
                         "Give the file that a side presents; nothing is changed about what is trusted",
                         "is a trust store: what is added to it or left out of it changes whom its users trust");
}

/* The key that was named tells the leaf. */
static bool
take_key(struct mtl_mending *mending, struct mtl_error *error)
{
    const char *path = mending->request->key;
    struct mtl_subject *bundle = &mending->bundle;
    const struct mtl_material *material;

    if (!mtl_material_open(mending->lint.arena, path, MTL_EXPECT_KEY,
                           &(struct mtl_opening){.passwords = mending->request->passwords}, &material, error))
        return false;
    bundle->key = &material->keys[0];
    if (bundle->key->key->encrypted)
        return mtl_error_set(error, path, bundle->key->source.line, "Decrypt it, or do without --key",
                             "is encrypted, so that it cannot be told which certificate it fits");
    if (!mtl_key_find_leaf(bundle->material, bundle->key, &bundle->leaf))
        return mtl_error_set(error, path, 0, "Name the key of the leaf that is to be presented", "fits no leaf in %s",
                             bundle->material->path);
    bundle->key_fits = bundle->key_is_named = true;
    mtl_subject_tell_role(bundle, bundle->role_declared, bundle->role);
    bundle->reachable = mtl_subject_reachable(&mending->lint, bundle);
    return true;
}

/* Is it a file that one side presents, with one leaf in it, or one that the key tells? */
static bool
is_bundle(struct mtl_mending *mending, struct mtl_error *error)
{
    const struct mtl_material *bundle = mending->bundle.material;
    const char *trust = mending->request->trust;

    if (trust != NULL && is_same_file(bundle->path, trust))
        return refuse_store(bundle, error);
    if (bundle->cert_count == 0)
        return mtl_error_set(error, bundle->path, 0, "Give the file with the leaf", "holds no certificate%s%s",
                             bundle->note_count > 0 ? ": " : "",
                             bundle->note_count > 0 ? bundle->notes[0].message : "");
    if (mending->bundle.use == MTL_USE_STORE)
        return refuse_store(bundle, error);
    if (mending->bundle.use != MTL_USE_BUNDLE)
        return mtl_error_set(error, bundle->path, 0, "Give the file with the leaf, and this one with --also",
                             "holds certificates of authorities only, no leaf");
    if (mending->request->key != NULL)
        return take_key(mending, error);
    return mtl_subject_leaf_count(&mending->bundle) <= 1 || refuse_leaves(mending, error);
}

/* ---- the original --------------------------------------------------------------------------------------------- */

/* Among the files of lint. */
static bool
open_bundle(struct mtl_mending *mending, struct mtl_error *error)
{
    const char *path = mending->request->paths[0];
    const struct mtl_input *file = mtl_rule_file(&mending->lint, path);

    if (file == NULL || file->material->is_directory)
        return mtl_error_set(error, path, 0, "Give the file that a side presents", "is a directory");
    mending->bundle = (struct mtl_subject){.material = file->material, .use = file->use};
    if (file->use == MTL_USE_BUNDLE)
        mending->bundle =
            mtl_subject_of_bundle(&mending->lint, mending->request, mtl_keyring_new(&mending->lint), file);
    if (!is_bundle(mending, error))
        return false;
    mending->bundle.trust = mending->trust;
    return true;
}

/* ---- the result ----------------------------------------------------------------------------------------------- */

const struct mtl_reception *
mtl_mending_show(const struct mtl_mending *mending, struct mtl_chain chain, size_t *count)
{
    const struct mtl_survey_question question = {
        .chain = chain,
        .owner = mending->bundle.role,
        .trusts = mtl_subject_trusts(&mending->lint, &mending->bundle),
        .name = mending->lint.name,
        .now = mending->lint.now,
        .crypto = mending->lint.crypto,
    };

    *count = 0;
    if (question.trusts == NULL || question.trusts->cert_count == 0)
        return NULL;
    return mtl_handshake_survey(mending->lint.arena, &question, count);
}

static struct mtl_chain
chain_of(const struct mtl_mending *mending, const struct mtl_plan *plan)
{
    struct mtl_loaded_cert *certs = mtl_arena_array(mending->lint.arena, plan->count, sizeof(*certs));

    for (size_t i = 0; i < plan->count; i++)
        certs[i] = *plan->certs[i];
    return (struct mtl_chain){certs, plan->count};
}

static size_t
acceptance(const struct mtl_mending *mending, const struct mtl_plan *plan)
{
    size_t count;
    const struct mtl_reception *receptions = mtl_mending_show(mending, chain_of(mending, plan), &count);

    return mtl_receptions_accepted(receptions, count);
}

/* All issuers, unless more stacks that trust what was given accept the one way there. */
static bool
choose_plan(struct mtl_mending *mending)
{
    struct mtl_plan path;

    if (!mtl_plan_chain(&mending->lint, &mending->bundle, &mending->plan))
        return false;
    if (mending->trust != NULL && mtl_plan_path(&mending->lint, &mending->bundle, mending->trust, &path) &&
        acceptance(mending, &path) >= acceptance(mending, &mending->plan))
        mending->plan = path;
    return true;
}

static int
by_path(const void *left, const void *right)
{
    return strcmp(((const struct mtl_input *)left)->material->path, ((const struct mtl_input *)right)->material->path);
}

/* Everything that was read, with the result in the place of the original. */
static void
put_in_place(struct mtl_mending *mending)
{
    const struct mtl_lint *before = &mending->lint;
    struct mtl_input *files = mtl_arena_array(before->arena, before->file_count + 1, sizeof(*files));
    size_t count = 0;

    files[count++] = (struct mtl_input){.material = mending->out->result, .use = MTL_USE_BUNDLE};
    for (size_t i = 0; i < before->file_count; i++) {
        const char *path = before->files[i].material->path;

        if (before->files[i].material != mending->bundle.material && strcmp(path, mending->out->result->path) != 0)
            files[count++] = before->files[i];
    }
    qsort(files, count, sizeof(*files), by_path);
    mending->after = *before;
    mending->after.verifying = true;
    mtl_lint_hold(&mending->after, files, count);
}

/* The plan as bytes, and what a reader makes of them: false, if that is something else. */
static bool
write_result(struct mtl_mending *mending, const char *output)
{
    struct mtl_text text = {.arena = mending->lint.arena};
    const char *path = output != NULL ? output : mending->bundle.material->path;

    for (size_t i = 0; i < mending->plan.count; i++)
        mtl_pem_add(&text, "CERTIFICATE", mending->plan.certs[i]->cert->der);
    mending->out->pem = mtl_slice_of(text.text, text.size);
    mending->out->result = mtl_material_parse(mending->lint.arena, path, mending->out->pem);
    return mtl_plan_is_kept(&mending->plan, mending->out->result);
}

static bool
carry_out(struct mtl_mending *mending, const char *output)
{
    const struct mtl_lint_request *request = mending->request;

    *mending->out = (struct mtl_mended){
        .is_needless = mtl_plan_is_kept(&mending->plan, mending->bundle.material),
        .original = mending->bundle.material,
        .stack = request->stack,
        .role = mending->bundle.role,
        .role_known = mending->bundle.role_known,
        .output = output,
        .trust = request->trust,
        .key = request->key,
        .now = request->now,
    };
    if (!write_result(mending, output))
        return false;
    put_in_place(mending);
    mtl_mended_compare(&mending->lint, &mending->bundle, &mending->plan, mending->out);
    mtl_mending_prove(mending);
    return true;
}

/* What nothing can be said against stays as it is. */
static bool
plan_original(struct mtl_mending *mending)
{
    const struct mtl_material *bundle = mending->bundle.material;

    if (bundle->cert_count > MTL_MAX_PLAN || mtl_subject_leaf_count(&mending->bundle) != 1)
        return false;
    mending->plan = (struct mtl_plan){.count = bundle->cert_count};
    for (size_t i = 0; i < bundle->cert_count; i++)
        mending->plan.certs[i] = &bundle->certs[i];
    return true;
}

/* False with an error where nothing can be tried. */
static bool
mend(struct mtl_mending *mending, const char *output, struct mtl_error *error)
{
    bool done;

    mending->out = mtl_arena_alloc(mending->lint.arena, sizeof(*mending->out));
    mending->lint.verifying = true;
    if (!open_bundle(mending, error))
        return false;
    if (!choose_plan(mending))
        return mtl_error_set(error, mending->request->paths[0], 0, "Give a file with one leaf and its issuers",
                             "holds more certificates than any chain has");
    done = carry_out(mending, output);
    if (done && mending->out->failure == MTL_MEND_NOT_BETTER && mending->out->was_clean && plan_original(mending))
        done = carry_out(mending, output);
    return done ||
           mtl_error_set(error, mending->request->paths[0], 0, NULL, "holds what does not read back as it was written");
}

bool
mtl_bundle_mend(struct mtl_arena *arena, const struct mtl_lint_request *request, const char *output,
                const struct mtl_mended **mended, struct mtl_error *error)
{
    struct mtl_mending mending = {.request = request, .lint = mtl_lint_for(arena, request)};
    const struct mtl_input *trust;

    if (!mtl_lint_load(arena, request, &mending.lint, &trust, error))
        return false;
    if (trust != NULL && trust->material->cert_count == 0)
        return mtl_error_set(error, trust->material->path, 0, "Give what the peers trust", "holds no certificate");
    mending.trust = trust != NULL ? trust->material : NULL;
    if (!mend(&mending, output, error))
        return false;
    *mended = mending.out;
    return true;
}

/* ---- for a finding -------------------------------------------------------------------------------------------- */

/* The file of that path, once. False: it is none that was read on its own. */
static bool
take_file(const struct mtl_lint *lint, const char *path, struct mtl_input *files, size_t *count)
{
    const struct mtl_input *file = mtl_rule_file(lint, path);

    for (size_t i = 0; i < *count; i++) {
        if (strcmp(files[i].material->path, path) == 0)
            return true;
    }
    if (file == NULL)
        return false;
    files[*count] = *file;
    files[(*count)++].is_found = false; /* the command names it */
    return true;
}

const struct mtl_mended *
mtl_subject_mend(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_plan *plan,
                 const char *output)
{
    const char *const paths[] = {subject->material->path};
    const struct mtl_lint_request request = {
        .paths = paths,
        .path_count = 1,
        .trust = subject->trust != NULL ? subject->trust->path : NULL,
        .role = subject->role,
        .role_known = subject->role_declared,
        .stack = lint->stack,
        .now = lint->now,
    };
    struct mtl_input *files = mtl_arena_array(lint->arena, MTL_MAX_PLAN + 2, sizeof(*files));
    struct mtl_mending mending = {.request = &request, .lint = *lint, .trust = subject->trust};
    struct mtl_error error;
    size_t count = 0;

    if (!take_file(lint, paths[0], files, &count) ||
        (subject->trust != NULL && !take_file(lint, subject->trust->path, files, &count)))
        return NULL;
    for (size_t i = 0; i < plan->count; i++) {
        if (!take_file(lint, plan->certs[i]->source.path, files, &count))
            return NULL;
    }
    qsort(files, count, sizeof(*files), by_path);
    mending.lint.pairs = NULL;
    mtl_lint_hold(&mending.lint, files, count);
    return mend(&mending, output, &error) ? mending.out : NULL;
}
