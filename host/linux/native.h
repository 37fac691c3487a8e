/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* Native code of an isolate, for its callers: native.c from within the engine, direct.c without. */
#ifndef KONOHA_NATIVE_H
#define KONOHA_NATIVE_H

#include <linux/bpf.h>
#include <linux/minmax.h>

#include "internal.h"
#include "kir.h"

/* A call's share of the native stack: return address, frame pointer, R6 to R9, and some room. */
#define LEVEL_STACK 80
/* Stack that the runtime may need, besides wasm-rt.c's reserve. */
#define RUN_STACK 3072
/* What w2c_env_native_enter() answers. */
enum native_status {
	NATIVE_RETURNED,
	NATIVE_LEFT,
	NATIVE_RAISED,
	NATIVE_REFUSED,
};

struct native_method {
	struct kir_callee callee;
	u32 entries;
	struct bpf_prog *prog;
};

/**
 * struct konoha_native - native code of an isolate
 * @exit: where code leaves what the interpreter needs; known to kir-expand.c by offset
 * @engine: whose
 * @act: activation that runs
 * @raised: the runtime has left it in the activation instead
 * @ran: the runtime was called
 * @methods: by index; NULL: interpreted
 * @size: of @methods
 * @count: methods with code
 * @bytes: of it, and of what the kernel keeps of each program
 * @advance: most bytes from a frame to that of a callee
 * @frame: bytes of the largest frame
 */
struct konoha_native {
	struct {
		u32 pc;
		u64 fp;
		u64 fuel;
	} exit;
	struct konoha_engine *engine;
	u32 act;
	bool raised;
	bool ran;
	struct native_method **methods;
	u32 size;
	u32 count;
	u64 bytes;
	u32 advance;
	u32 frame;
};

static_assert(offsetof(struct konoha_native, exit.pc) == 0);
static_assert(offsetof(struct konoha_native, exit.fp) == 8);
static_assert(offsetof(struct konoha_native, exit.fuel) == 16);

/* What R7 says of a slice, and the slice that it stands for. */
static inline u32 fuel_field(u32 slice)
{
	return (KIR_FUEL_FULL + KIR_FUEL_KEPT - min_t(u32, slice, KIR_FUEL_MAX)) * KIR_UNIT;
}

static inline u32 fuel_left(u64 fuel)
{
	s32 left = KIR_FUEL_FULL + KIR_FUEL_KEPT - (s32)((u32)fuel / KIR_UNIT);

	return clamp(left, 0, KIR_FUEL_MAX);
}

/* How many calls may be nested from a frame: the VM's stack, and the native one, bound it. */
static inline u32 levels_left(const struct konoha_native *native, unsigned long lowest,
			      u32 fp, u32 limit)
{
	unsigned long stack = current_stack_pointer;
	u64 levels = KIR_LEVELS_MAX;

	lowest += RUN_STACK;
	if (stack <= lowest || (u64)fp + native->frame > limit)
		return 0;
	levels = min_t(u64, levels, (stack - lowest) / LEVEL_STACK);
	if (native->advance)
		levels = min_t(u64, levels, (limit - fp - native->frame) / native->advance);
	return levels;
}

#endif
