/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * KIR, the code that the engine lowers methods to (docs/native-code.md;
 * engine/jit/kir.ts, whose order of opcodes this is). It comes out of linear memory: nothing
 * of it is believed before kir-expand.c has checked it.
 */
#ifndef KONOHA_KIR_H
#define KONOHA_KIR_H

#include <linux/types.h>

#define KIR_MAGIC 0x3152494bu
#define KIR_ENTRIES 8
/* Most records of a method: its instructions fit BPF's 16-bit jumps. */
#define KIR_RECORDS_MAX 1800
#define KIR_SLOTS_MAX 64
#define KIR_REGISTERS 6
/* First register that a call leaves alone. */
#define KIR_KEPT 4
/* In place of a register: the one that holds nothing but addresses. */
#define KIR_ADDRESS 0xff
/* Farthest that an access lies behind a masked address; a page is mapped there. */
#define KIR_REACH 4080
/* The window slot of an UNWOUND behind RUN. */
#define KIR_NO_WINDOW 0xffff

enum kir_op {
	KIR_LI = 1, KIR_LI64, KIR_MOV,
	KIR_ADD, KIR_SUB, KIR_MUL, KIR_AND, KIR_OR, KIR_XOR, KIR_SHL, KIR_SHR, KIR_USHR,
	KIR_DIV, KIR_MOD, KIR_DIVI, KIR_MODI,
	KIR_ADDI, KIR_MULI, KIR_ANDI, KIR_SHLI, KIR_SHRI, KIR_USHRI,
	KIR_NEG, KIR_NOT, KIR_SET, KIR_SETI,
	KIR_JMP, KIR_JCC, KIR_JCCI, KIR_LOOP,
	KIR_LDF, KIR_STF,
	KIR_ADDRC, KIR_ADDRF, KIR_ADDRV, KIR_ADDRX,
	KIR_LDA, KIR_STA,
	KIR_CALL, KIR_CALLED,
	KIR_RET, KIR_RETF, KIR_RETV,
	KIR_EXIT, KIR_UNWOUND, KIR_RUN, KIR_FUEL, KIR_WINDOW,
	KIR_OPS,
};

struct kir_record {
	u8 op;
	u8 d;
	u8 a;
	u8 b;
	s32 x;
	s32 y;
	u32 t;
};

static_assert(sizeof(struct kir_record) == 16);

struct kir_header {
	u32 magic;
	u32 method;
	u32 frame;	/* slots */
	u32 records;
	u32 entries;
	u32 entry[KIR_ENTRIES];
	u32 unused[3];
};

static_assert(sizeof(struct kir_header) == 64);

/*
 * R7 of native code: below KIR_UNIT the calls that are nested, from KIR_LEVELS_MAX on there
 * are too many; above, the units of fuel that are used, up to KIR_FUEL_FULL. Both begin at
 * what there is less than that. More than there is of either sets a bit of KIR_SPENT, which as
 * an immediate is sign-extended: bit 8, and 31 to 63. KIR_FUEL_KEPT is more than all
 * nested methods together can take by FUEL, which does not look; LOOP and CALL see a slice
 * that is smaller by that.
 */
#define KIR_UNIT (1 << 12)
#define KIR_LEVELS_MAX 255
#define KIR_FUEL_MAX 65536
#define KIR_FUEL_FULL ((1 << 19) - 1)
#define KIR_FUEL_KEPT 4096
#define KIR_FUELS 16
#define KIR_SPENT ((s32)0x80000100u)

static_assert((KIR_LEVELS_MAX + 1) * KIR_FUELS <= KIR_FUEL_KEPT);
static_assert(KIR_FUEL_FULL + KIR_FUEL_MAX + KIR_FUEL_KEPT < 1 << 20);

/* What a unit's methods may call, and where that is. */
struct kir_callee {
	u32 frame;	/* slots */
	bool entries;	/* R3 names one */
	bool runs;	/* it, or what it calls, calls the runtime: needs the caller's window */
};

/**
 * struct kir_target - what expanded code is tied to
 * @data: linear memory
 * @mask: its size - 1
 * @context: struct konoha_native_exit of the isolate
 * @run: the runtime, as BPF calls it
 * @callee: the method of that index, or NULL: it has no native code
 * @arg: for @callee
 */
struct kir_target {
	u64 data;
	u32 mask;
	u64 context;
	s32 run;
	const struct kir_callee *(*callee)(void *arg, u32 method);
	void *arg;
};

/**
 * struct kir_code - one method, expanded
 * @insns: kvmalloc'ed
 * @count: of @insns
 * @runs: it calls the runtime
 * @advance: most bytes from its frame to a callee's
 * @fuels: FUEL records
 */
struct kir_code {
	struct bpf_insn *insns;
	u32 count;
	bool runs;
	u32 advance;
	u32 fuels;
};

const struct kir_header *kir_check_header(const void *kir, size_t len);
bool kir_runs(const struct kir_header *header);
int kir_expand(const struct kir_header *header, const struct kir_target *target,
	       struct kir_code *code);
u32 kir_callee_of(const struct bpf_insn *insn);

#endif
