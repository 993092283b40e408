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
    struct mtl_lint lint;      /* the shared one, but for memory and signature results */
    struct mtl_arena *lasting; /* of the signature results */
    struct mtl_report *report;
    const struct mtl_crew_task *task;
    atomic_size_t *next;
    thrd_t thread;
};

/* What was thought about a file without findings is forgotten at once. */
static void
lint_one(struct worker *worker, size_t index)
{
    struct mtl_arena_mark mark = mtl_arena_mark(worker->lint.arena);
    size_t before = mtl_report_count(worker->report);

    worker->task->lint_file(worker->task->context, &worker->lint, worker->report, index);
    if (mtl_report_count(worker->report) == before)
        mtl_arena_rewind(worker->lint.arena, mark);
}

static int
work(void *context)
{
    struct worker *worker = context;
    size_t from;

    while ((from = atomic_fetch_add(worker->next, SHARE)) < worker->lint.file_count)
        for (size_t i = from; i < from + SHARE && i < worker->lint.file_count; i++)
            lint_one(worker, i);
    return 0;
}

static void
equip(struct worker *worker, const struct mtl_lint *lint, const struct mtl_crew_task *task, atomic_size_t *next)
{
    worker->lint = *lint;
    worker->lint.arena = mtl_arena_new();
    worker->lasting = mtl_arena_new();
    worker->lint.crypto = mtl_crypto_new(worker->lasting);
    worker->lint.pairs = mtl_pairs_new(worker->lasting);
    worker->report = mtl_report_new(&worker->lint);
    worker->task = task;
    worker->next = next;
}

static void
dismiss(struct worker *worker, const struct mtl_lint *lint, struct mtl_report *report)
{
    mtl_report_merge(report, worker->report);
    mtl_crypto_free(worker->lint.crypto);
    mtl_arena_free(worker->lasting);
    mtl_arena_adopt(lint->arena, worker->lint.arena);
}

void
mtl_crew_run(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_crew_task *task, unsigned jobs)
{
    struct worker workers[MTL_MAX_JOBS]; /* the first one is this thread */
    atomic_size_t next = 0;
    size_t shares = lint->file_count / SHARE;
    size_t hired = 1;
    bool started = true;

    equip(&workers[0], lint, task, &next);
    while (started && hired < jobs && hired < shares && hired < MTL_MAX_JOBS) {
        equip(&workers[hired], lint, task, &next);
        started = thrd_create(&workers[hired].thread, work, &workers[hired]) == thrd_success;
        hired += started;
        if (!started)
            dismiss(&workers[hired], lint, report);
    }
    (void)work(&workers[0]);
    for (size_t i = 0; i < hired; i++) {
        if (i > 0)
            (void)thrd_join(workers[i].thread, NULL);
        dismiss(&workers[i], lint, report);
    }
}
