/* SPDX-License-Identifier: Apache-2.0 */
/* The DER reader on single items: what X.690 allows and what it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cert/der.h"

#define BYTES(...) mtl_slice_of((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
#define TEXT(literal) mtl_slice_of(literal, sizeof(literal) - 1)

static bool
reads(struct mtl_slice bytes)
{
    struct mtl_der der = mtl_der_reader(bytes, NULL);
    struct mtl_der_item item;

    return mtl_der_next(&der, &item) && mtl_der_is_done(&der);
}

/* Read only by a relaxed reader, which notes it. */
static bool
deviates(struct mtl_slice bytes, bool (*read)(struct mtl_der *))
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der strict = mtl_der_reader(bytes, NULL), relaxed = mtl_der_reader(bytes, &notes);

    return !read(&strict) && read(&relaxed) && notes.deviates;
}

static bool
accepts(struct mtl_slice bytes, bool (*read)(struct mtl_der *))
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der strict = mtl_der_reader(bytes, NULL), relaxed = mtl_der_reader(bytes, &notes);

    return read(&strict) && mtl_der_is_done(&strict) && read(&relaxed) && !notes.deviates;
}

static bool
refuses(struct mtl_slice bytes, bool (*read)(struct mtl_der *))
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der strict = mtl_der_reader(bytes, NULL), relaxed = mtl_der_reader(bytes, &notes);

    return !read(&strict) && strict.at == bytes.data && !read(&relaxed) && notes.fault && relaxed.at == bytes.data;
}

static bool
read_item(struct mtl_der *der)
{
    struct mtl_der_item item;

    return mtl_der_next(der, &item);
}

static bool
read_integer(struct mtl_der *der)
{
    struct mtl_slice content;

    return mtl_der_integer(der, MTL_DER_INTEGER, &content);
}

static bool
read_oid(struct mtl_der *der)
{
    struct mtl_slice content;

    return mtl_der_oid(der, MTL_DER_OID, &content);
}

static bool
read_boolean(struct mtl_der *der)
{
    bool value;

    return mtl_der_boolean(der, MTL_DER_BOOLEAN, &value);
}

static bool
read_bits(struct mtl_der *der)
{
    struct mtl_der_bits bits;

    return mtl_der_bit_string(der, MTL_DER_BIT_STRING, &bits);
}

static bool
read_list(struct mtl_der *der)
{
    struct mtl_der list;

    return mtl_der_enter_list(der, MTL_DER_SEQUENCE, &list);
}

static bool
read_any(struct mtl_der *der)
{
    struct mtl_der_item item;

    return mtl_der_any(der, &item);
}

static void
lengths_are_definite_and_minimal(void **state)
{
    uint8_t long_item[3 + 0x80] = {0x04, 0x81, 0x80};
    uint8_t longer_item[4 + 0x100] = {0x04, 0x82, 0x01, 0x00};

    (void)state;
    assert_true(accepts(BYTES(0x04, 0x00), read_item));
    assert_true(accepts(BYTES(0x04, 0x02, 0x01, 0x02), read_item));
    assert_true(accepts(mtl_slice_of(long_item, sizeof(long_item)), read_item));
    assert_true(accepts(mtl_slice_of(longer_item, sizeof(longer_item)), read_item));
    assert_true(deviates(BYTES(0x04, 0x81, 0x01, 0xff), read_item));
    assert_true(deviates(BYTES(0x04, 0x81, 0x00), read_item));
    assert_true(deviates(BYTES(0x04, 0x82, 0x00, 0x01, 0xff), read_item));
    assert_true(deviates(BYTES(0x04, 0x86, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0xff), read_item));
    assert_true(refuses(BYTES(0x30, 0x80, 0x00, 0x00), read_item));
    assert_true(refuses(BYTES(0x04, 0x80), read_item));
    assert_true(refuses(BYTES(0x04, 0x84, 0xff, 0xff, 0xff, 0xff), read_item));
    assert_true(refuses(BYTES(0x04, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), read_item));
    assert_true(refuses(BYTES(0x04, 0xff, 0x01), read_item));
}

static void
an_item_that_is_cut_off_is_refused(void **state)
{
    (void)state;
    assert_false(reads((struct mtl_slice){0}));
    assert_true(refuses(BYTES(0x04), read_item));
    assert_true(refuses(BYTES(0x04, 0x81), read_item));
    assert_true(refuses(BYTES(0x04, 0x82, 0x01), read_item));
    assert_true(refuses(BYTES(0x04, 0x02, 0x01), read_item));
    assert_true(refuses(BYTES(0x9f), read_item));
    assert_true(refuses(BYTES(0x9f, 0x81), read_item));
}

static void
tag_numbers_above_30_are_minimal_and_bounded(void **state)
{
    struct mtl_der der = mtl_der_reader(BYTES(0x9f, 0x81, 0x00, 0x00), NULL);
    struct mtl_der_item item;

    (void)state;
    assert_true(mtl_der_next(&der, &item));
    assert_int_equal(item.tag, 128 << 8 | 0x9f);
    assert_true(accepts(BYTES(0x9f, 0x1f, 0x00), read_item));
    assert_true(refuses(BYTES(0x9f, 0x1e, 0x00), read_item));
    assert_true(refuses(BYTES(0x9f, 0x80, 0x1f, 0x00), read_item));
    assert_true(refuses(BYTES(0x9f, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x00), read_item));
}

static void
integers_are_minimal(void **state)
{
    (void)state;
    assert_true(accepts(BYTES(0x02, 0x01, 0x00), read_integer));
    assert_true(accepts(BYTES(0x02, 0x01, 0x80), read_integer));
    assert_true(accepts(BYTES(0x02, 0x02, 0x00, 0x80), read_integer));
    assert_true(accepts(BYTES(0x02, 0x02, 0xff, 0x7f), read_integer));
    assert_true(refuses(BYTES(0x02, 0x00), read_integer));
    assert_true(refuses(BYTES(0x02, 0x02, 0x00, 0x7f), read_integer));
    assert_true(refuses(BYTES(0x02, 0x02, 0xff, 0x80), read_integer));
    assert_true(refuses(BYTES(0x22, 0x01, 0x00), read_integer));
}

static void
small_integers_saturate(void **state)
{
    (void)state;
    assert_int_equal(mtl_der_small(BYTES(0x00), 5), 0);
    assert_int_equal(mtl_der_small(BYTES(0x05), 5), 5);
    assert_int_equal(mtl_der_small(BYTES(0x06), 5), 5);
    assert_int_equal(mtl_der_small(BYTES(0x00, 0xff), 1000), 255);
    assert_int_equal(mtl_der_small(BYTES(0xff), 1000), -1);
    assert_int_equal(mtl_der_small(BYTES(0x7f, 1, 2, 3, 4, 5, 6, 7, 8, 9), INT32_MAX), INT32_MAX);
}

static void
object_identifiers_are_complete_and_minimal(void **state)
{
    (void)state;
    assert_true(accepts(BYTES(0x06, 0x03, 0x55, 0x1d, 0x13), read_oid));
    assert_true(accepts(BYTES(0x06, 0x03, 0x2a, 0x86, 0x48), read_oid));
    assert_true(accepts(BYTES(0x06, 0x04, 0x2a, 0x81, 0x80, 0x01), read_oid));
    assert_true(refuses(BYTES(0x06, 0x00), read_oid));
    assert_true(refuses(BYTES(0x06, 0x02, 0x2a, 0x86), read_oid));
    assert_true(refuses(BYTES(0x06, 0x03, 0x2a, 0x80, 0x01), read_oid));
    assert_true(refuses(BYTES(0x06, 0x02, 0x80, 0x01), read_oid));
}

static void
booleans_are_00_or_ff(void **state)
{
    (void)state;
    assert_true(accepts(BYTES(0x01, 0x01, 0x00), read_boolean));
    assert_true(accepts(BYTES(0x01, 0x01, 0xff), read_boolean));
    assert_true(deviates(BYTES(0x01, 0x01, 0x01), read_boolean));
    assert_true(refuses(BYTES(0x01, 0x00), read_boolean));
    assert_true(refuses(BYTES(0x01, 0x02, 0xff, 0xff), read_boolean));
}

static void
unused_bits_are_zero(void **state)
{
    (void)state;
    assert_true(accepts(BYTES(0x03, 0x01, 0x00), read_bits));
    assert_true(accepts(BYTES(0x03, 0x02, 0x05, 0xa0), read_bits));
    assert_true(deviates(BYTES(0x03, 0x02, 0x05, 0xa1), read_bits));
    assert_true(deviates(BYTES(0x03, 0x01, 0x03), read_bits));
    assert_true(refuses(BYTES(0x03, 0x00), read_bits));
    assert_true(refuses(BYTES(0x03, 0x02, 0x08, 0x00), read_bits));
    assert_true(refuses(BYTES(0x23, 0x04, 0x03, 0x02, 0x00, 0x80), read_bits));
}

static void
named_bits_count_from_the_most_significant(void **state)
{
    struct mtl_der_bits bits = {.octets = BYTES(0xa1, 0x80), .unused = 7};
    struct mtl_der_bits masked = {.octets = BYTES(0xff), .unused = 3};
    struct mtl_der_bits none = {.octets = mtl_slice_of("", 0)};

    (void)state;
    assert_int_equal(mtl_der_bits16(&bits), 1 << 0 | 1 << 2 | 1 << 7 | 1 << 8);
    assert_int_equal(mtl_der_bits16(&masked), 0x1f);
    assert_int_equal(mtl_der_bits16(&none), 0);
}

static void
a_list_without_the_constructed_bit_is_read_only_relaxed(void **state)
{
    (void)state;
    assert_true(accepts(BYTES(0x30, 0x00), read_list));
    assert_true(deviates(BYTES(0x10, 0x00), read_list));
    assert_true(refuses(BYTES(0x31, 0x00), read_list));
}

static void
any_value_of_a_known_type_is_checked(void **state)
{
    (void)state;
    assert_true(accepts(BYTES(0x05, 0x00), read_any));
    assert_true(accepts(BYTES(0x30, 0x02, 0xff, 0xff), read_any));
    assert_true(accepts(BYTES(0xa0, 0x01, 0x00), read_any));
    assert_true(accepts(BYTES(0x1e, 0x02, 0x00, 0x41), read_any));
    assert_true(refuses(BYTES(0x05, 0x01, 0x00), read_any));
    assert_true(refuses(BYTES(0x1e, 0x01, 0x41), read_any));
    assert_true(refuses(BYTES(0x1c, 0x02, 0x00, 0x41), read_any));
    assert_true(refuses(BYTES(0x02, 0x02, 0x00, 0x00), read_any));
    assert_true(refuses(BYTES(0x24, 0x02, 0x04, 0x00), read_any));
    assert_true(refuses(BYTES(0x10, 0x00), read_any));
    assert_true(refuses(BYTES(0x00, 0x00), read_any));
}

static bool
read_time(struct mtl_der *der)
{
    mtl_time time;

    return mtl_der_time(der, &time);
}

static mtl_time
time_of(struct mtl_slice bytes)
{
    struct mtl_der der = mtl_der_reader(bytes, NULL);
    mtl_time time = 0;

    assert_true(mtl_der_time(&der, &time));
    return time;
}

static void
two_digit_years_turn_at_50(void **state)
{
    (void)state;
    assert_int_equal(time_of(TEXT("\x17\x0d"
                                  "491231235959Z")),
                     2524607999);
    assert_int_equal(time_of(TEXT("\x17\x0d"
                                  "500101000000Z")),
                     -631152000);
    assert_int_equal(time_of(TEXT("\x17\x0d"
                                  "700101000000Z")),
                     0);
}

static void
four_digit_years_reach_from_0_to_9999(void **state)
{
    (void)state;
    assert_int_equal(time_of(TEXT("\x18\x0f"
                                  "20500101000000Z")),
                     2524608000);
    assert_int_equal(time_of(TEXT("\x18\x0f"
                                  "99991231235959Z")),
                     253402300799);
    assert_int_equal(time_of(TEXT("\x18\x0f"
                                  "00000101000000Z")),
                     -62167219200);
    assert_int_equal(time_of(TEXT("\x18\x0f"
                                  "20000229000000Z")),
                     951782400);
}

static void
times_of_another_form_are_refused(void **state)
{
    (void)state;
    assert_true(refuses(TEXT("\x18\x11"
                             "20500101000000.5Z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x0b"
                             "4912312359Z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x11"
                             "491231235959+0000"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x0d"
                             "491231235959z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x0d"
                             "4912312359 9Z"),
                        read_time));
    assert_true(refuses(TEXT("\x18\x0d"
                             "491231235959Z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x0f"
                             "20500101000000Z"),
                        read_time));
    assert_true(refuses(TEXT("\x16\x0d"
                             "491231235959Z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x00"), read_time));
}

static void
dates_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    assert_true(refuses(TEXT("\x17\x0d"
                             "491301000000Z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x0d"
                             "490001000000Z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x0d"
                             "490230000000Z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x0d"
                             "490101240000Z"),
                        read_time));
    assert_true(refuses(TEXT("\x17\x0d"
                             "490101000060Z"),
                        read_time));
    assert_true(refuses(TEXT("\x18\x0f"
                             "19000229000000Z"),
                        read_time));
}

static void
leftovers_are_a_fault_and_the_first_fault_is_kept(void **state)
{
    struct mtl_der_notes notes = {0};
    struct mtl_slice bytes = BYTES(0x30, 0x03, 0x05, 0x00, 0xff);
    struct mtl_der der = mtl_der_reader(bytes, &notes), inner;

    (void)state;
    assert_true(mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner));
    assert_true(mtl_der_leave(&der));
    assert_true(mtl_der_null(&inner));
    assert_null(notes.fault);
    assert_false(mtl_der_leave(&inner));
    const char *first = notes.fault;
    assert_ptr_equal(notes.fault_at, bytes.data + 4);
    assert_false(mtl_der_null(&inner));
    assert_ptr_equal(notes.fault, first);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_definite_and_minimal),
        cmocka_unit_test(an_item_that_is_cut_off_is_refused),
        cmocka_unit_test(tag_numbers_above_30_are_minimal_and_bounded),
        cmocka_unit_test(integers_are_minimal),
        cmocka_unit_test(small_integers_saturate),
        cmocka_unit_test(object_identifiers_are_complete_and_minimal),
        cmocka_unit_test(booleans_are_00_or_ff),
        cmocka_unit_test(unused_bits_are_zero),
        cmocka_unit_test(named_bits_count_from_the_most_significant),
        cmocka_unit_test(a_list_without_the_constructed_bit_is_read_only_relaxed),
        cmocka_unit_test(any_value_of_a_known_type_is_checked),
        cmocka_unit_test(two_digit_years_turn_at_50),
        cmocka_unit_test(four_digit_years_reach_from_0_to_9999),
        cmocka_unit_test(times_of_another_form_are_refused),
        cmocka_unit_test(dates_that_do_not_exist_are_refused),
        cmocka_unit_test(leftovers_are_a_fault_and_the_first_fault_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
