/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * Entry into translated code, and the way out of it by a trap.
 *
 * wasm_rt_call() is an ordinary function that calls body(arg); it leaves the
 * address of its saved registers in env->entry_sp. wasm_rt_unwind() cuts the
 * stack back to there and returns from that same wasm_rt_call(). Nothing ever
 * returns twice, so the C compiler needs to know nothing of it.
 */
#include <linux/linkage.h>
#include <linux/objtool.h>
#include <asm/asm.h>
#include <asm/frame.h>
#include <asm/nospec-branch.h>

#define ENV_ENTRY_SP 8	/* offsetof(struct w2c_env, entry_sp), asserted in wasm-rt.c */

/* Saves %rbp; on kernels with frame pointers also sets it up as one. */
.macro SAVE_RBP
#ifdef CONFIG_FRAME_POINTER
	FRAME_BEGIN
#else
	pushq	%rbp
#endif
.endm

.macro RESTORE_AND_RETURN
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	RET
.endm

	.text

/* int wasm_rt_call(struct w2c_env *env, int (*body)(void *arg), void *arg) */
SYM_FUNC_START(wasm_rt_call)
	SAVE_RBP
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rdi, %rbx
	movq	%rsp, ENV_ENTRY_SP(%rbx)
	movq	%rsi, %rax
	movq	%rdx, %rdi
	CALL_NOSPEC rax
	movq	$0, ENV_ENTRY_SP(%rbx)
	RESTORE_AND_RETURN
SYM_FUNC_END(wasm_rt_call)

/* void wasm_rt_unwind(struct w2c_env *env, int ret): wasm_rt_call() returns ret */
STACK_FRAME_NON_STANDARD wasm_rt_unwind
SYM_FUNC_START(wasm_rt_unwind)
	movl	%esi, %eax
	movq	ENV_ENTRY_SP(%rdi), %rsp
	movq	$0, ENV_ENTRY_SP(%rdi)
	RESTORE_AND_RETURN
SYM_FUNC_END(wasm_rt_unwind)
