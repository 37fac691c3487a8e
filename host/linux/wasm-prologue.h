/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * What translated code uses in place of wasm2c's own prologue: integer
 * loads and stores, integer operators with WebAssembly's edge cases, indirect
 * calls. Included by translated code only (see strip-prologue.awk). `instance`
 * is the first parameter of every function there.
 */
#ifndef KONOHA_WASM_PROLOGUE_H
#define KONOHA_WASM_PROLOGUE_H

#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/stdarg.h>
#include <asm/current.h>

#include "wasm-rt.h"

#define WASM_RT_USE_SEGUE_FOR_THIS_MODULE 0

#define LIKELY(x) likely(x)
#define UNLIKELY(x) unlikely(x)
#define assert(x) ((void)0)
#define wasm_rt_is_initialized() true

#define TRAP(x) (wasm_rt_trap(instance->w2c_env_instance, WASM_RT_TRAP_##x), 0)
#define UNREACHABLE TRAP(UNREACHABLE)

#define FUNC_PROLOGUE \
	WASM_ENTER_MEMORY; \
	do { \
		if (unlikely(current_stack_pointer < instance->w2c_env_instance->stack_limit)) \
			TRAP(EXHAUSTION); \
	} while (0)
#define FUNC_EPILOGUE do { } while (0)

#define FUNC_TYPE_DECL_EXTERN_T(x) extern const char *const x
#define FUNC_TYPE_EXTERN_T(x) const char *const x
#define FUNC_TYPE_T(x) static const char *const x __maybe_unused

/*
 * Loads and stores. `default32` is a 32-bit memory of 64 KiB pages: the only kind here.
 *
 * Where memory never grows (WASM_RT_FIXED_MEMORY), its place and size are locals of each
 * function, so that a store into it makes nobody read them again. Its size is a power of two
 * and a page lies behind it, so that the address is masked, before a small offset is added:
 * accesses around one address share that. What would lie outside is somewhere inside, of
 * the script's own, and that also holds speculatively. Elsewhere it is a trap.
 */

#ifdef WASM_RT_FIXED_MEMORY
#define WASM_ENTER_MEMORY \
	u8 *const memory_data = instance->w2c_memory.data; \
	const u32 memory_mask = instance->w2c_memory.size - 1
#define WASM_PLACE(bytes, mem, base, offset) wasm_masked(memory_data, memory_mask, base, offset)
#pragma GCC poison wasm_rt_grow_memory
#else
#define WASM_ENTER_MEMORY
#define WASM_PLACE(bytes, mem, base, offset) wasm_checked(mem, (u64)(base) + (offset), bytes)
#endif

static __always_inline __maybe_unused u8 *wasm_masked(u8 *data, u32 mask, u32 base, u32 offset)
{
	/* The last access ends in the page behind the memory. */
	if (offset <= PAGE_SIZE - sizeof(u64))
		return data + (base & mask) + offset;
	return data + ((base + offset) & mask);
}

static __always_inline __maybe_unused u8 *
wasm_checked(const wasm_rt_memory_t *mem, u64 addr, u32 bytes)
{
	if (unlikely(addr + bytes > mem->size))
		wasm_rt_trap(mem->env, WASM_RT_TRAP_OOB);
	return mem->data + addr;
}

#define WASM_LOAD(stored, extended, result, mem, base, offset) ({ \
	stored value_; \
	__builtin_memcpy(&value_, WASM_PLACE(sizeof(value_), mem, base, offset), sizeof(value_)); \
	(result)(extended)value_; })

#define WASM_STORE(stored, mem, base, offset, operand) do { \
	stored value_ = (stored)(operand); \
	__builtin_memcpy(WASM_PLACE(sizeof(value_), mem, base, offset), &value_, sizeof(value_)); \
} while (0)

#define i32_load_default32(mem, base, offset) WASM_LOAD(u32, u32, u32, mem, base, offset)
#define i64_load_default32(mem, base, offset) WASM_LOAD(u64, u64, u64, mem, base, offset)
#define i32_load8_s_default32(mem, base, offset) WASM_LOAD(s8, s32, u32, mem, base, offset)
#define i64_load8_s_default32(mem, base, offset) WASM_LOAD(s8, s64, u64, mem, base, offset)
#define i32_load8_u_default32(mem, base, offset) WASM_LOAD(u8, u32, u32, mem, base, offset)
#define i64_load8_u_default32(mem, base, offset) WASM_LOAD(u8, u64, u64, mem, base, offset)
#define i32_load16_s_default32(mem, base, offset) WASM_LOAD(s16, s32, u32, mem, base, offset)
#define i64_load16_s_default32(mem, base, offset) WASM_LOAD(s16, s64, u64, mem, base, offset)
#define i32_load16_u_default32(mem, base, offset) WASM_LOAD(u16, u32, u32, mem, base, offset)
#define i64_load16_u_default32(mem, base, offset) WASM_LOAD(u16, u64, u64, mem, base, offset)
#define i64_load32_s_default32(mem, base, offset) WASM_LOAD(s32, s64, u64, mem, base, offset)
#define i64_load32_u_default32(mem, base, offset) WASM_LOAD(u32, u64, u64, mem, base, offset)
#define i32_store_default32(mem, base, offset, value) WASM_STORE(u32, mem, base, offset, value)
#define i64_store_default32(mem, base, offset, value) WASM_STORE(u64, mem, base, offset, value)
#define i32_store8_default32(mem, base, offset, value) WASM_STORE(u8, mem, base, offset, value)
#define i32_store16_default32(mem, base, offset, value) WASM_STORE(u16, mem, base, offset, value)
#define i64_store8_default32(mem, base, offset, value) WASM_STORE(u8, mem, base, offset, value)
#define i64_store16_default32(mem, base, offset, value) WASM_STORE(u16, mem, base, offset, value)
#define i64_store32_default32(mem, base, offset, value) WASM_STORE(u32, mem, base, offset, value)

static __always_inline __maybe_unused void
wasm_check_range(wasm_rt_memory_t *mem, u64 addr, u64 len)
{
	if (unlikely(addr > mem->size || len > mem->size - addr))
		wasm_rt_trap(mem->env, WASM_RT_TRAP_OOB);
}

static __always_inline __maybe_unused void
memory_fill(wasm_rt_memory_t *mem, u64 addr, u32 value, u64 len)
{
	wasm_check_range(mem, addr, len);
	memset(mem->data + addr, value, len);
}

static inline __maybe_unused void memory_copy(wasm_rt_memory_t *dest, const wasm_rt_memory_t *src,
					      u64 dest_addr, u64 src_addr, u64 len)
{
	wasm_check_range(dest, dest_addr, len);
	wasm_check_range((wasm_rt_memory_t *)src, src_addr, len);
	if (unlikely(dest_addr - src_addr < len))
		memmove(dest->data + dest_addr, src->data + src_addr, len);
	else
		wasm_rt_copy(dest->data + dest_addr, src->data + src_addr, len);
}

static inline __maybe_unused void memory_init(wasm_rt_memory_t *dest, const u8 *src, u32 src_size,
					      u64 dest_addr, u32 src_addr, u32 len)
{
	if (unlikely((u64)src_addr + len > src_size))
		wasm_rt_trap(dest->env, WASM_RT_TRAP_OOB);
	wasm_check_range(dest, dest_addr, len);
	memcpy(dest->data + dest_addr, src + src_addr, len);
}

#define LOAD_DATA(mem, addr, bytes, len) memory_init(&(mem), bytes, len, addr, 0, len)

/* Integer operators */

#define I32_CLZ(x) ({ u32 v_ = (x); v_ ? (u32)__builtin_clz(v_) : 32u; })
#define I64_CLZ(x) ({ u64 v_ = (x); v_ ? (u64)__builtin_clzll(v_) : 64ull; })
#define I32_CTZ(x) ({ u32 v_ = (x); v_ ? (u32)__builtin_ctz(v_) : 32u; })
#define I64_CTZ(x) ({ u64 v_ = (x); v_ ? (u64)__builtin_ctzll(v_) : 64ull; })
#define I32_POPCNT(x) ((u32)hweight32(x))
#define I64_POPCNT(x) ((u64)hweight64(x))
#define I32_ROTL(x, n) rol32(x, (n) & 31)
#define I32_ROTR(x, n) ror32(x, (n) & 31)
#define I64_ROTL(x, n) rol64(x, (n) & 63)
#define I64_ROTR(x, n) ror64(x, (n) & 63)

#define WASM_DIV_U(type, x, y) ({ \
	type a_ = (x), b_ = (y); \
	if (unlikely(!b_)) \
		TRAP(DIV_BY_ZERO); \
	a_ / b_; })
#define WASM_REM_U(type, x, y) ({ \
	type a_ = (x), b_ = (y); \
	if (unlikely(!b_)) \
		TRAP(DIV_BY_ZERO); \
	a_ % b_; })
#define WASM_DIV_S(type, utype, min, x, y) ({ \
	type a_ = (type)(x), b_ = (type)(y); \
	if (unlikely(!b_)) \
		TRAP(DIV_BY_ZERO); \
	if (unlikely(b_ == -1 && a_ == (min))) \
		TRAP(INT_OVERFLOW); \
	(utype)(a_ / b_); })
#define WASM_REM_S(type, utype, x, y) ({ \
	type a_ = (type)(x), b_ = (type)(y); \
	if (unlikely(!b_)) \
		TRAP(DIV_BY_ZERO); \
	b_ == -1 ? (utype)0 : (utype)(a_ % b_); })

#define DIV_U(x, y) WASM_DIV_U(typeof(x), x, y)
#define REM_U(x, y) WASM_REM_U(typeof(x), x, y)
#define I32_DIV_S(x, y) WASM_DIV_S(s32, u32, S32_MIN, x, y)
#define I64_DIV_S(x, y) WASM_DIV_S(s64, u64, S64_MIN, x, y)
#define I32_REM_S(x, y) WASM_REM_S(s32, u32, x, y)
#define I64_REM_S(x, y) WASM_REM_S(s64, u64, x, y)

/* Function tables and indirect calls */

static inline __maybe_unused bool func_types_eq(wasm_rt_func_type_t a, wasm_rt_func_type_t b)
{
	return a == b || (a && b && !memcmp(a, b, 32));
}

#define CHECK_CALL_INDIRECT(table, ft, x) \
	((likely((x) < (table).size && (table).data[x].func && \
		 func_types_eq(ft, (table).data[x].func_type))) || TRAP(CALL_INDIRECT))
#define DO_CALL_INDIRECT(table, t, x, ...) (((t)(table).data[x].func)(__VA_ARGS__))
#define CALL_INDIRECT(table, t, ft, x, ...) \
	(CHECK_CALL_INDIRECT(table, ft, x), DO_CALL_INDIRECT(table, t, x, __VA_ARGS__))

typedef enum { RefFunc, RefNull, GlobalGet } wasm_elem_segment_expr_type_t;

typedef struct {
	wasm_elem_segment_expr_type_t expr_type;
	wasm_rt_func_type_t type;
	wasm_rt_function_ptr_t func;
	wasm_rt_tailcallee_t func_tailcallee;
	size_t module_offset;
} wasm_elem_segment_expr_t;

/* The engine's element segments hold functions and nulls only. */
#define funcref_table_init(dest, src, src_size, dest_addr, src_addr, len, module) \
	do { \
		wasm_rt_funcref_table_t *t_ = (dest); \
		const wasm_elem_segment_expr_t *s_ = (src); \
		u32 at_ = (src_addr), to_ = (dest_addr), n_ = (len), i_; \
		if ((u64)at_ + n_ > (src_size) || (u64)to_ + n_ > t_->size) \
			TRAP(OOB); \
		for (i_ = 0; i_ < n_; i_++) { \
			const wasm_elem_segment_expr_t *e_ = &s_[at_ + i_]; \
			t_->data[to_ + i_] = (wasm_rt_funcref_t){ \
				.func_type = e_->type, \
				.func = e_->expr_type == RefFunc ? e_->func : NULL, \
				.module_instance = (char *)(module) + e_->module_offset, \
			}; \
		} \
	} while (0)

#endif
