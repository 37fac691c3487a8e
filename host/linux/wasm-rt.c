// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Runtime of the translated engine: entry and native stack limit, linear
 * memories, function tables. See wasm-rt.h for the rules of a trap.
 */
#include <linux/bug.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "wasm-rt.h"

#ifndef CONFIG_X86_64
#error "konoha.ko knows the x86-64 calling convention only (wasm-entry.S)"
#endif

static_assert(offsetof(struct w2c_env, stack_limit) == 0);
static_assert(offsetof(struct w2c_env, entry_sp) == 8);

#if defined(CONFIG_KASAN_STACK)
/* KASAN's own entry point, as called by compiled code; no header declares it. */
void __asan_allocas_unpoison(void *stack_top, ssize_t bottom);
#endif

/**
 * wasm_rt_run() - runs engine code with traps caught
 * @env: the instance's environment; nobody may be inside
 * @body: calls the instance's exports; owns nothing across such a call
 * @arg: for @body
 *
 * Return: what @body returned, or -EIO with @env->trap set when it trapped.
 */
int wasm_rt_run(struct w2c_env *env, int (*body)(void *arg), void *arg)
{
	int ret;

	if (WARN_ON_ONCE(env->entry_sp))
		return -EBUSY;
	env->trap = WASM_RT_TRAP_NONE;
	env->stack_limit = wasm_rt_stack_limit();
	ret = wasm_rt_call(env, body, arg);
#if defined(CONFIG_KASAN_STACK)
	/* The frames that were cut off never unpoisoned their redzones. */
	if (env->trap && wasm_rt_stack_left())
		__asan_allocas_unpoison(task_stack_page(current), current_stack_pointer);
#endif
	return ret;
}

/**
 * wasm_rt_trap_name() - a trap code in words
 * @trap: enum wasm_rt_trap_code
 *
 * Return: a static string.
 */
const char *wasm_rt_trap_name(int trap)
{
	switch (trap) {
	case WASM_RT_TRAP_OOB:
		return "memory access out of bounds";
	case WASM_RT_TRAP_INT_OVERFLOW:
		return "integer overflow in a division";
	case WASM_RT_TRAP_DIV_BY_ZERO:
		return "division by zero";
	case WASM_RT_TRAP_UNREACHABLE:
		return "unreachable code reached";
	case WASM_RT_TRAP_CALL_INDIRECT:
		return "bad indirect call";
	case WASM_RT_TRAP_EXHAUSTION:
		return "native stack exhausted";
	case WASM_RT_TRAP_NOMEM:
		return "out of kernel memory";
	default:
		return "no trap";
	}
}

static void *allocate(u64 size)
{
	return __vmalloc(size + PAGE_SIZE, GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN);
}

/**
 * wasm_rt_memory_init() - allocates a linear memory, before instantiation
 * @memory: the instance's, zeroed
 * @env: the instance's environment
 * @size: bytes now, a multiple of 64 KiB; overrides what the module declares
 * @max_size: bytes to which memory.grow may go; @size: it stays as it is, a power of two
 *
 * Return: 0, -ENOMEM, or -EINVAL: no such size.
 */
int wasm_rt_memory_init(wasm_rt_memory_t *memory, struct w2c_env *env, u64 size, u64 max_size)
{
	/* Translated code masks addresses where memory is fixed. */
	if (size == max_size && WARN_ON_ONCE(!is_power_of_2(size)))
		return -EINVAL;
	memory->data = allocate(size);
	if (!memory->data)
		return -ENOMEM;
	memory->size = size;
	memory->capacity = size;
	memory->pages = size / WASM_PAGE_SIZE;
	memory->max_pages = max_size / WASM_PAGE_SIZE;
	memory->env = env;
	return 0;
}

/**
 * wasm_rt_memory_destroy() - gives a memory back; a zeroed one is fine
 * @memory: the memory
 */
void wasm_rt_memory_destroy(wasm_rt_memory_t *memory)
{
	vfree(memory->data);
	memory->data = NULL;
	memory->size = 0;
}

/* Instantiation asks for the module's declared size: the host has given at least that. */
void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, u64 pages, u64 max_pages, bool is64,
			     u32 page_size)
{
	if (is64 || page_size != WASM_PAGE_SIZE || pages > memory->pages)
		wasm_rt_trap(memory->env, WASM_RT_TRAP_NOMEM);
}

/*
 * memory.grow: the old size in pages, or -1. Allocations double, so a memory
 * that grows page by page is copied a logarithmic number of times.
 */
u64 wasm_rt_grow_memory(wasm_rt_memory_t *memory, u64 delta)
{
	u64 old_pages = memory->pages;
	u64 size, capacity;
	void *data;

	if (delta > memory->max_pages || old_pages + delta > memory->max_pages)
		return (u32)-1;
	size = (old_pages + delta) * WASM_PAGE_SIZE;
	if (size > memory->capacity) {
		capacity = min_t(u64, roundup_pow_of_two(size), memory->max_pages * WASM_PAGE_SIZE);
		data = allocate(capacity);
		if (!data)
			return (u32)-1;
		memcpy(data, memory->data, memory->size);
		vfree(memory->data);
		memory->data = data;
		memory->capacity = capacity;
	}
	memory->size = size;
	memory->pages = old_pages + delta;
	return old_pages;
}

/* A failed allocation leaves an empty table: every call through it traps. */
void wasm_rt_allocate_funcref_table(wasm_rt_funcref_table_t *table, u32 size, u32 max_size)
{
	table->data = kvcalloc(size, sizeof(*table->data), GFP_KERNEL_ACCOUNT);
	table->size = table->data ? size : 0;
	table->max_size = max_size;
}

void wasm_rt_free_funcref_table(wasm_rt_funcref_table_t *table)
{
	kvfree(table->data);
	table->data = NULL;
	table->size = 0;
}
