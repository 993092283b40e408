/* What readers of PEM make of flaws in a file, as recorded. SPDX-License-Identifier: Apache-2.0 */
#include "store/pem_readers.h"

const struct mtl_pem_reader mtl_pem_readers[MTL_PEM_READERS] = {
    {.title = "OpenSSL 3.0", .skips = MTL_PEM_PREFIX, .refuses = MTL_PEM_GLUED | MTL_PEM_GAP | MTL_PEM_BROKEN},
    {.title = "GnuTLS 3.7", .refuses = MTL_PEM_BROKEN},
    {.title = "Mbed TLS 2.28", .skips = MTL_PEM_BROKEN},
    {.title = "Go 1.26", .skips = MTL_PEM_MARK | MTL_PEM_PREFIX | MTL_PEM_GLUED | MTL_PEM_BROKEN},
    {.title = "Java 17", .refuses = MTL_PEM_MARK | MTL_PEM_PREFIX | MTL_PEM_GLUED | MTL_PEM_BROKEN},
    {.title = "Node.js 20", .skips = MTL_PEM_PREFIX, .stops = MTL_PEM_GLUED | MTL_PEM_GAP | MTL_PEM_BROKEN},
};
