/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * Runtime of the translated (wasm2c) engine inside the kernel: integers only.
 *
 * An *instance* is one w2c_vm or w2c_compiler with its linear memory and its
 * struct w2c_env. Engine code runs only inside wasm_rt_run(), which computes
 * the native stack's limit and remembers where to unwind to. A trap unwinds
 * through the instance's own w2c_env, never through current, so no C frame
 * between wasm_rt_run() and engine code may own a lock, a reference or an
 * allocation.
 */
#ifndef KONOHA_WASM_RT_H
#define KONOHA_WASM_RT_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/processor.h>

/* The kernel's u8..s64 serve for wasm2c's; there is no f32 and no f64. */
#define WASM_RT_CORE_TYPES_DEFINED

#define WASM_PAGE_SIZE 65536u

enum wasm_rt_trap_code {
	WASM_RT_TRAP_NONE,
	WASM_RT_TRAP_OOB,
	WASM_RT_TRAP_INT_OVERFLOW,
	WASM_RT_TRAP_DIV_BY_ZERO,
	WASM_RT_TRAP_UNREACHABLE,
	WASM_RT_TRAP_CALL_INDIRECT,
	WASM_RT_TRAP_EXHAUSTION,
	WASM_RT_TRAP_NOMEM,
};

/**
 * struct w2c_env - what an instance knows of its host
 * @stack_limit: engine code traps when the stack pointer falls below this
 * @entry_sp: stack pointer to unwind to; 0 while nobody is inside
 * @trap: enum wasm_rt_trap_code of the last wasm_rt_run()
 *
 * The first two are known to wasm-entry.S by offset.
 */
struct w2c_env {
	unsigned long stack_limit;
	unsigned long entry_sp;
	int trap;
};

/**
 * struct wasm_rt_memory - a linear memory
 * @data: its bytes; at least one page beyond @size is mapped behind them
 * @size: bytes that engine code may touch
 * @pages: @size in wasm pages
 * @max_pages: how far memory.grow may go; equal to @pages: it never grows
 * @capacity: bytes allocated at @data, without the slack page
 * @env: where a bounds trap unwinds to
 */
typedef struct wasm_rt_memory {
	u8 *data;
	u64 size;
	u64 pages;
	u64 max_pages;
	u64 capacity;
	struct w2c_env *env;
} wasm_rt_memory_t;

typedef const char *wasm_rt_func_type_t;
typedef void (*wasm_rt_function_ptr_t)(void);
typedef void *wasm_rt_tailcallee_t;

typedef struct wasm_rt_funcref {
	wasm_rt_func_type_t func_type;
	wasm_rt_function_ptr_t func;
	wasm_rt_tailcallee_t func_tailcallee;
	void *module_instance;
} wasm_rt_funcref_t;

typedef struct wasm_rt_funcref_table {
	wasm_rt_funcref_t *data;
	u32 max_size;
	u32 size;
} wasm_rt_funcref_table_t;

enum wasm_rt_type { WASM_RT_I32, WASM_RT_I64, WASM_RT_F32, WASM_RT_F64 };

/*
 * Left below the engine for what its imports call: printk down to a console
 * driver, schedule(), and the first frames of an interrupt.
 */
#define WASM_RT_STACK_RESERVE (6 * 1024)
/* Allowance on a stack whose bounds are unknown. */
#define WASM_RT_STACK_UNKNOWN (2 * 1024)

/**
 * wasm_rt_stack_left() - bytes of the current task's stack that are unused
 *
 * Return: the distance from the stack pointer to the stack's end; 0 on any
 * other stack (interrupt, exception).
 */
static __always_inline unsigned long wasm_rt_stack_left(void)
{
	unsigned long offset = current_stack_pointer - (unsigned long)task_stack_page(current);

	return offset < THREAD_SIZE ? offset : 0;
}

/**
 * wasm_rt_stack_limit() - how far down engine code may go
 *
 * Return: an address on the current stack.
 */
static __always_inline unsigned long wasm_rt_stack_limit(void)
{
	unsigned long left = wasm_rt_stack_left();

	if (unlikely(!left))
		return current_stack_pointer - WASM_RT_STACK_UNKNOWN;
	return current_stack_pointer - left + WASM_RT_STACK_RESERVE;
}

int wasm_rt_memory_init(wasm_rt_memory_t *memory, struct w2c_env *env, u64 size, u64 max_size);
void wasm_rt_memory_destroy(wasm_rt_memory_t *memory);

int wasm_rt_run(struct w2c_env *env, int (*body)(void *arg), void *arg);
const char *wasm_rt_trap_name(int trap);

/* In wasm-entry.S. */
int wasm_rt_call(struct w2c_env *env, int (*body)(void *arg), void *arg);
void wasm_rt_unwind(struct w2c_env *env, int ret);

/* Called by translated code. */
void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, u64 pages, u64 max_pages, bool is64,
			     u32 page_size);
u64 wasm_rt_grow_memory(wasm_rt_memory_t *memory, u64 delta);
void wasm_rt_allocate_funcref_table(wasm_rt_funcref_table_t *table, u32 size, u32 max_size);
void wasm_rt_free_funcref_table(wasm_rt_funcref_table_t *table);

/* Memory belongs to the host: wasm_rt_memory_destroy() frees it. */
static inline void wasm_rt_free_memory(wasm_rt_memory_t *memory)
{
}

/*
 * Local to each object that uses it, with no return at its end: objtool then
 * knows by itself that nothing follows a call of it.
 */
static noinline __cold __maybe_unused void __noreturn wasm_rt_trap(struct w2c_env *env, int code)
{
	env->trap = code;
	wasm_rt_unwind(env, -EIO);
	for (;;)
		cpu_relax();
}

/**
 * wasm_rt_copy() - copies bytes that do not overlap, or overlap towards lower addresses
 * @to: where to
 * @from: where from
 * @len: bytes
 *
 * Whole words, since most of what goes in and out is short and lies at multiples of eight.
 */
static inline void wasm_rt_copy(void *to, const void *from, size_t len)
{
#ifdef CONFIG_KASAN
	memmove(to, from, len);
#else
	size_t words = len / 8;
	u64 last;

	if (words) {
		void *end = to + len - sizeof(last);

		/* Read first: the words in front of it may be written over it. */
		__builtin_memcpy(&last, from + len - sizeof(last), sizeof(last));
		asm volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
		__builtin_memcpy(end, &last, sizeof(last));
		return;
	}
	for (; len; len--)
		*(u8 *)to++ = *(const u8 *)from++;
#endif
}

/**
 * wasm_rt_range() - host address of a range that an instance named
 * @memory: the instance's memory
 * @addr: offset into it, as given by the instance
 * @len: bytes
 *
 * Return: the address, or NULL if the range is not inside the memory.
 */
static inline void *wasm_rt_range(const wasm_rt_memory_t *memory, u32 addr, u32 len)
{
	if (unlikely((u64)addr + len > memory->size))
		return NULL;
	return memory->data + addr;
}

#endif
