/*
 * Files in, material out: PEM, DER, PKCS#7, PKCS#12, JKS, directories; presented chains, trust stores, keys and CRLs.
 *
 * Everything read keeps its place: path as the user wrote it (never made absolute), line of the BEGIN armour, ordinal
 * in the file. What cannot be used becomes a note with a place, not a crash and not silence.
 */
#ifndef MTL_STORE_STORE_H
#define MTL_STORE_STORE_H

#include "base/base.h"
#include "cert/cert.h"
#include "cert/key_store.h"

#define MTL_MAX_FILE_SIZE (256U << 20) /* bytes; larger files are refused before reading */
#define MTL_MAX_FILE_CERTS 200000U     /* certificates, keys and CRLs taken from one file */
#define MTL_MAX_DIRECTORY_FILES 100000U
#define MTL_MAX_NOTES 1000U

/* Where bytes came from. */
struct mtl_source {
    const char *path;  /* as given on the command line, or joined to the directory given */
    unsigned line;     /* of the BEGIN line; 1 for DER */
    unsigned end_line; /* of the END line; 1 for DER */
    bool open_end;     /* its file does not end with a newline: cat would glue on what follows */
    unsigned ordinal;  /* 1 for the first object of its kind in the file */
    const char *label; /* "CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL", ..., "DER", "PKCS7", "PKCS12", "JKS" */
};
/* Does it stand between BEGIN and END as what it is? Otherwise it is binary, or within PKCS#7. */
bool mtl_source_is_pem(const struct mtl_source *source);
bool mtl_source_is_key_store(const struct mtl_source *source);

/* OpenSSL's X509_CERT_AUX, from a TRUSTED CERTIFICATE. Purposes are MTL_EKU_*. */
struct mtl_aux_trust {
    bool present;   /* the block carried auxiliary settings at all */
    bool has_trust; /* a list of trusted purposes is present (may be empty of ours) */
    uint16_t trust;
    uint16_t reject;
};

struct mtl_loaded_cert {
    const struct mtl_cert *cert;
    struct mtl_source source;
    struct mtl_aux_trust aux;
    uint8_t entry; /* enum mtl_store_entry */
};
struct mtl_loaded_key {
    const struct mtl_private_key *key;
    struct mtl_source source;
    bool is_locked; /* in a key store, under a password that is not known to everybody */
};
struct mtl_loaded_crl {
    const struct mtl_crl *crl;
    struct mtl_source source;
};

/* Something in a file that could not be used, or was used in spite of its form. */
enum mtl_note_kind {
    MTL_NOTE_UNDECODABLE,   /* a block whose base64 or DER is broken */
    MTL_NOTE_NOT_DER,       /* a certificate that lenient readers decode, and ours does not */
    MTL_NOTE_UNSUPPORTED,   /* a format or block we do not read (OpenPGP, SSH ...) */
    MTL_NOTE_LOCKED,        /* a key store whose password is not known */
    MTL_NOTE_LEGACY,        /* a key store encrypted in a way that OpenSSL 3 leaves to its legacy provider */
    MTL_NOTE_ENCRYPTED_KEY, /* reported, never asked for */
    MTL_NOTE_GLUED,         /* "-----END X----------BEGIN Y-----" on one line */
    MTL_NOTE_DIRTY,         /* BOM, CRLF mixed with LF, trailing blanks in armour */
    MTL_NOTE_TRUNCATED,     /* BEGIN without END */
    MTL_NOTE_TRAILING,      /* bytes after the DER object */
    MTL_NOTE_UNREADABLE,    /* a file inside a directory that cannot be read */
    MTL_NOTE_IGNORED,       /* a file inside a directory that holds nothing of ours */
    MTL_NOTE_EMPTY,         /* a file without a byte, or with nothing but blanks */
    MTL_NOTE_BAD_HASH_NAME, /* hashed directory: the file's name is not the hash of its subject */
};
struct mtl_note {
    enum mtl_note_kind kind;
    struct mtl_source source;
    const char *message; /* one sentence */
    bool fatal;          /* for this, OpenSSL loads nothing of a file that is to be trusted */
};

/*
 * A line beside the PEM blocks that speaks to this program: "# mtlslint: ignore=MTL203 reason=...". No reader of
 * certificates looks at such lines.
 */
struct mtl_remark {
    struct mtl_source source;
    const char *text;  /* what follows "mtlslint:"; not safe to print */
    unsigned due_line; /* of the next BEGIN; in a file without any, of the next line that is not blank or such a one */
};
#define MTL_MAX_REMARKS 1000U     /* of one file; more are not looked at */
#define MTL_MAX_REMARK_SIZE 1000U /* bytes; of a longer one the rest is left out */
/* Those of a file. path is for messages. Lives in the arena. */
const struct mtl_remark *mtl_remarks_find(struct mtl_arena *arena, const char *path, struct mtl_slice bytes,
                                          size_t *count);

/* All that a file or directory holds, in order of appearance (directories: files in byte order of their names). */
struct mtl_material {
    const char *path;
    bool is_directory;
    bool is_hashed; /* directory with names like 5ed36f99.0: then only those are taken, as OpenSSL does */
    const struct mtl_loaded_cert *certs;
    size_t cert_count;
    const struct mtl_loaded_key *keys;
    size_t key_count;
    const struct mtl_loaded_crl *crls;
    size_t crl_count;
    const struct mtl_note *notes; /* about MTL_MAX_NOTES at most: the last says that others were left out */
    size_t note_count;
    const struct mtl_remark *remarks;
    size_t remark_count;
    const char *const *folders; /* of a plain directory: the names of those in it, and of links to some; not read */
    size_t folder_count;
    /*
     * Of a PEM file: why OpenSSL loads nothing of it, though we may have found something; NULL: no objection. refusal
     * is the first note that is fatal: PEM_X509_INFO_read_bio() fails, which reads CA files. chain_refusal is the same
     * for SSL_CTX_use_certificate_chain_file(): it fails on armour and certificates, and does not decode keys and CRLs.
     */
    const struct mtl_note *refusal;
    const struct mtl_note *chain_refusal;
};

/*
 * Reads bytes that are already in memory (they must outlive the arena's users); path is only for messages.
 * Never fails: what is unusable is in the notes.
 */
const struct mtl_material *mtl_material_parse(struct mtl_arena *arena, const char *path, struct mtl_slice bytes);

/* What the caller is about to do with the file; decides the wording of errors and what is an error at all. */
enum mtl_expectation {
    MTL_EXPECT_CHAIN,     /* at least one certificate; a directory is an error */
    MTL_EXPECT_TRUST,     /* a file or a directory; an empty result is an error */
    MTL_EXPECT_KEY,       /* exactly one usable private key (an encrypted one is returned, with a note) */
    MTL_EXPECT_CRL,       /* at least one CRL */
    MTL_EXPECT_SOMETHING, /* a file with at least one certificate, key or CRL; a directory with anything */
    MTL_EXPECT_ANYTHING,  /* a file or directory; nothing is an error but being unreadable */
};
/*
 * Reads a regular file or a directory. Refuses what is neither (FIFO, device, socket) without opening it for reading,
 * and files above MTL_MAX_FILE_SIZE. Errors are full sentences with path, line and hint, for instance
 * "certs/key.pem:1: holds a private key where a certificate is due".
 */
bool mtl_material_load(struct mtl_arena *arena, const char *path, enum mtl_expectation expectation,
                       const struct mtl_material **material, struct mtl_error *error);

/* Appends a block as RFC 7468 has it: 64 digits to a line, LF, nothing else. The same bytes give the same text. */
void mtl_pem_add(struct mtl_text *text, const char *label, struct mtl_slice der);

/* How files are read. {0} is how mtl_material_load() does it. */
struct mtl_opening {
    const struct mtl_passwords *passwords; /* of key stores; NULL: none, the empty one and Java's "changeit" */
    unsigned jobs; /* threads for the files of a plain directory; 0 counts as 1. What is read is the same */
};
bool mtl_material_open(struct mtl_arena *arena, const char *path, enum mtl_expectation expectation,
                       const struct mtl_opening *opening, const struct mtl_material **material,
                       struct mtl_error *error);
/* Reads a file of passwords, one on a line. False when there is none, or more than are tried. */
bool mtl_passwords_read(struct mtl_arena *arena, const char *path, const struct mtl_passwords **passwords,
                        struct mtl_error *error);
/* Overwrites them; NULL is fine. */
void mtl_passwords_wipe(const struct mtl_passwords *passwords);

/* Is it, as a whole, a file of PKCS#12, JKS or JCEKS? */
bool mtl_material_is_key_store(const struct mtl_material *material);
/* What a program presents of it: of a key store the chain of its first private key, if there is one; otherwise all. */
const struct mtl_material *mtl_material_presented(struct mtl_arena *arena, const struct mtl_material *material);

/* ---- what a side sends and trusts ----------------------------------------------------------------------------- */

/* What a side sends, in the order it sends it; certs[0] is its leaf. */
struct mtl_chain {
    const struct mtl_loaded_cert *certs;
    size_t count;
};

/*
 * Certificates by subject name. Order among equals is the order of loading; entries that are byte-for-byte equal are
 * kept once if unique was asked for (OpenSSL's X509_STORE drops duplicates), otherwise each.
 */
struct mtl_pool;
struct mtl_pool *mtl_pool_new(struct mtl_arena *arena, const struct mtl_loaded_cert *certs, size_t count, bool unique);
size_t mtl_pool_count(const struct mtl_pool *pool);
const struct mtl_loaded_cert *mtl_pool_at(const struct mtl_pool *pool, size_t index);
/*
 * Walks the entries whose subject equals name (canonical), in load order: start with *cursor = 0; NULL at the end.
 * hash is mtl_name_hash(name), which certificates carry as subject_hash and issuer_hash.
 */
const struct mtl_loaded_cert *mtl_pool_next(const struct mtl_pool *pool, struct mtl_slice name, uint64_t hash,
                                            size_t *cursor);

/* Trust anchors, and the CRLs that came with them. */
struct mtl_store {
    const struct mtl_pool *anchors;
    const struct mtl_loaded_crl *crls; /* in load order */
    size_t crl_count;
};
/* A store of everything in the materials (certificates and CRLs), in order. */
const struct mtl_store *mtl_store_new(struct mtl_arena *arena, const struct mtl_material *const *materials,
                                      size_t count);
const struct mtl_store *mtl_store_of(struct mtl_arena *arena, const struct mtl_loaded_cert *certs, size_t cert_count,
                                     const struct mtl_loaded_crl *crls, size_t crl_count);

#endif
