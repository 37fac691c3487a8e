// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * From KIR to eBPF, with all checks. The engine may be wrong: whatever it says, the
 * code that comes out of here
 *
 *   touches linear memory alone: an address is masked when it is made, what uses
 *     something else as one is refused, and so is what would tell a script of
 *     one; frame slots lie behind R6, which
 *     calls alone move, by so much that konoha_native_enter() can bound it;
 *   ends: it goes back, and calls, only for fuel;
 *   calls the methods of its isolate, and the runtime, and nothing else;
 *   reads no register that it has not written.
 *
 * KIR's registers are R2 to R5 and R8, R9, each for a number or for an address, and
 * R1, which is for addresses alone. R0 is linear memory's begin until an expansion wants
 * it for something else. R6: the frame. R7: fuel and levels (kir.h). R10 is not
 * used. R0 of a function: R7, or negative: the interpreter goes on.
 *
 * Records are looked at once, in order: all jumps but LOOP go forwards, so what a
 * record finds is known when it is reached; LOOP is refused unless it brings what
 * was assumed of where it goes.
 */
#include <linux/bpf.h>
#include <linux/errno.h>
#include <linux/filter.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>

#include "kir.h"

#define FRAME BPF_REG_6
#define FUEL BPF_REG_7

/* Most instructions that a record becomes. */
#define INSNS_A_RECORD 20
#define NO_JUMP U32_MAX
/* Registers that are set, by bit; nobody comes here. */
#define UNREACHED 0xff
/* Registers with an address, by bit: KIR's own, R1, and R0 if it is the memory's begin. */
#define ADDRESS_BIT (1u << KIR_REGISTERS)
#define BASE_BIT (1u << (KIR_REGISTERS + 1))
#define ALL_CALLS_SPOIL (((1u << KIR_KEPT) - 1) | ADDRESS_BIT | BASE_BIT)
/* BPF has a signed division, which this is the offset of. */
#define SIGNED_DIVISION (LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0))

static const u8 registers[KIR_REGISTERS] = {
	BPF_REG_2, BPF_REG_3, BPF_REG_4, BPF_REG_5, BPF_REG_8, BPF_REG_9,
};

static const u8 conditions[] = {
	BPF_JEQ, BPF_JNE, BPF_JSLT, BPF_JSLE, BPF_JSGT, BPF_JSGE, BPF_JGE,
};

/* By opcode from KIR_ADD, and from KIR_ADDI. */
static const u8 operations[] = {
	BPF_ADD, BPF_SUB, BPF_MUL, BPF_AND, BPF_OR, BPF_XOR, BPF_LSH, BPF_ARSH, BPF_RSH,
};

static const u8 immediate_operations[] = {
	BPF_ADD, BPF_MUL, BPF_AND, BPF_LSH, BPF_ARSH, BPF_RSH,
};

/**
 * struct expansion - one method on its way
 * @header: of the method, checked
 * @records: behind it
 * @target: what the code is tied to
 * @code: gets the instructions
 * @room: instructions that @code has room for
 * @at: the record that is looked at
 * @start: by record: its first instruction
 * @jump: by instruction: the record that it goes to, or NO_JUMP
 * @set: by record: registers that hold a number whoever comes there, or UNREACHED
 * @held: by record: those that hold an address
 * @label: by record: something jumps there
 * @mask: registers that hold a number here
 * @addresses: those that hold an address
 * @full: there was no room for an instruction
 */
struct expansion {
	const struct kir_header *header;
	const struct kir_record *records;
	const struct kir_target *target;
	struct kir_code *code;
	u32 room;
	u32 at;
	u32 *start;
	u32 *jump;
	u8 *set;
	u8 *held;
	u8 *label;
	u8 mask;
	u8 addresses;
	bool full;
};

static void emit(struct expansion *e, struct bpf_insn insn)
{
	if (e->code->count == e->room) {
		e->full = true;
		return;
	}
	e->jump[e->code->count] = NO_JUMP;
	e->code->insns[e->code->count++] = insn;
}

/* Emits a jump to a record; its offset comes when all is laid out. */
static void emit_jump(struct expansion *e, struct bpf_insn insn, u32 record)
{
	emit(e, insn);
	if (!e->full)
		e->jump[e->code->count - 1] = record;
}

static void emit64(struct expansion *e, u8 reg, u64 value)
{
	struct bpf_insn pair[] = { BPF_LD_IMM64(reg, value) };

	emit(e, pair[0]);
	emit(e, pair[1]);
}

/* A way from here to a later record: it may count on what is known here, less @lost. */
static bool flows(struct expansion *e, u32 to, u8 lost)
{
	if (to <= e->at || to >= e->header->records)
		return false;
	if (e->set[to] == UNREACHED) {
		e->set[to] = e->mask & ~lost;
		e->held[to] = e->addresses & ~lost;
	} else {
		e->set[to] &= e->mask & ~lost;
		e->held[to] &= e->addresses & ~lost;
	}
	return true;
}

static bool is_set(const struct expansion *e, u8 reg)
{
	return reg < KIR_REGISTERS && (e->mask & (1u << reg));
}

static bool sets(struct expansion *e, u8 reg)
{
	if (reg >= KIR_REGISTERS)
		return false;
	e->mask |= 1u << reg;
	e->addresses &= ~(1u << reg);
	return true;
}

static u8 address_bit(u8 reg)
{
	if (reg == KIR_ADDRESS)
		return ADDRESS_BIT;
	return reg < KIR_REGISTERS ? 1u << reg : 0;
}

static u8 address_register(u8 reg)
{
	return reg == KIR_ADDRESS ? BPF_REG_1 : registers[reg];
}

/* Nothing is known of a register that is to hold an address. */
static bool forgets(struct expansion *e, u8 reg)
{
	u8 bit = address_bit(reg);

	e->mask &= ~bit;
	e->addresses &= ~bit;
	return bit;
}

static bool is_slot(const struct expansion *e, s32 slot)
{
	return slot >= 0 && (u32)slot < e->header->frame;
}

static bool is_place(const struct expansion *e, u8 reg, s32 offset)
{
	return (e->addresses & address_bit(reg)) && offset >= 0 && offset <= KIR_REACH;
}

static int size_of(u8 bytes)
{
	switch (bytes) {
	case 1:
		return BPF_B;
	case 2:
		return BPF_H;
	case 4:
		return BPF_W;
	case 8:
		return BPF_DW;
	default:
		return -1;
	}
}

/* R0 := linear memory's begin. */
static void load_base(struct expansion *e)
{
	if (!(e->addresses & BASE_BIT))
		emit64(e, BPF_REG_0, e->target->data);
	e->addresses |= BASE_BIT;
}

/* A register that holds an offset now holds linear memory's address of it. */
static void mask_address(struct expansion *e, u8 reg)
{
	emit(e, BPF_ALU32_IMM(BPF_AND, address_register(reg), e->target->mask));
	load_base(e);
	emit(e, BPF_ALU64_REG(BPF_ADD, address_register(reg), BPF_REG_0));
	e->addresses |= address_bit(reg);
}

static bool expand_binary(struct expansion *e, const struct kir_record *r)
{
	u8 op = operations[r->op - KIR_ADD];
	u8 d, a, b;

	if (!is_set(e, r->a) || !is_set(e, r->b) || !sets(e, r->d))
		return false;
	d = registers[r->d];
	a = registers[r->a];
	b = registers[r->b];
	if (r->op >= KIR_SHL || (d == b && d != a)) {
		emit(e, BPF_MOV64_REG(BPF_REG_0, b));
		b = BPF_REG_0;
		e->addresses &= ~BASE_BIT;
	}
	if (r->op >= KIR_SHL)
		emit(e, BPF_ALU64_IMM(BPF_AND, b, 63));
	if (d != a)
		emit(e, BPF_MOV64_REG(d, a));
	emit(e, BPF_ALU64_REG(op, d, b));
	return true;
}

static bool expand_immediate(struct expansion *e, const struct kir_record *r)
{
	u8 op = immediate_operations[r->op - KIR_ADDI];
	s32 x = r->op >= KIR_SHLI ? r->x & 63 : r->x;

	if (!is_set(e, r->a) || !sets(e, r->d))
		return false;
	if (r->d != r->a)
		emit(e, BPF_MOV64_REG(registers[r->d], registers[r->a]));
	emit(e, BPF_ALU64_IMM(op, registers[r->d], x));
	return true;
}

/*
 * Signed division by b, or by x: the smallest number divided by -1 is itself, as the
 * interpreter has it, and nothing traps.
 */
#if SIGNED_DIVISION
static void divide(struct expansion *e, bool modulo, u8 a, u8 b, s32 x)
{
	struct bpf_insn by_register = BPF_ALU64_REG(modulo ? BPF_MOD : BPF_DIV, BPF_REG_0, b);
	struct bpf_insn by_number = BPF_ALU64_IMM(modulo ? BPF_MOD : BPF_DIV, BPF_REG_0, x);

	by_register.off = 1;
	by_number.off = 1;
	emit(e, BPF_MOV64_REG(BPF_REG_0, a));
	if (x) {
		emit(e, by_number);
		return;
	}
	emit(e, BPF_JMP_IMM(BPF_JEQ, b, -1, 2));
	emit(e, by_register);
	emit(e, BPF_JMP_A(1));
	if (modulo)
		emit(e, BPF_MOV64_IMM(BPF_REG_0, 0));
	else
		emit(e, BPF_ALU64_IMM(BPF_NEG, BPF_REG_0, 0));
}
#else
/* reg := -reg if it is negative, or if `sign` is. */
static void negate_if(struct expansion *e, u8 reg, u8 sign)
{
	emit(e, BPF_JMP_IMM(BPF_JSGE, sign, 0, 1));
	emit(e, BPF_ALU64_IMM(BPF_NEG, reg, 0));
}

static void divide(struct expansion *e, bool modulo, u8 a, u8 b, s32 x)
{
	u8 op = modulo ? BPF_MOD : BPF_DIV;

	emit(e, BPF_MOV64_REG(BPF_REG_0, a));
	negate_if(e, BPF_REG_0, BPF_REG_0);
	if (x) {
		emit(e, BPF_ALU64_IMM(op, BPF_REG_0, x));
	} else {
		emit(e, BPF_MOV64_REG(BPF_REG_1, b));
		negate_if(e, BPF_REG_1, BPF_REG_1);
		emit(e, BPF_ALU64_REG(op, BPF_REG_0, BPF_REG_1));
	}
	if (modulo || x) {
		negate_if(e, BPF_REG_0, a);
		return;
	}
	emit(e, BPF_MOV64_REG(BPF_REG_1, a));
	emit(e, BPF_ALU64_REG(BPF_XOR, BPF_REG_1, b));
	negate_if(e, BPF_REG_0, BPF_REG_1);
}
#endif

static bool expand_division(struct expansion *e, const struct kir_record *r)
{
	bool immediate = r->op == KIR_DIVI || r->op == KIR_MODI;
	bool modulo = r->op == KIR_MOD || r->op == KIR_MODI;
	u8 a, b = 0;

	if (!is_set(e, r->a))
		return false;
	a = registers[r->a];
	if (immediate) {
		if (r->x < 1)
			return false;
	} else {
		if (!is_set(e, r->b) || !flows(e, r->t, 0))
			return false;
		b = registers[r->b];
		emit_jump(e, BPF_JMP_IMM(BPF_JEQ, b, 0, 0), r->t);
	}
	if (!sets(e, r->d))
		return false;
	/* R1 as well, if there is no signed division. */
	e->addresses &= immediate ? ~BASE_BIT : ~(BASE_BIT | ADDRESS_BIT);
	divide(e, modulo, a, b, immediate ? r->x : 0);
	emit(e, BPF_MOV64_REG(registers[r->d], BPF_REG_0));
	return true;
}

static bool expand_set(struct expansion *e, const struct kir_record *r)
{
	bool immediate = r->op == KIR_SETI;
	u8 a;

	if ((u32)r->y >= ARRAY_SIZE(conditions) || !is_set(e, r->a) ||
	    (!immediate && !is_set(e, r->b)) || !sets(e, r->d))
		return false;
	a = registers[r->a];
	e->addresses &= ~BASE_BIT;
	emit(e, BPF_MOV64_IMM(BPF_REG_0, 1));
	if (immediate)
		emit(e, BPF_JMP_IMM(conditions[r->y], a, r->x, 1));
	else
		emit(e, BPF_JMP_REG(conditions[r->y], a, registers[r->b], 1));
	emit(e, BPF_MOV64_IMM(BPF_REG_0, 0));
	emit(e, BPF_MOV64_REG(registers[r->d], BPF_REG_0));
	return true;
}

static bool expand_condition(struct expansion *e, const struct kir_record *r)
{
	if ((u32)r->y >= ARRAY_SIZE(conditions) || !is_set(e, r->a) || !flows(e, r->t, 0))
		return false;
	if (r->op == KIR_JCCI) {
		emit_jump(e, BPF_JMP_IMM(conditions[r->y], registers[r->a], r->x, 0), r->t);
		return true;
	}
	if (!is_set(e, r->b))
		return false;
	emit_jump(e, BPF_JMP_REG(conditions[r->y], registers[r->a], registers[r->b], 0), r->t);
	return true;
}

/* The only way back. If there is no fuel, what was taken is given back. */
static bool expand_loop(struct expansion *e, const struct kir_record *r)
{
	if (r->x < 1 || r->x > KIR_FUEL_MAX || r->y < 0 || (u32)r->y > e->at || !flows(e, r->t, 0))
		return false;
	/* What was assumed of where it goes holds, unless that was never reached. */
	if (e->set[r->y] == UNREACHED || !e->label[r->y])
		return false;
	if (e->held[r->y] & BASE_BIT)
		load_base(e);
	if ((e->set[r->y] & ~e->mask) || (e->held[r->y] & ~e->addresses))
		return false;
	emit(e, BPF_ALU64_IMM(BPF_ADD, FUEL, r->x * KIR_UNIT));
	emit_jump(e, BPF_JMP32_IMM(BPF_JSGE, FUEL, 0, 0), r->y);
	emit(e, BPF_ALU64_IMM(BPF_ADD, FUEL, -r->x * KIR_UNIT));
	emit_jump(e, BPF_JMP_A(0), r->t);
	return true;
}

static bool expand_address(struct expansion *e, const struct kir_record *r)
{
	u8 d;

	switch (r->op) {
	case KIR_ADDRC:
		if (!forgets(e, r->d))
			return false;
		emit64(e, address_register(r->d), e->target->data + ((u32)r->x & e->target->mask));
		e->addresses |= address_bit(r->d);
		return true;
	case KIR_ADDRF:
		if (!is_slot(e, r->x) || !forgets(e, r->d))
			return false;
		d = address_register(r->d);
		/* Both ways then have it. */
		load_base(e);
		emit(e, BPF_LDX_MEM(BPF_W, d, FRAME, r->x * 8));
		if (!r->t)
			break;
		if (!flows(e, r->t, 0))
			return false;
		emit_jump(e, BPF_JMP_IMM(BPF_JEQ, d, 0, 0), r->t);
		break;
	case KIR_ADDRV:
		if (!is_set(e, r->a) || !forgets(e, r->d))
			return false;
		if (address_register(r->d) != registers[r->a])
			emit(e, BPF_MOV64_REG(address_register(r->d), registers[r->a]));
		break;
	default:
		if (!is_set(e, r->a) || !is_set(e, r->b) || r->b == r->d || !forgets(e, r->d))
			return false;
		d = address_register(r->d);
		if (d != registers[r->a])
			emit(e, BPF_MOV64_REG(d, registers[r->a]));
		emit(e, BPF_ALU64_IMM(BPF_LSH, d, 3));
		emit(e, BPF_ALU64_REG(BPF_ADD, d, registers[r->b]));
		break;
	}
	mask_address(e, r->d);
	return true;
}

static bool expand_access(struct expansion *e, const struct kir_record *r)
{
	int size = size_of(r->b);

	switch (r->op) {
	case KIR_LDF:
		if (!is_slot(e, r->x) || !sets(e, r->d))
			return false;
		emit(e, BPF_LDX_MEM(BPF_DW, registers[r->d], FRAME, r->x * 8));
		return true;
	case KIR_STF:
		if (!is_slot(e, r->x) || !is_set(e, r->a))
			return false;
		emit(e, BPF_STX_MEM(BPF_DW, FRAME, registers[r->a], r->x * 8));
		return true;
	case KIR_LDA:
		if (!is_place(e, r->a, r->x) || size < 0 || !sets(e, r->d))
			return false;
		emit(e, BPF_LDX_MEM(size, registers[r->d], address_register(r->a), r->x));
		return true;
	default:
		if (!is_place(e, r->d, r->x) || size < 0 || !is_set(e, r->a))
			return false;
		emit(e, BPF_STX_MEM(size, address_register(r->d), registers[r->a], r->x));
		return true;
	}
}

/*
 * The saved words of a window: where the caller goes on, its frame, which begins at slot
 * `base`, and the callee. R1 is lost.
 */
static void write_window(struct expansion *e, u32 slot, u32 base, u32 pc, u32 method)
{
	emit(e, BPF_MOV64_REG(BPF_REG_1, FRAME));
	if (base)
		emit(e, BPF_ALU64_IMM(BPF_ADD, BPF_REG_1, base * 8));
	load_base(e);
	emit(e, BPF_ALU64_REG(BPF_SUB, BPF_REG_1, BPF_REG_0));
	emit(e, BPF_ST_MEM(BPF_W, FRAME, slot * 8, pc));
	emit(e, BPF_STX_MEM(BPF_W, FRAME, BPF_REG_1, slot * 8 + 4));
	emit(e, BPF_ST_MEM(BPF_W, FRAME, slot * 8 + 8, method));
	e->addresses &= ~ADDRESS_BIT;
}

static bool is_window(const struct expansion *e, s32 slot)
{
	return is_slot(e, slot) && is_slot(e, slot + 1);
}

/* What a call leaves is not known any more. */
static void spoil(struct expansion *e)
{
	e->mask &= ~ALL_CALLS_SPOIL;
	e->addresses &= ~ALL_CALLS_SPOIL;
}

/* CALL and the CALLED behind it. */
static bool expand_call(struct expansion *e, const struct kir_record *r)
{
	const struct kir_record *called = r + 1;
	const struct kir_callee *callee;
	u32 advance;

	if (e->at + 1 >= e->header->records || called->op != KIR_CALLED || e->label[e->at + 1])
		return false;
	/* R2, KIR's first register, is lost on the way out. */
	if (!is_window(e, r->x) || !flows(e, r->t, 1))
		return false;
	callee = r->y < 0 || r->y > S16_MAX ? NULL : e->target->callee(e->target->arg, r->y);
	if (!callee) {
		emit_jump(e, BPF_JMP_A(0), r->t);
		e->mask = UNREACHED;
		return true;
	}
	advance = (r->x + 2) * 8;
	e->code->advance = max(e->code->advance, advance);

	emit(e, BPF_MOV64_REG(BPF_REG_2, FUEL));
	emit(e, BPF_ALU64_IMM(BPF_ADD, BPF_REG_2, KIR_UNIT + 1));
	emit_jump(e, BPF_JMP_IMM(BPF_JSET, BPF_REG_2, KIR_SPENT, 0), r->t);
	if (callee->runs)
		write_window(e, r->x, r->a, called->x, r->y);
	emit(e, BPF_MOV64_REG(BPF_REG_1, FRAME));
	emit(e, BPF_ALU64_IMM(BPF_ADD, BPF_REG_1, advance));
	if (callee->entries)
		emit(e, BPF_MOV64_IMM(BPF_REG_3, 0));
	/*
	 * The immediate is set once the callee has an address; zero would be refused.
	 * Blinding moves it, as it would a distance, but leaves the offset alone.
	 */
	emit(e, BPF_RAW_INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, r->y, 1));
	spoil(e);
	if (!flows(e, called->t, 0))
		return false;
	emit_jump(e, BPF_JMP_IMM(BPF_JSLT, BPF_REG_0, 0, 0), called->t);
	emit(e, BPF_MOV64_REG(FUEL, BPF_REG_0));
	emit(e, BPF_ALU64_IMM(BPF_ADD, FUEL, -1));
	return true;
}

static bool expand_run(struct expansion *e, const struct kir_record *r)
{
	e->code->runs = true;
	emit64(e, BPF_REG_1, e->target->context);
	emit(e, BPF_MOV64_REG(BPF_REG_2, FRAME));
	emit(e, BPF_MOV32_IMM(BPF_REG_3, r->x));
	emit(e, BPF_MOV64_REG(BPF_REG_4, FUEL));
	emit(e, BPF_MOV64_IMM(BPF_REG_5, r->y != 0));
	emit(e, BPF_RAW_INSN(BPF_JMP | BPF_CALL, 0, 0, 0, e->target->run));
	spoil(e);
	if (!flows(e, r->t, 0))
		return false;
	emit_jump(e, BPF_JMP_IMM(BPF_JSLT, BPF_REG_0, 0, 0), r->t);
	emit(e, BPF_MOV64_REG(FUEL, BPF_REG_0));
	return true;
}

/* Ends of the function; nothing flows on from here. */
static bool expand_end(struct expansion *e, const struct kir_record *r)
{
	switch (r->op) {
	case KIR_RET:
		if (!is_set(e, r->a))
			return false;
		emit(e, BPF_STX_MEM(BPF_DW, FRAME, registers[r->a], -16));
		break;
	case KIR_RETF:
		if (!is_slot(e, r->x))
			return false;
		emit(e, BPF_LDX_MEM(BPF_DW, BPF_REG_0, FRAME, r->x * 8));
		emit(e, BPF_STX_MEM(BPF_DW, FRAME, BPF_REG_0, -16));
		break;
	case KIR_RETV:
		break;
	case KIR_EXIT:
		emit64(e, BPF_REG_1, e->target->context);
		emit(e, BPF_ST_MEM(BPF_W, BPF_REG_1, 0, r->x));
		emit(e, BPF_MOV64_REG(BPF_REG_0, FRAME));
		if (r->a)
			emit(e, BPF_ALU64_IMM(BPF_ADD, BPF_REG_0, r->a * 8));
		emit(e, BPF_STX_MEM(BPF_DW, BPF_REG_1, BPF_REG_0, 8));
		emit(e, BPF_STX_MEM(BPF_DW, BPF_REG_1, FUEL, 16));
		break;
	default:
		if (r->x == KIR_NO_WINDOW)
			break;
		if (!is_window(e, r->x))
			return false;
		write_window(e, r->x, r->a, r->y, r->t);
		break;
	}
	if (r->op == KIR_EXIT || r->op == KIR_UNWOUND)
		emit(e, BPF_MOV64_IMM(BPF_REG_0, -1));
	else
		emit(e, BPF_MOV64_REG(BPF_REG_0, FUEL));
	emit(e, BPF_EXIT_INSN());
	e->mask = UNREACHED;
	return true;
}

static bool expand_record(struct expansion *e, const struct kir_record *r)
{
	bool fine;

	switch (r->op) {
	case KIR_LI:
		if (!sets(e, r->d))
			return false;
		emit(e, BPF_MOV64_IMM(registers[r->d], r->x));
		return true;
	case KIR_LI64:
		if (!sets(e, r->d))
			return false;
		emit64(e, registers[r->d], (u64)(u32)r->y << 32 | (u32)r->x);
		return true;
	case KIR_MOV:
		if (!is_set(e, r->a) || !sets(e, r->d))
			return false;
		emit(e, BPF_MOV64_REG(registers[r->d], registers[r->a]));
		return true;
	case KIR_ADD ... KIR_USHR:
		return expand_binary(e, r);
	case KIR_DIV ... KIR_MODI:
		return expand_division(e, r);
	case KIR_ADDI ... KIR_USHRI:
		return expand_immediate(e, r);
	case KIR_NEG ... KIR_NOT:
		if (!is_set(e, r->a) || !sets(e, r->d))
			return false;
		if (r->d != r->a)
			emit(e, BPF_MOV64_REG(registers[r->d], registers[r->a]));
		emit(e, BPF_ALU64_IMM(r->op == KIR_NEG ? BPF_NEG : BPF_XOR, registers[r->d],
				      r->op == KIR_NEG ? 0 : -1));
		return true;
	case KIR_SET ... KIR_SETI:
		return expand_set(e, r);
	case KIR_JMP:
		fine = flows(e, r->t, 0);
		emit_jump(e, BPF_JMP_A(0), r->t);
		e->mask = UNREACHED;
		return fine;
	case KIR_JCC ... KIR_JCCI:
		return expand_condition(e, r);
	case KIR_LOOP:
		fine = expand_loop(e, r);
		e->mask = UNREACHED;
		return fine;
	case KIR_LDF ... KIR_STF:
	case KIR_LDA ... KIR_STA:
		return expand_access(e, r);
	case KIR_ADDRC ... KIR_ADDRX:
		return expand_address(e, r);
	case KIR_CALL:
		return expand_call(e, r);
	case KIR_CALLED:
		/* expand_call() has done it. */
		return e->at && r[-1].op == KIR_CALL;
	case KIR_RET ... KIR_UNWOUND:
		return expand_end(e, r);
	case KIR_RUN:
		return expand_run(e, r);
	case KIR_FUEL:
		emit(e, BPF_ALU64_IMM(BPF_ADD, FUEL, KIR_UNIT));
		return r->x == 1 && ++e->code->fuels <= KIR_FUELS;
	case KIR_WINDOW:
		if (!is_window(e, r->x))
			return false;
		write_window(e, r->x, r->a, r->y, r->t);
		return true;
	default:
		return false;
	}
}

static bool has_target(u8 op)
{
	switch (op) {
	case KIR_DIV ... KIR_MOD:
	case KIR_JMP ... KIR_LOOP:
	case KIR_ADDRF:
	case KIR_CALL ... KIR_CALLED:
	case KIR_RUN:
		return true;
	default:
		return false;
	}
}

/* Marks all records that something jumps to. */
static bool find_labels(struct expansion *e)
{
	u32 count = e->header->records;
	u32 i;

	for (i = 0; i < count; i++) {
		const struct kir_record *r = &e->records[i];

		if (has_target(r->op)) {
			if (r->t >= count)
				return false;
			e->label[r->t] = 1;
		}
		if (r->op == KIR_LOOP) {
			if (r->y < 0 || (u32)r->y >= count)
				return false;
			e->label[r->y] = 1;
		}
	}
	for (i = 0; i < e->header->entries; i++) {
		e->label[e->header->entry[i]] = 1;
		e->set[e->header->entry[i]] = 0;
	}
	return true;
}

static void expand_prologue(struct expansion *e)
{
	const struct kir_header *header = e->header;
	u32 i;

	emit(e, BPF_MOV64_REG(FRAME, BPF_REG_1));
	emit(e, BPF_MOV64_REG(FUEL, BPF_REG_2));
	for (i = 1; i < header->entries; i++)
		emit_jump(e, BPF_JMP_IMM(BPF_JEQ, BPF_REG_3, i, 0), header->entry[i]);
	if (header->entry[0])
		emit_jump(e, BPF_JMP_A(0), header->entry[0]);
}

static bool expand_records(struct expansion *e)
{
	u32 count = e->header->records;

	e->mask = UNREACHED;
	for (e->at = 0; e->at < count; e->at++) {
		e->start[e->at] = e->code->count;
		/* From the record in front is one way here among others. */
		if (e->mask == UNREACHED) {
			e->mask = e->set[e->at];
			e->addresses = e->held[e->at];
		} else if (e->set[e->at] != UNREACHED) {
			e->mask &= e->set[e->at];
			e->addresses &= e->held[e->at];
		}
		e->set[e->at] = e->mask;
		e->held[e->at] = e->addresses;
		if (e->mask == UNREACHED)
			continue;
		if (!expand_record(e, &e->records[e->at]))
			return false;
	}
	/* Nothing runs out of the end. */
	return e->mask == UNREACHED && !e->full;
}

static bool resolve_jumps(struct expansion *e)
{
	u32 i;

	for (i = 0; i < e->code->count; i++) {
		s64 distance;

		if (e->jump[i] == NO_JUMP)
			continue;
		distance = (s64)e->start[e->jump[i]] - i - 1;
		if (distance < S16_MIN || distance > S16_MAX)
			return false;
		e->code->insns[i].off = distance;
	}
	return true;
}

/**
 * kir_check_header() - whether bytes can be a method at all
 * @kir: a copy that nobody else writes, aligned as struct kir_header
 * @len: its bytes
 *
 * Return: the header, whose counts are those of @kir; NULL: it is none.
 */
const struct kir_header *kir_check_header(const void *kir, size_t len)
{
	const struct kir_header *header = kir;
	u32 i;

	if (len < sizeof(*header) || header->magic != KIR_MAGIC)
		return NULL;
	if (!header->records || header->records > KIR_RECORDS_MAX ||
	    len != sizeof(*header) + header->records * sizeof(struct kir_record))
		return NULL;
	if (header->frame > KIR_SLOTS_MAX || !header->entries || header->entries > KIR_ENTRIES)
		return NULL;
	for (i = 0; i < header->entries; i++)
		if (header->entry[i] >= header->records)
			return NULL;
	return header;
}

/**
 * kir_runs() - whether a method calls the runtime itself
 * @header: checked
 *
 * Return: true if a record says so, whether or not it is ever reached.
 */
bool kir_runs(const struct kir_header *header)
{
	const struct kir_record *records = (const void *)(header + 1);
	u32 i;

	for (i = 0; i < header->records; i++)
		if (records[i].op == KIR_RUN)
			return true;
	return false;
}

/**
 * kir_expand() - checks a method and makes eBPF of it
 * @header: checked
 * @target: what it is tied to
 * @code: zeroed; gets the instructions, which the caller kvfrees
 *
 * Calls of other methods have BPF_PSEUDO_CALL, and kir_callee_of() names the callee.
 *
 * Return: 0, -EINVAL the engine is wrong, -ENOMEM.
 */
int kir_expand(const struct kir_header *header, const struct kir_target *target,
	       struct kir_code *code)
{
	u32 count = header->records;
	struct expansion e = {
		.header = header, .records = (const void *)(header + 1), .target = target,
		.code = code, .room = count * INSNS_A_RECORD + 64,
	};
	int error = -ENOMEM;

	code->insns = kvmalloc_array(e.room, sizeof(*code->insns), GFP_KERNEL | __GFP_NOWARN);
	e.jump = kvmalloc_array(e.room, sizeof(*e.jump), GFP_KERNEL | __GFP_NOWARN);
	e.start = kvmalloc_array(count, sizeof(*e.start), GFP_KERNEL | __GFP_NOWARN);
	e.set = kvmalloc(count, GFP_KERNEL | __GFP_NOWARN);
	e.held = kvzalloc(count, GFP_KERNEL | __GFP_NOWARN);
	e.label = kvzalloc(count, GFP_KERNEL | __GFP_NOWARN);
	if (!code->insns || !e.jump || !e.start || !e.set || !e.held || !e.label)
		goto free;
	memset(e.set, UNREACHED, count);
	error = -EINVAL;
	if (!find_labels(&e))
		goto free;
	expand_prologue(&e);
	if (expand_records(&e) && resolve_jumps(&e))
		error = 0;
free:
	kvfree(e.label);
	kvfree(e.held);
	kvfree(e.set);
	kvfree(e.start);
	kvfree(e.jump);
	if (error) {
		kvfree(code->insns);
		code->insns = NULL;
	}
	return error;
}

/**
 * kir_callee_of() - which method an instruction calls
 * @insn: of kir_expand()
 *
 * Return: the method's index; U32_MAX: it is no such call.
 */
u32 kir_callee_of(const struct bpf_insn *insn)
{
	if (insn->code != (BPF_JMP | BPF_CALL) || insn->src_reg != BPF_PSEUDO_CALL)
		return U32_MAX;
	return insn->off;
}
