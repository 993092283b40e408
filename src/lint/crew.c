/*
 * Files linted on several threads. Each worker has memory, signature results and findings of its own; what was read
 * is shared and constant. Findings are sorted afterwards, so that their order does not tell who found them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdatomic.h>
#include <threads.h>

/* Files taken at a time. */
#define SHARE 16U

struct worker {
    struct mtl_lint lint; /* the shared one, but for memory and signature results */
    struct mtl_report *report;
    const struct mtl_crew_task *task;
    atomic_size_t *next;
    thrd_t thread;
};

static int
work(void *context)
{
    struct worker *worker = context;
    size_t from;

    while ((from = atomic_fetch_add(worker->next, SHARE)) < worker->lint.file_count)
        for (size_t i = from; i < from + SHARE && i < worker->lint.file_count; i++)
            worker->task->lint_file(worker->task->context, &worker->lint, worker->report, i);
    return 0;
}

/* False: no thread is to be had; those there are do the work. */
static bool
hire(struct worker *worker, const struct mtl_lint *lint, const struct mtl_crew_task *task, atomic_size_t *next)
{
    worker->lint = *lint;
    worker->lint.arena = mtl_arena_new();
    worker->lint.crypto = mtl_crypto_new(worker->lint.arena);
    worker->report = mtl_report_new(&worker->lint);
    worker->task = task;
    worker->next = next;
    if (thrd_create(&worker->thread, work, worker) == thrd_success)
        return true;
    mtl_crypto_free(worker->lint.crypto);
    mtl_arena_free(worker->lint.arena);
    return false;
}

static void
dismiss(struct worker *worker, const struct mtl_lint *lint, struct mtl_report *report)
{
    (void)thrd_join(worker->thread, NULL);
    mtl_report_merge(report, worker->report);
    mtl_crypto_free(worker->lint.crypto);
    mtl_arena_adopt(lint->arena, worker->lint.arena);
}

void
mtl_crew_run(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_crew_task *task, unsigned jobs)
{
    struct worker workers[MTL_MAX_JOBS];
    atomic_size_t next = 0;
    struct worker self = {.lint = *lint, .report = report, .task = task, .next = &next};
    size_t shares = lint->file_count / SHARE;
    size_t hired = 0;

    while (hired + 1 < jobs && hired + 1 < shares && hired < MTL_MAX_JOBS && hire(&workers[hired], lint, task, &next))
        hired++;
    (void)work(&self);
    for (size_t i = 0; i < hired; i++)
        dismiss(&workers[i], lint, report);
}
