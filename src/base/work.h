/* Items shared out among threads. */
#ifndef MTL_BASE_WORK_H
#define MTL_BASE_WORK_H

#include <stddef.h>

#define MTL_MAX_JOBS 64U /* workers, whatever was asked for */

struct mtl_work {
    size_t count; /* items, numbered from 0 */
    size_t share; /* how many a worker takes at a time; not 0 */
    /* Does the items from `from` to `to` - 1, on whatever thread; never twice at once with the same worker. */
    void (*take)(void *context, unsigned worker, size_t from, size_t to);
    void *context;
};

/* How many workers are worth it, of as many as there may be: from 1 to MTL_MAX_JOBS. */
unsigned mtl_work_crew(const struct mtl_work *work, unsigned jobs);
/* Does all items with workers 0 to crew - 1 of mtl_work_crew(), of which 0 is the caller's thread; then returns. */
void mtl_work_run(const struct mtl_work *work, unsigned crew);

#endif
