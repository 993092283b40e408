/*
 * Sections of a stack's page. Internal to src/report.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_STACK_PAGE_H
#define MTL_REPORT_STACK_PAGE_H

#include "report/sheet.h"
#include "stack/stack.h"

/* stack_checks.c: what its verifier checks, in order, and what nothing in its tables checks. */
void mtl_sheet_checks(struct mtl_sheet *sheet, const struct mtl_stack *stack);
/* stack_alerts.c: what its peer gets for each reason, and where no chain is judged. */
void mtl_sheet_alerts(struct mtl_sheet *sheet, const struct mtl_stack *stack);

/* What a stack answers in a handshake to other faults than a chain's: the same in its page and in the table of all. */
struct mtl_other_fault {
    enum mtl_reason reason;
    const char *when;
    /* "51", "close, reset"; "" where it does not apply, or is not known */
    const char *(*shown)(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role);
};
enum { MTL_OTHER_FAULT_COUNT = 8 };
extern const struct mtl_other_fault mtl_other_faults[MTL_OTHER_FAULT_COUNT];
/* stack_alerts.c: how the fault shows; "": it does not apply, or documents leave it open. */
const char *mtl_fault_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role,
                            const struct mtl_other_fault *fault);

#endif
