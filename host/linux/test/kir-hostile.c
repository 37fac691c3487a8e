// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * kir-hostile SEED COUNT
 *
 * Gives kir_expand() records as a hostile engine could make them, and runs what it takes on a
 * machine that watches every access: random records with plausible operands, and
 * such as the engine makes with a few of them spoilt. What it takes must stay in memory
 * and context, come to an end, read no register that nobody wrote, and call nothing but its
 * callee and the runtime. Prints how many it took.
 *
 * Exit status: 0; 1 if something got through, which is printed.
 */
#include <stdio.h>
#include <linux/filter.h>

#include "../kir.h"

#define SIZE 65536u
#define SLACK 4096u
#define CALLEE_FRAME 8
#define RUN 4711
#define STEPS 2000000

static u8 memory[SIZE + SLACK];
static u64 context[8];
static u64 random_state;

static u32 any(u32 n)
{
	random_state = random_state * 6364136223846793005ull + 1442695040888963407ull;
	return n ? (u32)(random_state >> 33) % n : 0;
}

static const struct kir_callee the_callee = {
	.frame = CALLEE_FRAME, .entries = true, .runs = true,
};

static const struct kir_callee *callee(void *arg, u32 method)
{
	return method < 3 ? &the_callee : NULL;
}

static const char *run_code(const struct kir_code *code, u32 fp, u32 levels, u32 entry);

static bool readable(u64 at, u32 bytes)
{
	return at - (u64)context <= sizeof(context) - bytes ||
	       at - (u64)memory <= sizeof(memory) - bytes;
}

static u64 load(u64 at, u32 bytes)
{
	u64 value = 0;

	memcpy(&value, (void *)at, bytes);
	return value;
}

static u32 bytes_of(u8 code)
{
	switch (BPF_SIZE(code)) {
	case BPF_B:
		return 1;
	case BPF_H:
		return 2;
	case BPF_W:
		return 4;
	default:
		return 8;
	}
}

static bool jumps(u8 op, u64 a, u64 b)
{
	switch (op) {
	case BPF_JEQ:
		return a == b;
	case BPF_JNE:
		return a != b;
	case BPF_JGE:
		return a >= b;
	case BPF_JSET:
		return a & b;
	case BPF_JSGT:
		return (s64)a > (s64)b;
	case BPF_JSGE:
		return (s64)a >= (s64)b;
	case BPF_JSLT:
		return (s64)a < (s64)b;
	default:
		return (s64)a <= (s64)b;
	}
}

static bool compute(u8 op, bool wide, u64 *d, u64 s)
{
	switch (op) {
	case BPF_ADD:
		*d += s;
		break;
	case BPF_SUB:
		*d -= s;
		break;
	case BPF_MUL:
		*d *= s;
		break;
	case BPF_DIV:
		if (!s)
			return false;
		*d /= s;
		break;
	case BPF_MOD:
		if (!s)
			return false;
		*d %= s;
		break;
	case BPF_AND:
		*d &= s;
		break;
	case BPF_OR:
		*d |= s;
		break;
	case BPF_XOR:
		*d ^= s;
		break;
	case BPF_LSH:
		*d <<= s & 63;
		break;
	case BPF_RSH:
		*d >>= s & 63;
		break;
	case BPF_ARSH:
		*d = (s64)*d >> (s & 63);
		break;
	case BPF_NEG:
		*d = -*d;
		break;
	case BPF_MOV:
		*d = s;
		break;
	default:
		return false;
	}
	if (!wide)
		*d = (u32)*d;
	return true;
}

/* What got through, or NULL. */
static const char *run_code(const struct kir_code *code, u32 fp, u32 levels, u32 entry)
{
	u64 r[11] = { [1] = (u64)memory + fp, [3] = entry };
	/* R1 to R3 are arguments; the prologue alone may look at them. */
	u32 known = 1u << 1 | 1u << 2 | 1u << 3;
	u32 pc = 0;
	u64 steps;

	r[2] = (u64)(KIR_FUEL_FULL - any(300)) * KIR_UNIT | (KIR_LEVELS_MAX - levels);
	for (steps = 0; steps < STEPS; steps++) {
		const struct bpf_insn *insn = &code->insns[pc];
		u8 class = BPF_CLASS(insn->code), op = BPF_OP(insn->code);
		u32 reads = 0;
		u64 source;

		if (pc >= code->count)
			return "it ran out of its end";
		if (insn->dst_reg > 9 || insn->src_reg > 9)
			return "it uses a register that is not its own";
		pc++;
		if (insn->code == (BPF_LD | BPF_DW | BPF_IMM)) {
			r[insn->dst_reg] = (u32)insn->imm | (u64)(u32)code->insns[pc++].imm << 32;
			known |= 1u << insn->dst_reg;
			continue;
		}
		if (class == BPF_JMP && op == BPF_CALL) {
			if (insn->src_reg == BPF_PSEUDO_CALL) {
				u64 inner = r[1] - (u64)memory;

				if (kir_callee_of(insn) > 2)
					return "it calls what it may not";
				if (inner > SIZE || inner + CALLEE_FRAME * 8 > SIZE)
					return "it gives a callee a frame outside";
				if ((r[2] & (KIR_UNIT - 1)) > KIR_LEVELS_MAX)
					return "it calls without a level";
				r[0] = any(3) ? r[2] + any(5) * KIR_UNIT : (u64)-1;
			} else {
				if (insn->imm != RUN || r[1] != (u64)context)
					return "it calls something else";
				r[0] = any(3) ? r[4] : (u64)-1;
			}
			known &= ~0x3eu;
			known |= 1;
			continue;
		}
		if (class == BPF_JMP && op == BPF_EXIT)
			return known & 1 ? NULL : "it returns nothing";
		if (class == BPF_JMP && op == BPF_JA) {
			pc += insn->off;
			continue;
		}
		if (class == BPF_LDX) {
			reads = 1u << insn->src_reg;
		} else if (class == BPF_STX) {
			reads = 1u << insn->src_reg | 1u << insn->dst_reg;
		} else if (class == BPF_ST) {
			reads = 1u << insn->dst_reg;
		} else {
			if (op != BPF_MOV)
				reads = 1u << insn->dst_reg;
			if (BPF_SRC(insn->code) == BPF_X)
				reads |= 1u << insn->src_reg;
		}
		if (reads & ~known)
			return "it reads a register that it has not written";
		source = BPF_SRC(insn->code) == BPF_X ? r[insn->src_reg]
						      : (u64)(s64)insn->imm;
		if (class == BPF_LDX || class == BPF_STX || class == BPF_ST) {
			u32 base = class == BPF_LDX ? insn->src_reg : insn->dst_reg;
			u64 at = r[base] + insn->off;
			u32 bytes = bytes_of(insn->code);

			if (!readable(at, bytes))
				return "it leaves its memory";
			if (class == BPF_LDX) {
				r[insn->dst_reg] = load(at, bytes);
				known |= 1u << insn->dst_reg;
			} else {
				source = class == BPF_STX ? r[insn->src_reg] : (u64)(s64)insn->imm;
				if (source - (u64)memory < sizeof(memory) &&
				    at - (u64)memory < sizeof(memory))
					return "it tells a script of an address";
				memcpy((void *)at, &source, bytes);
			}
		} else if (class == BPF_JMP) {
			if (jumps(op, r[insn->dst_reg], source))
				pc += insn->off;
		} else if (class == BPF_JMP32) {
			if (jumps(op, (s32)r[insn->dst_reg], (s32)source))
				pc += insn->off;
		} else if ((op == BPF_DIV || op == BPF_MOD) && insn->off == 1) {
			s64 a = r[insn->dst_reg], b = source;

			if (!b || (a == S64_MIN && b == -1))
				return "it divides by zero, or what it may not by -1";
			r[insn->dst_reg] = op == BPF_DIV ? a / b : a % b;
		} else {
			if (!compute(op, class == BPF_ALU64, &r[insn->dst_reg], source))
				return "it divides by zero, or does not know what it does";
			known |= 1u << insn->dst_reg;
		}
	}
	return "it does not end";
}

static struct kir_record any_record(const struct kir_record *before, u32 i, u32 count, u32 frame)
{
	static const u8 wanted[] = {
		KIR_CALL, KIR_RUN, KIR_LOOP, KIR_LDF, KIR_ADDRF, KIR_ADDRX,
		KIR_LDA, KIR_STA, KIR_MOV,
	};
	struct kir_record r = {
		.op = 1 + any(KIR_OPS - 1), .d = any(7), .a = any(7), .b = any(7), .y = any(8),
	};

	if (!any(4))
		r.op = wanted[any(ARRAY_SIZE(wanted))];
	if (!any(30))
		r.op = any(256);
	if (before->op == KIR_CALL && any(20))
		r.op = KIR_CALLED;
	r.x = any(4) ? (s32)any(frame + 1) : any(2) ? (s32)any(5000) : (s32)any(0x7fffffff) - 99;
	r.t = any(8) ? i + 1 + any(6) : any(count + 3);
	if (r.op == KIR_LOOP) {
		r.x = any(9) ? 1 + any(3) : r.x;
		r.y = any(5) ? (s32)(i - any(i + 1)) : (s32)any(count + 2);
	}
	if (r.op == KIR_LDA || r.op == KIR_STA)
		r.b = any(5) ? 1 << any(4) : any(16);
	if (!any(3) && (r.op == KIR_LDA || r.op == KIR_ADDRV))
		r.a = KIR_ADDRESS;
	if (any(2) && (r.op == KIR_STA || (r.op >= KIR_ADDRC && r.op <= KIR_ADDRX)))
		r.d = KIR_ADDRESS;
	if (!any(3) && r.op == KIR_ADDRF)
		r.t = 0;
	if (r.op == KIR_SET || r.op == KIR_SETI || r.op == KIR_JCC || r.op == KIR_JCCI)
		r.y = any(8);
	return r;
}

/* Some ways through one register, which may hold an address, and numbers that divide badly. */
static u32 tangle(struct kir_record *k)
{
	u8 reg = any(3) ? any(KIR_REGISTERS) : KIR_ADDRESS;
	u32 n = 0, end;

	for (; n < KIR_REGISTERS; n++) {
		k[n] = (struct kir_record){ .op = KIR_LI, .d = n, .x = any(3) ? (s32)any(99) : -1 };
		if (!any(3))
			k[n] = (struct kir_record){ .op = KIR_LI64, .d = n, .y = S32_MIN };
	}
	for (end = n + 3 + any(9); n < end; n++) {
		struct kir_record r = { .d = any(KIR_REGISTERS), .a = any(KIR_REGISTERS) };

		switch (any(8)) {
		case 0 ... 1:
			r.op = any(2) ? KIR_JCCI : KIR_JMP;
			r.y = any(7);
			r.t = n + 1 + any(end - n);
			break;
		case 2:
			r.op = any(2) ? KIR_ADDRC : KIR_ADDRV;
			r.d = reg;
			break;
		case 3:
			r.op = any(3) ? KIR_LI : KIR_RUN;
			r.d = reg;
			r.t = end + 1;
			break;
		case 4:
			r.op = KIR_DIV + any(4);
			r.b = any(KIR_REGISTERS);
			r.x = any(9);
			r.t = end + 1;
			break;
		default:
			r.op = any(2) ? KIR_LDA : KIR_STA;
			r.b = 8;
			if (r.op == KIR_LDA)
				r.a = reg;
			else
				r.d = reg;
			break;
		}
		k[n] = r;
	}
	k[n] = (struct kir_record){
		.op = KIR_LOOP, .x = 1, .y = KIR_REGISTERS + any(n - KIR_REGISTERS), .t = n + 1,
	};
	k[n + 1] = (struct kir_record){ .op = KIR_RETV };
	return n + 2;
}

static bool one(u64 seed, u32 *taken)
{
	struct {
		struct kir_header header;
		struct kir_record records[64];
	} kir = {};
	struct kir_target target = {
		.data = (u64)memory, .mask = SIZE - 1, .context = (u64)context, .run = RUN,
		.callee = callee,
	};
	struct kir_code code = {};
	const struct kir_header *header;
	const char *fault = NULL;
	u32 count = 3 + any(40), i;

	kir.header = (struct kir_header){
		.magic = KIR_MAGIC, .frame = any(30), .records = count, .entries = 1 + any(3),
	};
	for (i = 0; i < KIR_ENTRIES; i++)
		kir.header.entry[i] = any(5) ? 0 : any(count + 1);
	for (i = 0; i < count; i++) {
		/* Most programs are refused at once: registers are written first, ends are ends. */
		if (i < KIR_REGISTERS && any(12))
			kir.records[i] = (struct kir_record){
				.op = KIR_LI, .d = i, .x = any(99999),
			};
		else if (i + 1 == count && any(12))
			kir.records[i] = (struct kir_record){ .op = any(2) ? KIR_RETV : KIR_EXIT };
		else
			kir.records[i] = any_record(&kir.records[i ? i - 1 : 0], i, count,
						    kir.header.frame);
	}
	if (!any(3)) {
		count = tangle(kir.records);
		kir.header.records = count;
		for (i = 0; i < KIR_ENTRIES; i++)
			kir.header.entry[i] = 0;
	}
	header = kir_check_header(&kir, sizeof(kir.header) + count * sizeof(struct kir_record));
	if (!header || kir_expand(header, &target, &code))
		return true;
	++*taken;
	for (i = 0; i < 4 && !fault; i++) {
		u32 levels = any(3);
		/* As konoha_native_enter() bounds it. */
		u32 room = levels * code.advance + max(header->frame, CALLEE_FRAME) * 8;
		u32 fp = 16 + (any(2) ? SIZE - 16 - room : any(SIZE - 16 - room));

		fault = run_code(&code, fp & ~7u, levels, any(4));
	}
	if (fault) {
		printf("seed %llu: %s\n", (unsigned long long)seed, fault);
		for (i = 0; i < count; i++) {
			const struct kir_record *r = &kir.records[i];

			printf("%3u: op %u d %u a %u b %u x %d y %d t %u\n", i, r->op, r->d, r->a,
			       r->b, r->x, r->y, r->t);
		}
	}
	free(code.insns);
	return !fault;
}

int main(int argc, char **argv)
{
	u64 seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	u64 count = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000;
	u32 taken = 0;
	u64 i;

	for (i = 0; i < count; i++) {
		random_state = (seed + i) * 0x9e3779b97f4a7c15ull;
		any(1);
		if (!one(seed + i, &taken))
			return 1;
	}
	printf("%u of %llu taken\n", taken, (unsigned long long)count);
	return 0;
}
