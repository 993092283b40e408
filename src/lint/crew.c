/*
 * Files linted on several threads. Each worker has memory, signature results and findings of its own; what was read
 * is shared and constant. Findings are sorted afterwards, so that their order does not tell who found them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/work.h"
#include "lint/lint.h"

/* Files taken at a time. */
#define SHARE 16U

struct worker {
    struct mtl_lint lint;      /* the shared one, but for memory and signature results */
    struct mtl_arena *lasting; /* of the signature results */
    struct mtl_report *report;
};
struct crew {
    const struct mtl_crew_task *task;
    struct worker workers[MTL_MAX_JOBS];
};

/* What was thought about a file without findings is forgotten at once. */
static void
lint_one(const struct mtl_crew_task *task, struct worker *worker, size_t index)
{
    struct mtl_arena_mark mark = mtl_arena_mark(worker->lint.arena);
    size_t before = mtl_report_count(worker->report);

    task->lint_file(task->context, &worker->lint, worker->report, index);
    if (mtl_report_count(worker->report) == before)
        mtl_arena_rewind(worker->lint.arena, mark);
}

static void
take(void *context, unsigned worker, size_t from, size_t to)
{
    struct crew *crew = context;

    for (size_t i = from; i < to; i++)
        lint_one(crew->task, &crew->workers[worker], i);
}

static void
equip(struct worker *worker, const struct mtl_lint *lint)
{
    worker->lint = *lint;
    worker->lint.arena = mtl_arena_new();
    worker->lasting = mtl_arena_new();
    worker->lint.crypto = mtl_crypto_new(worker->lasting);
    worker->lint.pairs = mtl_pairs_new(worker->lasting);
    worker->report = mtl_report_new(&worker->lint);
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
    struct crew crew = {.task = task};
    const struct mtl_work work = {.count = lint->file_count, .share = SHARE, .take = take, .context = &crew};
    unsigned count = mtl_work_crew(&work, jobs);

    for (unsigned i = 0; i < count; i++)
        equip(&crew.workers[i], lint);
    mtl_work_run(&work, count);
    for (unsigned i = 0; i < count; i++)
        dismiss(&crew.workers[i], lint, report);
}
