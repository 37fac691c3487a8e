// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Only with KONOHA_TEST=1: /proc/konoha-stack measures how much of its kernel
 * stack the calling task uses.
 *
 * The ioctl KONOHA_STACK_PAINT fills what is unused of the stack with a
 * pattern. Then the task makes the system calls that are to be measured, and
 * KONOHA_STACK_DEEPEST finds how far down the pattern has gone. Whatever runs
 * on that stack meanwhile counts: system call entry, VFS, engine, console, the
 * first frames of interrupts.
 */
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>

#include "internal.h"

#define KONOHA_STACK_PAINT _IO('k', 0)	/* 0x6b00 */
#define KONOHA_STACK_DEEPEST _IO('k', 1)	/* 0x6b01 */

#define PATTERN 0x6b6f6e6f68612121ul
/* What paint() and what it calls, nothing, need themselves. */
#define OWN_FRAME 256

/* The lowest word is the kernel's own guard (STACK_END_MAGIC). */
static unsigned long *lowest_word(void)
{
	return end_of_stack(current) + 1;
}

static noinline __no_sanitize_address void paint(void)
{
	unsigned long *end = (unsigned long *)(current_stack_pointer - OWN_FRAME);
	unsigned long *word;

	for (word = lowest_word(); word < end; word++)
		WRITE_ONCE(*word, PATTERN);
}

static noinline __no_sanitize_address long deepest(void)
{
	unsigned long top = (unsigned long)task_stack_page(current) + THREAD_SIZE;
	unsigned long *word = lowest_word();

	while ((unsigned long)word < top && READ_ONCE(*word) == PATTERN)
		word++;
	return top - (unsigned long)word;
}

static long stack_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case KONOHA_STACK_PAINT:
		paint();
		return 0;
	case KONOHA_STACK_DEEPEST:
		return deepest();
	default:
		return -ENOTTY;
	}
}

static const struct proc_ops stack_ops = {
	.proc_ioctl = stack_ioctl,
	.proc_lseek = noop_llseek,
};

/**
 * konoha_test_init() - makes /proc/konoha-stack
 *
 * Return: 0 or -ENOMEM.
 */
int konoha_test_init(void)
{
	return proc_create("konoha-stack", 0400, NULL, &stack_ops) ? 0 : -ENOMEM;
}

void konoha_test_exit(void)
{
	remove_proc_entry("konoha-stack", NULL);
}
