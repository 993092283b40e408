/*
 * A file for a container registry whose name says that it is something else.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
is_authority(const struct mtl_material *file)
{
    return file->cert_count > 0 && mtl_rule_is_authority(file->certs[0].cert);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *file = subject->material;
    const bool is_key = mtl_rule_has_ending(file->path, ".key");
    const struct mtl_source place = {.path = file->path, .line = 1, .end_line = 1, .label = ""};
    const char *wanted, *authority;
    bool exists, has_authority;

    if (file->is_directory || (!is_key && !mtl_rule_has_ending(file->path, ".cert")) ||
        !mtl_rule_is_for_registry(lint, file->path))
        return;
    wanted = mtl_rule_with_ending(lint, file->path, is_key ? ".cert" : ".key", &exists);
    if (exists)
        return;
    authority = mtl_rule_with_ending(lint, file->path, ".crt", &has_authority);
    mtl_report_begin_at(report, &place, "%s has no %s beside it: container engines do not connect to this registry",
                        mtl_rule_path(lint, file->path), mtl_rule_path(lint, wanted));
    mtl_report_evidence(report, "below certs.d: .crt is for authorities, .cert with .key for a client's certificate");
    mtl_report_why(report, is_key ? "The engine stops: missing client certificate for key."
                                  : "The engine stops: missing key for client certificate.");
    if (is_key && has_authority)
        mtl_report_fix(report, "If %s is the certificate of this key, name it %s: as .crt it is trusted, and not sent.",
                       mtl_rule_path(lint, authority), mtl_rule_path(lint, wanted));
    else if (is_key)
        mtl_report_fix(report, "Put the certificate of this key beside it, or remove the key.");
    else if (is_authority(file) && !has_authority)
        mtl_report_fix(report, "It holds an authority: name it %s.", mtl_rule_path(lint, authority));
    else
        mtl_report_fix(report, "Put its key beside it; or, if it is an authority, end its name in .crt.");
}

const struct mtl_rule rule_registry_file_names = {
    .code = "MTL036",
    .name = "registry-file-names",
    .title = "File for a container registry under a wrong name",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale =
        "In certs.d/HOST the engine tells by a file's ending what it is for: .crt is trusted as an authority, .cert is "
        "a "
        "certificate to present, with its key beside it as .key. A .cert without .key, or a .key without .cert, ends "
        "every connection to that registry with \"missing client certificate\" or \"missing key\". Where hosts.toml "
        "stands beside the files, it names them itself, and nothing is said.",
    .fix = "End the names of authorities in .crt, and call certificate and key of the client NAME.cert and NAME.key.",
    .references = "docker-docs: Verify repository client with certificates; containers-certs.d(5)",
    .check = check,
};
