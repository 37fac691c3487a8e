// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Two classes for Konoha scripts: IntMath, functions of integers, and Stats, a C
 * struct that a script holds as an object.
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/gcd.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <konoha.h>

/* ---- IntMath: static methods ---- */

METHOD(IntMath, isqrt)
{
	s64 n = konoha_arg_int(ctx, 1);
	u64 root = 0, bit;

	if (n < 0)
		return konoha_throw(ctx, EDOM, "there is no square root of %lld", n);
	for (bit = 1ULL << 31; bit; bit >>= 1)
		if ((root | bit) * (root | bit) <= n)
			root |= bit;
	RETURN_INT(ctx, root);
}

METHOD(IntMath, gcd)
{
	s64 a = konoha_arg_int(ctx, 1);
	s64 b = konoha_arg_int(ctx, 2);

	RETURN_INT(ctx, gcd(abs(a), abs(b)));
}

METHOD(IntMath, isPrime)
{
	s64 n = konoha_arg_int(ctx, 1);
	s64 d;

	if (n > U32_MAX)
		return konoha_throw(ctx, ERANGE, "%lld is too large", n);
	for (d = 2; d * d <= n; d++)
		if (n % d == 0)
			RETURN_BOOLEAN(ctx, false);
	RETURN_BOOLEAN(ctx, n > 1);
}

/* A text goes in, a text comes out. */
METHOD(IntMath, toBase)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	u64 n = konoha_arg_int(ctx, 1);
	s64 base = konoha_arg_int(ctx, 2);
	char text[64];
	size_t at = sizeof(text);

	if (base < 2 || base > 36)
		return konoha_throw(ctx, EINVAL, "base %lld is not 2 to 36", base);
	do {
		text[--at] = digits[n % base];
		n /= base;
	} while (n);
	RETURN_STRING(ctx, text + at, sizeof(text) - at);
}

/* null stands for what is no number. */
METHOD(IntMath, kind)
{
	size_t len;
	const char *text = konoha_arg_string(ctx, 1, &len);

	if (len && strspn(text, "0123456789") >= len)
		RETURN_STRING(ctx, "decimal", 7);
	RETURN_NULL(ctx);
}

static const struct konoha_method int_math_methods[] = {
	KONOHA_METHOD(IntMath, isqrt),
	KONOHA_METHOD(IntMath, gcd),
	KONOHA_METHOD(IntMath, isPrime),
	KONOHA_METHOD(IntMath, toBase),
	KONOHA_METHOD(IntMath, kind),
	{}
};

static const struct konoha_class int_math_class = {
	.owner = THIS_MODULE,
	.declaration =
		"@Native class IntMath {\n"
		"    @Static int isqrt(int n);\n"
		"    @Static int gcd(int a, int b);\n"
		"    @Static boolean isPrime(int n);\n"
		"    @Static String toBase(int n, int base = 16);\n"
		"    @Static String? kind(String text);\n"
		"}\n",
	.methods = int_math_methods,
};

/* ---- Stats: a struct behind an object ---- */

struct stats {
	s64 count;
	s64 sum;
	s64 max;
};

static atomic_t objects = ATOMIC_INIT(0);

static int objects_get(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%d\n", atomic_read(&objects));
}

static const struct kernel_param_ops objects_ops = { .get = objects_get };
module_param_cb(objects, &objects_ops, NULL, 0444);
MODULE_PARM_DESC(objects, "Objects of Stats that scripts hold");

/* Its address is the type of the handles. */
static const struct konoha_class stats_class;

static struct stats *stats_alloc(void)
{
	struct stats *stats = kzalloc(sizeof(*stats), GFP_KERNEL_ACCOUNT);

	if (stats)
		atomic_inc(&objects);
	return stats;
}

static void stats_free(void *object)
{
	atomic_dec(&objects);
	kfree(object);
}

static void stats_add(struct stats *stats, s64 value)
{
	stats->max = stats->count ? max(stats->max, value) : value;
	stats->sum += value;
	stats->count++;
}

METHOD(Stats, new)
{
	s64 first = konoha_arg_int(ctx, 1);
	struct stats *stats;

	if (first < 0)
		return konoha_throw(ctx, EINVAL, "a first value below 0");
	stats = stats_alloc();
	if (!stats)
		return -ENOMEM;
	stats_add(stats, first);
	RETURN_HANDLE(ctx, &stats_class, stats);
}

METHOD(Stats, add)
{
	struct stats *stats = konoha_this(ctx, &stats_class);

	if (stats)
		stats_add(stats, konoha_arg_int(ctx, 1));
	RETURN_VOID(ctx);
}

METHOD(Stats, mean)
{
	struct stats *stats = konoha_this(ctx, &stats_class);

	RETURN_INT(ctx, stats ? div64_s64(stats->sum, stats->count) : 0);
}

METHOD(Stats, max)
{
	struct stats *stats = konoha_this(ctx, &stats_class);

	RETURN_INT(ctx, stats ? stats->max : 0);
}

/* Takes another object, and gives a new one. */
METHOD(Stats, merged)
{
	struct stats *a = konoha_this(ctx, &stats_class);
	struct stats *b = konoha_arg_handle(ctx, 1, &stats_class);
	struct stats *stats;

	if (!a || !b)
		return -EINVAL;
	stats = stats_alloc();
	if (!stats)
		return -ENOMEM;
	stats->count = a->count + b->count;
	stats->sum = a->sum + b->sum;
	stats->max = max(a->max, b->max);
	RETURN_HANDLE(ctx, &stats_class, stats);
}

/* Any object will do here: what is not of this class is an exception. */
METHOD(Stats, isLike)
{
	struct stats *a = konoha_this(ctx, &stats_class);
	struct stats *b = konoha_arg_handle(ctx, 1, &stats_class);

	RETURN_BOOLEAN(ctx, a && b && a->max == b->max && a->count == b->count);
}

METHOD(Stats, toString)
{
	struct stats *stats = konoha_this(ctx, &stats_class);
	char text[80];
	int len = 0;

	if (stats)
		len = scnprintf(text, sizeof(text), "%lld values up to %lld", stats->count,
				stats->max);
	RETURN_STRING(ctx, text, len);
}

/* Methods may sleep. */
METHOD(Stats, settle)
{
	msleep(clamp_t(s64, konoha_arg_int(ctx, 1), 0, 1000));
	RETURN_VOID(ctx);
}

/* The script can be done with an object before the garbage collector is. */
METHOD(Stats, free)
{
	konoha_arg_free(ctx, 0);
	RETURN_VOID(ctx);
}

static const struct konoha_method stats_methods[] = {
	KONOHA_METHOD(Stats, new),
	KONOHA_METHOD(Stats, add),
	KONOHA_METHOD(Stats, mean),
	KONOHA_METHOD(Stats, max),
	KONOHA_METHOD(Stats, merged),
	KONOHA_METHOD(Stats, isLike),
	KONOHA_METHOD(Stats, toString),
	KONOHA_METHOD(Stats, settle),
	KONOHA_METHOD(Stats, free),
	{}
};

static const struct konoha_class stats_class = {
	.owner = THIS_MODULE,
	.declaration =
		"@Native class Stats {\n"
		"    Stats(int first = 0);\n"
		"    void add(int value);\n"
		"    int mean();\n"
		"    int max();\n"
		"    Stats merged(Stats other);\n"
		"    boolean isLike(Object other);\n"
		"    @Override String toString();\n"
		"    void settle(int milliseconds);\n"
		"    void free();\n"
		"}\n",
	.methods = stats_methods,
	.free = stats_free,
};

/* ---- the module ---- */

static int __init konoha_math_init(void)
{
	int error = konoha_register_class(&int_math_class);

	if (error)
		return error;
	error = konoha_register_class(&stats_class);
	if (error)
		konoha_unregister_class(&int_math_class);
	return error;
}

/* Not called while a script that uses one of the classes is loaded. */
static void __exit konoha_math_exit(void)
{
	konoha_unregister_class(&stats_class);
	konoha_unregister_class(&int_math_class);
}

module_init(konoha_math_init);
module_exit(konoha_math_exit);

MODULE_DESCRIPTION("C functions and a C struct for Konoha scripts");
MODULE_LICENSE("Dual MIT/GPL");
