/*
 * Memory for libcrypto that the sanitizers do not watch: their bookkeeping for libcrypto's many small blocks would
 * take most of the time of a test that asks libcrypto hundreds of thousands of questions. Our own memory stays watched.
 */
#ifndef MTL_TESTS_SUPPORT_QUICK_MEMORY_H
#define MTL_TESTS_SUPPORT_QUICK_MEMORY_H

/* Must be called before anything else of libcrypto. For programs with one thread. */
void quick_memory_use(void);

#endif
