/* Items shared out among threads. SPDX-License-Identifier: Apache-2.0 */
#include "base/work.h"

#include <stdatomic.h>
#include <threads.h>

struct worker {
    const struct mtl_work *work;
    atomic_size_t *next; /* the first item that nobody took */
    unsigned number;
    thrd_t thread;
};

unsigned
mtl_work_crew(const struct mtl_work *work, unsigned jobs)
{
    size_t shares = work->count / work->share;
    size_t most = jobs < MTL_MAX_JOBS ? jobs : MTL_MAX_JOBS;

    if (shares < most)
        most = shares;
    return most == 0 ? 1 : (unsigned)most;
}

static int
run(void *context)
{
    const struct worker *worker = context;
    const struct mtl_work *work = worker->work;
    size_t from;

    while ((from = atomic_fetch_add(worker->next, work->share)) < work->count)
        work->take(work->context, worker->number, from,
                   work->count - from < work->share ? work->count : from + work->share);
    return 0;
}

void
mtl_work_run(const struct mtl_work *work, unsigned crew)
{
    atomic_size_t next = 0;
    struct worker workers[MTL_MAX_JOBS] = {{.work = work, .next = &next}};
    unsigned hired;

    /* Where no further thread is to be had, those that are there do it all. */
    for (hired = 1; hired < crew; hired++) {
        workers[hired] = (struct worker){.work = work, .next = &next, .number = hired};
        if (thrd_create(&workers[hired].thread, run, &workers[hired]) != thrd_success)
            break;
    }
    (void)run(&workers[0]);
    while (--hired > 0)
        (void)thrd_join(workers[hired].thread, NULL);
}
