/*
 * The handshake's reports: JSON as docs/JSON.md has it, text that fits its page, hostile names that stay harmless.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "report/matrix.h"
#include "report/report.h"
#include "support/recipe.h"
#include "support/two_sides.h"

static bool
gather(void *context, const char *bytes, size_t size)
{
    mtl_text_bytes(context, mtl_slice_of(bytes, size));
    return true;
}

static bool
refuse(void *context, const char *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return false;
}

static struct mtl_handshake
predict(struct two_sides *sides)
{
    struct mtl_handshake handshake = {.question = &sides->question, .count = 2};

    for (int tls = MTL_TLS12; tls <= MTL_TLS13; tls++)
        handshake.transcripts[tls] = two_sides_predict(sides, (enum mtl_tls)tls);
    return handshake;
}

static const char *
text_report(struct two_sides *sides, const struct mtl_report_options *options)
{
    struct mtl_handshake handshake = predict(sides);
    struct mtl_text text = {.arena = sides->arena};

    assert_true(mtl_report_handshake_text(sides->arena, &handshake, options, gather, &text));
    return text.text;
}

static json_t *
json_report(struct two_sides *sides)
{
    struct mtl_handshake handshake = predict(sides);
    struct mtl_text text = {.arena = sides->arena};
    json_t *document;

    assert_true(mtl_report_handshake_json(sides->arena, &handshake, gather, &text));
    document = json_loads(text.text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(document);
    return document;
}

static const char *
documentation(struct two_sides *sides)
{
    size_t size;
    const char *text = file_text(sides->arena, MTL_SOURCE_DIR "/docs/JSON.md", &size);

    assert_non_null(text);
    return text;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------- */

static void
every_reason_is_in_the_documented_list(void **state)
{
    const char *docs = documentation(*state), *list = strstr(docs, "### Reasons");
    struct two_sides *sides = *state;
    size_t rows = 0, slugs = 0;

    assert_non_null(list);
    for (int reason = MTL_REASON_NONE + 1; reason < MTL_REASON_COUNT; reason++) {
        const char *slug = mtl_reason_slug((enum mtl_reason)reason);
        bool is_new = true;

        assert_true(slug[0] != '\0');
        if (strstr(list, mtl_arena_printf(sides->arena, "\n| `%s` |", slug)) == NULL)
            fail_msg("docs/JSON.md lacks %s", slug);
        for (int earlier = 1; earlier < reason; earlier++)
            is_new = is_new && strcmp(mtl_reason_slug((enum mtl_reason)earlier), slug) != 0;
        slugs += is_new;
    }
    for (const char *row = strstr(list, "\n| `"); row != NULL; row = strstr(row + 1, "\n| `"))
        rows++;
    assert_int_equal(rows, slugs); /* and nothing that no longer exists */
}

static void
expect_documented(struct two_sides *sides, const char *docs, json_t *value)
{
    const char *key;
    json_t *member;
    size_t index;

    json_object_foreach(value, key, member)
    {
        if (strstr(docs, mtl_arena_printf(sides->arena, "`%s`", key)) == NULL &&
            strstr(docs, mtl_arena_printf(sides->arena, "\"%s\"", key)) == NULL)
            fail_msg("docs/JSON.md does not name the key %s", key);
        expect_documented(sides, docs, member);
    }
    json_array_foreach(value, index, member) expect_documented(sides, docs, member);
}

static void
every_key_is_documented(void **state)
{
    struct two_sides *sides = *state;
    json_t *document;

    two_sides_mint(sides, "oldroot self-signed subject=\"CN=Clients Root\" ca ku=keyCertSign");
    two_sides_trust(sides, MTL_SERVER, "oldroot");
    two_sides_also(sides, "clients-2026.pem", "croot");
    document = json_report(sides);
    expect_documented(sides, documentation(sides), document);
    json_decref(document);
}

/* Several groups: the client's intermediate as anchor is enough for some servers only. */
static const struct mtl_matrix *
compare_all(struct two_sides *sides)
{
    static const bool varied[2] = {true, true};

    two_sides_trust(sides, MTL_SERVER, "cca");
    return mtl_handshake_compare(sides->arena, &sides->question, varied, 1 << MTL_TLS12 | 1 << MTL_TLS13);
}

static void
every_key_of_many_stacks_is_documented(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_text text = {.arena = sides->arena};
    const char *docs = strstr(documentation(sides), "## mtlslint/matrix/1");
    json_t *document, *group;

    assert_non_null(docs);
    assert_true(mtl_report_matrix_json(sides->arena, compare_all(sides), gather, &text));
    document = json_loads(text.text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(document);
    expect_documented(sides, documentation(sides), document);
    group = json_array_get(json_object_get(document, "groups"), 0);
    assert_non_null(strstr(docs, "| `cause` |"));
    assert_string_equal(json_string_value(json_object_get(group, "outcome")), "established");
    assert_true(json_is_null(json_object_get(group, "cause")));
    assert_true(json_array_size(json_object_get(document, "groups")) > 1);
    json_decref(document);
}

static void
prediction_has_the_documented_fields_in_their_order(void **state)
{
    static const char *const fields[] = {
        "tls",
        "client_stack",
        "server_stack",
        "outcome",
        "rejected_by",
        "surface",
        "alert",
        "http_status",
        "moment",
        "at_message",
        "reason",
        "native_error",
        "certificate",
        "client_sends_certificate",
        "client_sends_reason",
        "client_sees",
        "server_sees",
        "evidence",
        "assumptions",
    };
    struct two_sides *sides = *state;
    json_t *document = json_report(sides), *prediction = json_array_get(json_object_get(document, "predictions"), 0);
    void *iterator = json_object_iter(prediction);

    assert_string_equal(json_string_value(json_object_get(document, "schema")), "mtlslint/handshake/1");
    assert_string_equal(json_string_value(json_object_get(document, "at")), "2026-11-23T12:00:00Z");
    assert_int_equal(json_array_size(json_object_get(document, "predictions")), 2);
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        assert_string_equal(json_object_iter_key(iterator), fields[i]);
        iterator = json_object_iter_next(prediction, iterator);
    }
    assert_string_equal(json_string_value(json_object_get(prediction, "outcome")), "established");
    assert_true(json_is_null(json_object_get(prediction, "rejected_by")));
    assert_true(json_is_null(json_object_get(prediction, "alert")));
    assert_true(json_is_null(json_object_get(prediction, "certificate")));
    json_decref(document);
}

static void
rejection_names_side_alert_error_and_certificate(void **state)
{
    struct two_sides *sides = *state;
    json_t *document, *prediction, *certificate;

    two_sides_trust(sides, MTL_SERVER, "sroot");
    document = json_report(sides);
    prediction = json_array_get(json_object_get(document, "predictions"), 1);
    certificate = json_object_get(prediction, "certificate");
    assert_string_equal(json_string_value(json_object_get(prediction, "rejected_by")), "server");
    assert_string_equal(json_string_value(json_object_get(prediction, "moment")), "after_handshake");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(prediction, "alert"), "code")), 48);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(prediction, "native_error"), "depth")), 1);
    assert_int_equal(json_integer_value(json_object_get(certificate, "index")), 1);
    assert_string_equal(json_string_value(json_object_get(certificate, "subject")), "CN=Clients CA");
    assert_string_equal(json_string_value(json_object_get(certificate, "file")), "orders.pem");
    assert_int_equal(json_string_length(json_object_get(certificate, "sha256")), 64);
    assert_true(json_is_true(json_object_get(prediction, "client_sends_certificate")));
    json_decref(document);
}

/* ---- text ----------------------------------------------------------------------------------------------------- */

static void
text_without_color_holds_no_escape_and_fits_its_width(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_report_options options = {.format = "text", .width = 90};
    const char *line;

    two_sides_trust(sides, MTL_CLIENT, "croot");
    line = text_report(sides, &options);
    assert_null(strchr(line, '\033'));
    for (; *line != '\0'; line += strcspn(line, "\n") + 1) {
        for (size_t i = 0; i < strcspn(line, "\n"); i++)
            assert_true((unsigned char)line[i] < 0x80); /* no .unicode */
        if (strcspn(line, "\n") > 90)
            fail_msg("too long: %.*s", (int)strcspn(line, "\n"), line);
        assert_false(strcspn(line, "\n") > 0 && line[strcspn(line, "\n") - 1] == ' ');
    }
}

static void
color_changes_nothing_but_the_ink(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_report_options plain = {.format = "text", .unicode = true};
    const struct mtl_report_options inked = {.format = "text", .unicode = true, .color = true};
    const char *expected, *colored;
    struct mtl_text stripped = {.arena = sides->arena};

    two_sides_trust(sides, MTL_SERVER, "sroot");
    expected = text_report(sides, &plain);
    colored = text_report(sides, &inked);
    assert_non_null(strchr(colored, '\033'));
    while (*colored != '\0') {
        size_t size = strcspn(colored, "\033");

        mtl_text_bytes(&stripped, mtl_slice_of(colored, size));
        colored += size;
        colored += *colored == '\0' ? 0 : strcspn(colored, "m") + 1;
    }
    assert_string_equal(stripped.text, expected);
}

static void
both_versions_share_a_story_when_only_the_moment_differs(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_report_options options = {.format = "text"};
    const char *text;

    sides->question.sides[MTL_CLIENT].presents = NULL;
    text = text_report(sides, &options);
    assert_non_null(strstr(text, "TLS 1.2 and 1.3, "));
    assert_non_null(strstr(text, "TLS 1.2: handshake_failure(40)"));
    assert_non_null(strstr(text, "TLS 1.3: certificate_required(116)"));
    assert_non_null(strstr(text, "Alert certificate_required(116)"));
}

static void
text_of_many_stacks_fits_its_width_and_names_each_stack(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_report_options options = {.format = "text", .width = 90};
    struct mtl_text text = {.arena = sides->arena};
    static const bool varied[2] = {true, false};
    const struct mtl_matrix *matrix;

    two_sides_trust(sides, MTL_CLIENT, "sca");
    matrix = mtl_handshake_compare(sides->arena, &sides->question, varied, 1 << MTL_TLS12 | 1 << MTL_TLS13);
    assert_true(mtl_report_matrix_text(sides->arena, matrix, &options, gather, &text));
    for (size_t i = 0; i < matrix->counts[MTL_CLIENT]; i++)
        assert_non_null(strstr(text.text, matrix->stacks[MTL_CLIENT][i]->id));
    assert_int_equal(strncmp(text.text, mtl_matrix_headline(sides->arena, matrix), 20), 0);
    for (const char *line = text.text; *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 90);
}

static void
hostile_names_stay_harmless_in_both_formats(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_report_options options = {.format = "text"};
    static const bool varied[2] = {true, true};
    struct mtl_text matrix_text;
    const char *text;
    json_t *document;

    two_sides_mint(sides, "evil issuer=cca subject=\"CN=hex:0c0c1b5b33316d0a0d22e280ae6f\"");
    two_sides_mint(sides, "mimic self-signed subject=\"CN=Clients Root\" ca");
    two_sides_present(sides, MTL_CLIENT, "evil cca");
    two_sides_trust(sides, MTL_SERVER, "mimic");
    text = text_report(sides, &options);
    assert_null(strchr(text, '\033'));
    assert_null(strchr(text, '\r'));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_non_null(strstr(text, "\\x1B"));
    document = json_report(sides);
    json_decref(document);
    matrix_text = (struct mtl_text){.arena = sides->arena};
    two_sides_trust(sides, MTL_SERVER, "mimic");
    assert_true(mtl_report_matrix_text(sides->arena,
                                       mtl_handshake_compare(sides->arena, &sides->question, varied, 1 << MTL_TLS13),
                                       &options, gather, &matrix_text));
    assert_null(strchr(matrix_text.text, '\033'));
    assert_null(strstr(matrix_text.text, "\xe2\x80\xae"));
}

static void
report_stops_when_its_reader_does(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_handshake handshake = predict(sides);
    const struct mtl_report_options options = {.format = "text"};

    assert_false(mtl_report_handshake_text(sides->arena, &handshake, &options, refuse, NULL));
    assert_false(mtl_report_handshake_json(sides->arena, &handshake, refuse, NULL));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, two_sides_set_up, two_sides_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_reason_is_in_the_documented_list),
        TEST(every_key_is_documented),
        TEST(every_key_of_many_stacks_is_documented),
        TEST(prediction_has_the_documented_fields_in_their_order),
        TEST(rejection_names_side_alert_error_and_certificate),
        TEST(text_without_color_holds_no_escape_and_fits_its_width),
        TEST(color_changes_nothing_but_the_ink),
        TEST(both_versions_share_a_story_when_only_the_moment_differs),
        TEST(text_of_many_stacks_fits_its_width_and_names_each_stack),
        TEST(hostile_names_stay_harmless_in_both_formats),
        TEST(report_stops_when_its_reader_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
