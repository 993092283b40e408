/*
 * mtlslint check over many files: a tree of 1,000 files against openssl verify run on each of its 300 bundles, and
 * 100,000 loose leaves of 50 CAs against the bare signature checks, in time, memory and with two threads.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _DEFAULT_SOURCE /* wait4() */ /* NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.h"
#include "store/store.h"
#include "support/mint.h"

enum { BUNDLES = 300, FILES = 1000, CAS = 50, LEAVES_OF_A_CA = 2000, ROUNDS = 3 };

static void
die(const char *what)
{
    fprintf(stderr, "bench_lint: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void
recipe(struct mint *mint, const char *format, ...)
{
    char line[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (!mint_line(mint, line))
        die(mint->error);
}

static void
write_file(const char *folder, const char *name, struct mtl_slice bytes)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL || fwrite(bytes.data, 1, bytes.size, file) != bytes.size || fclose(file) != 0 ||
        chmod(path, 0600) != 0)
        die(path);
}

/* ---- processes ------------------------------------------------------------------------------------------------ */

/* Runs a program without its output. Returns its time; *kib receives the most memory it had. */
static double
run_us(const char *const *arguments, long *kib)
{
    double start = bench_now_us();
    pid_t child = fork();
    int status;
    struct rusage usage;

    if (child == 0) {
        if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
            _exit(2);
        execvp(arguments[0], (char *const *)(uintptr_t)arguments);
        _exit(2);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) == 2)
        die(arguments[0]);
    if (kib != NULL)
        *kib = usage.ru_maxrss;
    return bench_now_us() - start;
}

static double
check_us(const char *program, const char *folder, const char *jobs, long *kib)
{
    const char *const arguments[] = {program, "check", "--at", "2026-09-01", "--jobs", jobs, folder, NULL};

    return run_us(arguments, kib);
}

/* ---- a tree --------------------------------------------------------------------------------------------------- */

static void
make_tree(struct mtl_arena *arena, struct key_pool *keys, const char *folder)
{
    struct mint mint = mint_new(arena, keys);

    recipe(&mint, "root self-signed ca ku=keyCertSign,cRLSign subject=CN=Root,O=Acme");
    recipe(&mint, "mid issuer=root ca pathlen=0 ku=keyCertSign,cRLSign subject=CN=CA,O=Acme");
    recipe(&mint, "first issuer=mid not-ca ku=digitalSignature dns=first.example");
    write_file(folder, "root.pem", mint_pem(&mint, "root"));
    for (int i = 0; i < BUNDLES; i++) {
        recipe(&mint, "leaf%d issuer=mid key-of=first not-ca ku=digitalSignature eku=serverAuth dns=host%d.example", i,
               i);
        write_file(folder, mtl_arena_printf(arena, "host%d.pem", i),
                   mint_pem(&mint, mtl_arena_printf(arena, "leaf%d mid", i)));
        write_file(folder, mtl_arena_printf(arena, "host%d.key", i),
                   mint_pem(&mint, mtl_arena_printf(arena, "key:leaf%d", i)));
    }
    for (int i = 2 * BUNDLES + 1; i < FILES; i++)
        write_file(folder, mtl_arena_printf(arena, "notes%d.md", i),
                   mtl_slice_text("Renewed by hand. Ask before you touch it.\n"));
}

static double
verify_us(struct mtl_arena *arena, const char *folder)
{
    const char *root = mtl_arena_printf(arena, "%s/root.pem", folder);
    double start = bench_now_us();

    for (int i = 0; i < BUNDLES; i++) {
        const char *bundle = mtl_arena_printf(arena, "%s/host%d.pem", folder, i);
        const char *const arguments[] = {"openssl", "verify", "-CAfile", root, "-untrusted", bundle, bundle, NULL};

        (void)run_us(arguments, NULL);
    }
    return bench_now_us() - start;
}

/* ---- leaves --------------------------------------------------------------------------------------------------- */

static void
make_leaves(struct mtl_arena *arena, struct key_pool *keys, const char *folder)
{
    struct mtl_text cas = {.arena = arena};

    for (int ca = 0; ca < CAS; ca++) {
        struct mint mint = mint_new(arena, keys);
        const char *below = mtl_arena_printf(arena, "%s/ca%d", folder, ca);

        if (mkdir(below, 0755) != 0)
            die(below);
        recipe(&mint, "ca self-signed ca ku=keyCertSign,cRLSign subject=CN=CA-%d,O=Acme", ca);
        recipe(&mint, "first issuer=ca not-ca ku=digitalSignature eku=clientAuth dns=first.example");
        mtl_text_bytes(&cas, mint_pem(&mint, "ca"));
        for (int i = 0; i < LEAVES_OF_A_CA; i++) {
            const char *name = mtl_arena_printf(arena, "leaf%d", i);

            recipe(&mint, "%s issuer=ca key-of=first not-ca ku=digitalSignature eku=clientAuth dns=leaf%d.ca%d.example",
                   name, i, ca);
            write_file(below, mtl_arena_printf(arena, "%s.pem", name), mint_pem(&mint, name));
        }
    }
    write_file(folder, "cas.pem", mtl_slice_text(cas.text));
}

/* In a process of its own: what this one once had counts as memory of the programs it starts. */
static void
make_all(const char *tree, const char *leaves)
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        struct mtl_arena *arena = mtl_arena_new();
        struct key_pool *keys = key_pool_new();

        make_tree(arena, keys, tree);
        make_leaves(arena, keys, leaves);
        exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        die("minting");
}

static const struct mtl_material *
load(struct mtl_arena *arena, const char *path)
{
    const struct mtl_material *material;
    struct mtl_error error;

    if (!mtl_material_load(arena, path, MTL_EXPECT_CHAIN, &material, &error) &&
        !mtl_material_load(arena, path, MTL_EXPECT_TRUST, &material, &error))
        die(error.message);
    return material;
}

static EVP_PKEY *
decode_key(const struct mtl_cert *cert)
{
    const uint8_t *der = cert->der.data;
    X509 *decoded = d2i_X509(NULL, &der, (long)cert->der.size);
    EVP_PKEY *key = X509_get_pubkey(decoded);

    X509_free(decoded);
    return key;
}

/* Each is prepared anew, as programs do it; mtlslint keeps an issuer's key prepared, which spares it some of this. */
static double
signatures_below_us(const struct mtl_cert *ca, const struct mtl_material *leaves)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY *key = decode_key(ca);
    double start = bench_now_us(), spent;

    for (size_t i = 0; i < leaves->cert_count; i++) {
        const struct mtl_cert *leaf = leaves->certs[i].cert;
        struct mtl_slice signature = mtl_cert_bytes(leaf, leaf->signature);
        struct mtl_slice tbs = mtl_cert_bytes(leaf, leaf->tbs);

        if (EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) != 1 ||
            EVP_DigestVerify(context, signature.data, signature.size, tbs.data, tbs.size) != 1)
            die("a signature does not verify");
    }
    spent = bench_now_us() - start;
    EVP_PKEY_free(key);
    EVP_MD_CTX_free(context);
    return spent;
}

/*
 * Of all leaves, each issuer's key decoded once. They are read beforehand, those of one CA at a time: what this process
 * has counts as memory of the programs it starts.
 */
static double
signatures_us(const char *folder)
{
    double spent = 0;

    for (size_t ca = 0; ca < CAS; ca++) {
        struct mtl_arena *arena = mtl_arena_new();
        const struct mtl_material *cas = load(arena, mtl_arena_printf(arena, "%s/cas.pem", folder));
        const struct mtl_material *leaves = load(arena, mtl_arena_printf(arena, "%s/ca%zu", folder, ca));

        spent += signatures_below_us(cas->certs[ca].cert, leaves);
        mtl_arena_free(arena);
    }
    return spent;
}

/* ---- measures: in turn, so that a busy machine slows all of them down -------------------------------------------- */

static void
measure_tree(struct mtl_arena *arena, const char *program, const char *folder)
{
    double linted[ROUNDS], verified[ROUNDS];

    for (size_t i = 0; i < ROUNDS; i++) {
        linted[i] = check_us(program, folder, "1", NULL);
        verified[i] = verify_us(arena, folder);
    }
    bench_at_most("1,000 files with 300 bundles", "mtlslint check", bench_median(linted, ROUNDS), "300 openssl verify",
                  bench_median(verified, ROUNDS), 1.0 / 6);
}

static void
measure_leaves(struct mtl_arena *arena, const char *program, const char *folder)
{
    const double leaves = CAS * LEAVES_OF_A_CA;
    double one[ROUNDS], two[ROUNDS], bare[ROUNDS], memory, gain;
    long all, none;

    (void)check_us(program, mtl_arena_printf(arena, "%s/cas.pem", folder), "1", &none);
    for (size_t i = 0; i < ROUNDS; i++) {
        bare[i] = signatures_us(folder) / leaves;
        one[i] = check_us(program, folder, "1", &all) / leaves;
        two[i] = check_us(program, folder, "2", NULL) / leaves;
    }
    memory = (double)(all - none) / leaves;
    gain = bench_median(one, ROUNDS) / bench_median(two, ROUNDS);
    bench_at_most("100,000 leaves of 50 CAs, per leaf", "linted", bench_median(one, ROUNDS), "bare signature check",
                  bench_median(bare, ROUNDS), 1.5);
    printf("%-34s %.2f KiB per leaf (target: at most 3)%s\n", "memory of it", memory, memory <= 3 ? "" : "  MISSED");
    printf("%-34s %.2f times as fast as one (target: at least 1.7)%s\n", "two threads", gain,
           gain >= 1.7 ? "" : "  MISSED");
}

int
main(int argc, char **argv)
{
    struct mtl_arena *arena = mtl_arena_new();
    char folder[] = "/tmp/mtlslint-bench-XXXXXX";
    const char *tree, *leaves;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc != 2 || mkdtemp(folder) == NULL)
        die("usage: bench_lint MTLSLINT");
    tree = mtl_arena_printf(arena, "%s/tree", folder);
    leaves = mtl_arena_printf(arena, "%s/leaves", folder);
    if (mkdir(tree, 0755) != 0 || mkdir(leaves, 0755) != 0)
        die(folder);
    make_all(tree, leaves);
    measure_tree(arena, argv[1], tree);
    measure_leaves(arena, argv[1], leaves);
    if (system(mtl_arena_printf(arena, "rm -rf %s", folder)) != 0)
        die(folder);
    mtl_arena_free(arena);
    return 0;
}
