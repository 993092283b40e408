/*
 * JUnit XML: a suite for each file, a case for each finding, and one that passes for a file without findings, since
 * some CI systems take a report without cases for a failure. Findings below --fail-on pass, so that tests and exit
 * status say the same.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/xml.h"

#include <string.h>

/* A file, and its findings from index first on. */
struct suite {
    const char *path;
    size_t first, count;
};

static const char *
path_of(const struct mtl_finding *finding)
{
    return finding->places[0].source.path;
}

/* Files and findings are both sorted by path. A finding may lie in a file of a directory that was read as one. */
static bool
next_suite(const struct mtl_lint_result *result, size_t *file, struct suite *suite)
{
    const size_t first = suite->first + suite->count;
    const char *in_findings = first < result->finding_count ? path_of(result->findings[first]) : NULL;

    while (*file < result->file_count && result->files[*file].use == MTL_USE_NOTHING)
        ++*file;
    *suite = (struct suite){.path = in_findings, .first = first};
    if (*file < result->file_count) {
        const char *path = result->files[*file].material->path;
        int order = in_findings == NULL ? -1 : strcmp(path, in_findings);

        suite->path = order <= 0 ? path : in_findings;
        *file += order <= 0;
    }
    while (suite->path != NULL && first + suite->count < result->finding_count &&
           strcmp(path_of(result->findings[first + suite->count]), suite->path) == 0)
        suite->count++;
    return suite->path != NULL;
}

static size_t
count_failures(const struct mtl_lint_result *result, size_t first, size_t count, enum mtl_fail_on fail_on)
{
    size_t failures = 0;

    for (size_t i = first; i < first + count; i++)
        failures += mtl_finding_fails(result->findings[i], fail_on);
    return failures;
}

static void
begin_suite(struct mtl_xml *xml, const char *element, const char *name, size_t tests, size_t failures)
{
    mtl_xml_begin(xml, element);
    mtl_xml_attribute(xml, "name", name);
    mtl_xml_number(xml, "tests", tests);
    mtl_xml_number(xml, "failures", failures);
    mtl_xml_number(xml, "errors", 0);
}

static void
begin_case(struct mtl_xml *xml, const char *name, const char *file)
{
    mtl_xml_begin(xml, "testcase");
    mtl_xml_attribute(xml, "name", name);
    mtl_xml_attribute(xml, "classname", file);
}

static void
add_finding(struct mtl_xml *xml, struct mtl_arena *arena, const struct mtl_finding *finding, const char *file,
            enum mtl_fail_on fail_on)
{
    const bool fails = mtl_finding_fails(finding, fail_on);
    const char *title = mtl_rule_title(arena, finding->rule);
    const char *details = mtl_finding_details(arena, finding);

    begin_case(xml, mtl_arena_printf(arena, "%s, line %u", title, finding->places[0].source.line), file);
    mtl_xml_begin(xml, fails ? "failure" : "system-out");
    if (fails) {
        mtl_xml_attribute(xml, "message", finding->message);
        mtl_xml_attribute(xml, "type", mtl_severity_text(finding->severity));
    } else {
        details =
            mtl_arena_printf(arena, "%s: %s\n%s", mtl_severity_text(finding->severity), finding->message, details);
    }
    mtl_xml_text(xml, details);
    mtl_xml_end(xml);
    mtl_xml_end(xml);
}

static void
add_suite(struct mtl_xml *xml, struct mtl_arena *arena, const struct mtl_lint_result *result, const struct suite *suite,
          enum mtl_fail_on fail_on)
{
    const struct mtl_source source = {.path = suite->path};
    const char *file = mtl_finding_path(arena, result, &source);
    size_t failures = count_failures(result, suite->first, suite->count, fail_on);

    begin_suite(xml, "testsuite", file, suite->count > 0 ? suite->count : 1, failures);
    for (size_t i = 0; i < suite->count; i++)
        add_finding(xml, arena, result->findings[suite->first + i], file, fail_on);
    if (suite->count == 0) {
        begin_case(xml, "no findings", file);
        mtl_xml_end(xml);
    }
    mtl_xml_end(xml);
}

/* A report needs a case even if there was nothing to look at. */
static void
add_nothing(struct mtl_xml *xml)
{
    begin_suite(xml, "testsuite", "mtlslint", 1, 0);
    begin_case(xml, "no files", "mtlslint");
    mtl_xml_end(xml);
    mtl_xml_end(xml);
}

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    struct mtl_xml *xml = mtl_xml_new();
    struct suite suite = {0};
    size_t tests = 0;
    size_t file = 0;

    while (next_suite(result, &file, &suite))
        tests += suite.count > 0 ? suite.count : 1;
    begin_suite(xml, "testsuites", "mtlslint", tests > 0 ? tests : 1,
                count_failures(result, 0, result->finding_count, options->fail_on));
    file = 0;
    suite = (struct suite){0};
    while (next_suite(result, &file, &suite))
        add_suite(xml, arena, result, &suite, options->fail_on);
    if (tests == 0)
        add_nothing(xml);
    return mtl_xml_finish(xml, write, context);
}

const struct mtl_reporter reporter_junit = {.name = "junit", .report = report};
