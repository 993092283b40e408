/* mint RECIPE...: mints the certificates, CRLs and keys of recipes and writes them beside each recipe.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "support/keys.h"
#include "support/recipe.h"

int
main(int argc, char **argv)
{
    struct key_pool *keys = key_pool_new();
    int status = argc > 1 ? 0 : 2;

    if (argc < 2)
        fprintf(stderr, "usage: mint RECIPE...\n");
    for (int i = 1; i < argc; i++) {
        struct mtl_error error;
        if (recipe_run(keys, argv[i], recipe_write_file, NULL, &error))
            continue;
        fprintf(stderr, "%s:%u: %s\n", error.path, error.line, error.message);
        status = 2;
    }
    key_pool_free(keys);
    return status;
}
