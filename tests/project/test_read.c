/*
 * What the reader makes of a project file: values, their lines, paths relative to the file.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "project/project.h"

static const struct mtl_project *
load(struct mtl_arena *arena, const char *path)
{
    const struct mtl_project *project;
    struct mtl_error error;

    if (!mtl_project_load(arena, path, &project, &error))
        fail_msg("%s:%u: %s", error.path, error.line, error.message);
    return project;
}

static const struct mtl_project *
parse(struct mtl_arena *arena, const char *path, const char *text)
{
    const struct mtl_project *project;
    struct mtl_error error;

    if (!mtl_project_parse(arena, path, mtl_slice_text(text), &project, &error))
        fail_msg("%s:%u: %s", error.path, error.line, error.message);
    return project;
}

static void
assert_text(const struct mtl_project_text *found, const char *text, unsigned line)
{
    assert_string_equal(found->text, text);
    assert_int_equal(found->line, line);
}

static void
sides_keep_values_and_lines(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_project *project = load(arena, "fixtures/project/good/full.yaml");
    const struct mtl_project_handshake *first = &project->handshakes[0];

    (void)state;
    assert_int_equal(project->handshake_count, 2);
    assert_text(&first->name, "orders-to-payments", 4);
    assert_text(&first->server_name, "payments.acme.example", 5);
    assert_int_equal(first->tls.count, 2);
    assert_text(&first->tls.items[0], "1.2", 6);
    assert_text(&first->tls.items[1], "1.3", 6);
    assert_int_equal(first->client.name.line, 8);
    assert_text(&first->client.cert, "fixtures/project/good/orders/chain.pem", 8);
    assert_text(&first->client.key, "fixtures/project/good/orders/key.pem", 9);
    assert_text(&first->client.stacks.items[0], "go", 12);
    assert_text(&first->client.verify, "required", 13);
    assert_int_equal(first->client.depth.value, 3);
    assert_int_equal(first->client.depth.line, 14);
    assert_text(&first->server.trust, "/etc/ssl/certs", 18);
    assert_int_equal(first->server.stacks.count, 2);
    assert_text(&first->server.stacks.items[1], "openssl-3.0", 20);
    assert_int_equal(first->server.depth.value, 0);
    assert_int_equal(first->server.depth.line, 22);
    assert_text(&project->handshakes[1].name, "a name: with [everything] \xc3\xbc \"", 23);
    assert_null(project->handshakes[1].client.cert.text);
    assert_int_equal(project->handshakes[1].client.depth.line, 0);
    assert_ptr_equal(mtl_project_handshake_find(project, "orders-to-payments"), first);
    assert_null(mtl_project_handshake_find(project, "orders"));
    mtl_arena_free(arena);
}

static void
default_certificates_keep_values_and_lines(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_project *project = load(arena, "fixtures/project/good/server-names.yaml");
    const struct mtl_project_handshake *first = &project->handshakes[0];

    (void)state;
    assert_text(&first->client.sends_server_name, "never", 5);
    assert_text(&first->server.default_cert, "fixtures/project/good/payments/default.pem", 8);
    assert_text(&first->server.default_key, "fixtures/project/good/payments/default-key.pem", 9);
    mtl_arena_free(arena);
}

static void
the_rest_keeps_values_and_lines(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_project *project = load(arena, "fixtures/project/good/full.yaml");
    mtl_time until;

    (void)state;
    assert_int_equal(project->store_count, 3);
    assert_text(&project->stores[0].path, "fixtures/project/good/payments/trust", 27);
    assert_text(&project->stores[1].judges, "both", 29);
    assert_null(project->stores[2].judges.text);
    assert_int_equal(project->horizon.value, INT64_C(45) * 24 * 3600);
    assert_int_equal(project->horizon.line, 31);
    assert_text(&project->rules.select.items[0], "MTL1", 33);
    assert_int_equal(project->rules.ignore.count, 2);
    assert_int_equal(project->rules.severity_count, 2);
    assert_text(&project->rules.severities[1].name, "leaf-expiring", 37);
    assert_text(&project->rules.severities[1].level, "info", 37);
    assert_int_equal(project->ignore_count, 2);
    assert_text(&project->ignores[0].rule, "MTL702", 39);
    assert_text(&project->ignores[0].path, "legacy/*.pem", 40);
    assert_text(&project->ignores[0].sha256, "sha256:00112233445566778899aabbccddeeff", 41);
    assert_text(&project->ignores[0].reason, "replaced in March, OPS-123", 42);
    assert_true(mtl_time_from_civil(2027, 2, 28, 0, 0, 0, &until));
    assert_int_equal(project->ignores[0].until.value, until);
    assert_text(&project->ignores[1].reason, "folded text", 45);
    assert_int_equal(project->ignores[1].until.line, 0);
    assert_text(&project->ignore_paths.items[1], "*.old.pem", 48);
    mtl_arena_free(arena);
}

static void
paths_are_relative_to_the_file(void **state)
{
    static const struct {
        const char *file, *written, *meant, *folder;
    } cases[] = {
        {".mtlslint.yaml", "a.pem", "a.pem", ""},
        {".mtlslint.yaml", "././/a.pem", "a.pem", ""},
        {"../.mtlslint.yaml", "a.pem", "../a.pem", "../"},
        {"/x/p.yaml", "b/../a.pem", "/x/b/../a.pem", "/x/"},
        {"x/p.yaml", "/a.pem", "/a.pem", "x/"},
        {"x/p.yaml", ".", "x/.", "x/"},
        {"x/p.yaml", "~/a.pem", "x/~/a.pem", "x/"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct mtl_arena *arena = mtl_arena_new();
        const char *text = mtl_arena_printf(arena, "trust_stores: [{path: \"%s\"}]", cases[i].written);
        const struct mtl_project *project = parse(arena, cases[i].file, text);

        assert_string_equal(project->stores[0].path.text, cases[i].meant);
        assert_string_equal(project->folder, cases[i].folder);
        mtl_arena_free(arena);
    }
}

static void
nothing_is_a_project_without_anything(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_project *project = parse(arena, "a/.mtlslint.yaml", "");

    (void)state;
    assert_int_equal(project->handshake_count + project->store_count + project->ignore_count, 0);
    assert_int_equal(project->horizon.line, 0);
    assert_string_equal(project->folder, "a/");
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides_keep_values_and_lines),
        cmocka_unit_test(default_certificates_keep_values_and_lines),
        cmocka_unit_test(the_rest_keeps_values_and_lines),
        cmocka_unit_test(paths_are_relative_to_the_file),
        cmocka_unit_test(nothing_is_a_project_without_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
