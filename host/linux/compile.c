// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * One compiler instance for one script, or for a text that goes on from the
 * images of one: source text in, image out.
 */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "bind.h"
#include "internal.h"
#include "engine-compiler.h"

#define MEMORY_START (1024 * 1024)
#define MEMORY_MAX (16 * 1024 * 1024)
#define FLAG_KERNEL 1
#define FLAG_MORE 4
#define FLAG_SHOW 8
#define FLAG_VALUE 16
#define FORMAT_PLAIN 0
#define FORMAT_SHORT 3
#define DIAGNOSTICS_MAX (64 * 1024)

struct job {
	struct w2c_env env;
	w2c_compiler compiler;
	enum { SCRIPT, EVALUATION, SHELL } kind;
	const struct konoha_image *images;	/* that the text goes on from */
	size_t image_count;
	const u8 *source;
	size_t len;
	struct konoha_program *program;
	const struct konoha_bindings *bindings;
	struct konoha_buffer *methods;	/* of konoha_check_declarations() */
	struct konoha_buffer *result;
};

/* Returns; the engine traps behind the call. */
void w2c_env_abort(struct w2c_env *env, u32 message, u32 file, u32 line, u32 column)
{
	pr_err_ratelimited("konoha: compiler assertion at line %u:%u\n", line, column);
}

u32 w2c_env_safepoint(struct w2c_env *env)
{
	cond_resched();
	return fatal_signal_pending(current);
}

static const void *range_of(struct job *job, u32 at, u32 len)
{
	return wasm_rt_range(&job->compiler.w2c_memory, at, len);
}

static void take_diagnostics(struct job *job)
{
	u32 format = job->kind == EVALUATION ? FORMAT_SHORT : FORMAT_PLAIN;
	u32 at, len;
	const void *text;

	if (!w2c_compiler_diag_count(&job->compiler))
		return;
	at = w2c_compiler_diag_render(&job->compiler, format);
	len = w2c_compiler_diag_render_len(&job->compiler);
	text = range_of(job, at, len);
	if (text)
		konoha_buffer_append(job->result, text, min_t(u32, len, DIAGNOSTICS_MAX));
}

static int take_program(struct job *job)
{
	struct konoha_program *program = job->program;
	w2c_compiler *compiler = &job->compiler;
	u32 at = w2c_compiler_image_ptr(compiler);
	u32 len = w2c_compiler_image_len(compiler);
	const void *bytes = range_of(job, at, len);
	int error;

	if (!bytes)
		return -EIO;
	error = konoha_buffer_append(&program->image, bytes, len);
	if (error)
		return error;
	program->heap = w2c_compiler_meta_heap(compiler);
	program->fuel = w2c_compiler_meta_fuel(compiler);

	at = w2c_compiler_meta_name_ptr(compiler);
	len = w2c_compiler_meta_name_len(compiler);
	bytes = range_of(job, at, len);
	if (!bytes)
		return -EIO;
	if (len && !konoha_name_valid(bytes, len)) {
		konoha_buffer_printf(job->result,
				     "error: @Name(\"%.*s\") cannot be a device's name: use 1 to 31 of A-Z a-z 0-9 _ - .\n",
				     min_t(int, len, 64), (const char *)bytes);
		return -EINVAL;
	}
	memcpy(program->name, bytes, len);
	program->name_len = len;
	return 0;
}

/* Declares one bound class: 0, or -EINVAL with the diagnostics taken. */
static int declare(struct job *job, const char *text)
{
	u32 len = strlen(text);
	u32 at = w2c_compiler_declare_alloc(&job->compiler, len);
	void *to = wasm_rt_range(&job->compiler.w2c_memory, at, len);
	u32 errors;

	if (!at || !to)
		return -ENOMEM;
	memcpy(to, text, len);
	errors = w2c_compiler_declare(&job->compiler, at, len, 0, 0);
	if (errors == (u32)-1)
		return -EINTR;
	if (errors)
		take_diagnostics(job);
	return errors ? -EINVAL : 0;
}

static int declare_all(struct job *job)
{
	unsigned int i;
	int error;

	for (i = 0; i < job->bindings->count; i++) {
		error = declare(job, job->bindings->classes[i]->text);
		if (error)
			return error;
	}
	return 0;
}

/* Runs inside wasm_rt_run(): owns nothing while engine code runs. */
static int run_declarations(void *arg)
{
	struct job *job = arg;
	const void *list;
	u32 at, len;
	int error;

	wasm2c_compiler_instantiate(&job->compiler, &job->env);
	error = declare_all(job);
	if (!error)
		error = declare(job, (const char *)job->source);
	if (error)
		return error;
	if (w2c_compiler_declared(&job->compiler)) {
		take_diagnostics(job);
		return -EINVAL;
	}
	at = w2c_compiler_declared_ptr(&job->compiler);
	len = w2c_compiler_declared_len(&job->compiler);
	list = wasm_rt_range(&job->compiler.w2c_memory, at, len);
	return list ? konoha_buffer_append(job->methods, list, len) : -EIO;
}

/* Address of a copy in the compiler's memory; 0: no memory. */
static u32 put(struct job *job, const void *bytes, u32 len)
{
	u32 at = w2c_compiler_source_alloc(&job->compiler, len);
	void *to = wasm_rt_range(&job->compiler.w2c_memory, at, len);

	if (!at || !to)
		return 0;
	memcpy(to, bytes, len);
	return at;
}

static int prime_all(struct job *job, u32 flags)
{
	size_t i;
	u32 at;

	for (i = 0; i < job->image_count; i++) {
		at = put(job, job->images[i].data, job->images[i].len);
		if (!at)
			return -ENOMEM;
		if (w2c_compiler_prime(&job->compiler, at, job->images[i].len, flags))
			return -EIO;
	}
	return 0;
}

/* Runs inside wasm_rt_run(): owns nothing while engine code runs. */
static int run_compiler(void *arg)
{
	struct job *job = arg;
	static const char *const names[] = { "", "<eval>", "<shell>" };
	static const u32 kind_flags[] = { 0, FLAG_MORE | FLAG_VALUE, FLAG_MORE | FLAG_SHOW };
	u32 flags = FLAG_KERNEL | kind_flags[job->kind];
	u32 name_len = strlen(names[job->kind]);
	u32 source, name, errors;
	int error;

	wasm2c_compiler_instantiate(&job->compiler, &job->env);
	error = declare_all(job);
	if (error)
		return error;
	error = prime_all(job, flags);
	if (error)
		return error;
	source = put(job, job->source, job->len);
	name = put(job, names[job->kind], name_len);
	if (!source || !name)
		return -ENOMEM;
	errors = w2c_compiler_compile(&job->compiler, source, job->len, name, name_len, flags);
	if (errors == (u32)-1)
		return -EINTR;
	take_diagnostics(job);
	return errors ? -EINVAL : take_program(job);
}

/* One instance of the compiler, for as long as @body runs. */
static int with_compiler(struct job *job, int (*body)(void *arg))
{
	int error = -ENOMEM;

	if (wasm_rt_memory_init(&job->compiler.w2c_memory, &job->env, MEMORY_START, MEMORY_MAX))
		return error;
	error = wasm_rt_run(&job->env, body, job);
	if (job->env.trap == WASM_RT_TRAP_UNREACHABLE &&
	    job->compiler.w2c_memory.capacity >= MEMORY_MAX) {
		konoha_buffer_printf(job->result,
				     "error: the script needs more than %u MiB to compile\n",
				     MEMORY_MAX >> 20);
		error = -ENOMEM;
	} else if (job->env.trap) {
		konoha_buffer_printf(job->result,
				     "error: the compiler stopped (%s): a bug in Konoha\n",
				     wasm_rt_trap_name(job->env.trap));
	}
	wasm2c_compiler_free(&job->compiler);
	wasm_rt_memory_destroy(&job->compiler.w2c_memory);
	return error;
}

static int compile(struct job *job, struct konoha_program *program, struct konoha_buffer *result)
{
	program->bindings = konoha_bindings_take();
	if (!program->bindings)
		return -ENOMEM;
	job->program = program;
	job->bindings = program->bindings;
	job->result = result;
	return with_compiler(job, run_compiler);
}

/**
 * konoha_compile() - compiles a script
 * @source: UTF-8 text
 * @len: its bytes, at most KONOHA_SOURCE_MAX
 * @program: zeroed; gets the image (the caller frees it), the annotations, and the bound
 *           classes that the image may use (the caller puts them, also after an error)
 * @result: gets the diagnostics
 *
 * Return: 0, -EINVAL diagnostics, -EINTR killed, -ENOMEM, -EIO a bug in the compiler.
 */
int konoha_compile(const u8 *source, size_t len, struct konoha_program *program,
		   struct konoha_buffer *result)
{
	struct job *job = kvzalloc(sizeof(*job), GFP_KERNEL_ACCOUNT);
	int error;

	if (!job)
		return -ENOMEM;
	job->source = source;
	job->len = len;
	error = compile(job, program, result);
	kvfree(job);
	return error;
}

/**
 * konoha_compile_more() - compiles a text that goes on from the images of an isolate
 * @images: all of them, in order; they do not change meanwhile
 * @count: of them; 0: it is the first of a shell
 * @shell: the value of its last expression is shown; otherwise the image's top level gives it
 * @source: the text
 * @len: its bytes
 * @program: as for konoha_compile(); the annotations mean nothing
 * @result: gets the diagnostics; those of an evaluation one a line
 *
 * Return: as konoha_compile().
 */
int konoha_compile_more(const struct konoha_image *images, size_t count, bool shell,
			const u8 *source, size_t len, struct konoha_program *program,
			struct konoha_buffer *result)
{
	struct job *job = kvzalloc(sizeof(*job), GFP_KERNEL_ACCOUNT);
	int error;

	if (!job)
		return -ENOMEM;
	job->kind = shell ? SHELL : EVALUATION;
	job->images = images;
	job->image_count = count;
	job->source = source;
	job->len = len;
	error = compile(job, program, result);
	kvfree(job);
	return error;
}

/**
 * konoha_check_declarations() - checks the declaration of a bound class
 * @before: classes that it may name
 * @text: the declaration
 * @methods: gets "Class.method SIGNATURE[ static]" for each method of all of them, a line each
 * @result: gets the diagnostics
 *
 * Return: 0, -EINVAL diagnostics, -EINTR killed, -ENOMEM, -EIO a bug in the compiler.
 */
int konoha_check_declarations(const struct konoha_bindings *before, const char *text,
			      struct konoha_buffer *methods, struct konoha_buffer *result)
{
	struct job *job = kvzalloc(sizeof(*job), GFP_KERNEL_ACCOUNT);
	int error;

	if (!job)
		return -ENOMEM;
	job->source = (const u8 *)text;
	job->bindings = before;
	job->methods = methods;
	job->result = result;
	error = with_compiler(job, run_declarations);
	kvfree(job);
	return error;
}
