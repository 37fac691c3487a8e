// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * From a system call straight into a handler's native code.
 *
 * The engine says once, in a plan, what the handler receives and where that lies; it is
 * believed only as far as its addresses lie in linear memory. From then on a call
 * writes the handler's arguments there, runs the code, and takes the result from
 * there. The engine is entered if the code calls it, leaves for the interpreter, or
 * the handler has kept one of its objects; what comes of the call is the same.
 *
 * Here is done what engine/vm/handlers.ts does in runOperation() and endOperation();
 * where things lie is in docs/abi.md.
 */
#include <linux/instrumented.h>
#include <linux/minmax.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "native.h"

/* Of an activation. */
#define ACTIVATION_FUEL 32
#define ACTIVATION_OUTPUT 56
#define ACTIVATION_INPUT 60
#define ACTIVATION_FILE 64
#define ACTIVATION_INPUT_BYTES 68
#define ACTIVATION_BYTES 192

/* A larger buffer is not kept by an activation; the engine drops it. */
#define KEPT_BUFFER 5120
/* How often a plan is made while the native code stays the same. */
#define TRIES_MAX 16

enum konoha_shape {
	SHAPE_OUT = 1,
	SHAPE_IN = 2,
	SHAPE_FILE = 4,
	SHAPE_SESSION = 16,
};

#define METHOD_RESULT_INT 4

struct plan {
	u32 frame;
	u32 limit;
	u32 shape;
	u32 flags;
	u32 stream;
	u32 file;
};

struct object {
	u32 class_and_flags;
	u32 count;	/* references from the heap */
	u32 link;
	u32 size;
};

struct output_stream {
	struct object object;
	s64 fd;
	s64 length;
	u64 buffer;
};

struct input_stream {
	struct object object;
	s64 fd;
	s64 position;
	s64 length;
	u64 buffer;
};

struct file_object {
	struct object object;
	s64 id;
	s64 mode;
	s64 flags;
	s64 offset;
	s64 nonblock;
	s64 count;
};

struct bytes_object {
	struct object object;
	u32 capacity;
	u32 length;
	u8 data[];
};

#define BYTES_DATA offsetof(struct bytes_object, data)
#define STRING_DATA 28

static_assert(BYTES_DATA == 24);

/* Of an object's first word: it is a bytes object. */
#define IS_BYTES BIT(16)

/* What @at stands for; its place was looked at when the plan was made. */
static void *place(const struct konoha_engine *engine, u32 at)
{
	return engine->vm.w2c_memory.data + at;
}

static u32 word_of(const struct konoha_engine *engine, u32 act, u32 offset)
{
	return READ_ONCE(*(u32 *)place(engine, act + offset));
}

/* A bytes object with room for @len bytes, or NULL. */
static struct bytes_object *bytes_at(const struct konoha_engine *engine, u32 at, u32 len)
{
	struct bytes_object *bytes = wasm_rt_range(&engine->vm.w2c_memory, at, sizeof(*bytes));

	if (!at || !bytes || !IS_ALIGNED(at, 8))
		return NULL;
	return wasm_rt_range(&engine->vm.w2c_memory, at, sizeof(*bytes) + len);
}

static bool is_range(const struct konoha_engine *engine, u32 at, u32 len)
{
	return at && IS_ALIGNED(at, 8) && wasm_rt_range(&engine->vm.w2c_memory, at, len);
}

/* Makes @direct of the plan; false: the handler is called through the engine. */
static bool follow(const struct konoha_engine *engine, struct konoha_direct *direct, u32 act,
		   u32 method, const struct plan *plan)
{
	u32 slots, arguments = 1;

	direct->code = konoha_native_code(engine, method - 1, &slots);
	if (!direct->code)
		return false;
	direct->act = act;
	direct->index = method - 1;
	direct->shape = plan->shape;
	direct->number = plan->flags & METHOD_RESULT_INT;
	direct->frame = plan->frame;
	direct->limit = min_t(u64, plan->limit, engine->vm.w2c_memory.size);
	direct->stream = plan->stream;
	direct->file = plan->file;
	arguments += !!(plan->shape & (SHAPE_OUT | SHAPE_IN));
	arguments += !!(plan->shape & SHAPE_FILE);
	arguments += !!(plan->shape & SHAPE_SESSION);
	if (slots < arguments || plan->frame < 16 || !is_range(engine, act, ACTIVATION_BYTES) ||
	    !is_range(engine, plan->frame, slots * 8) ||
	    (u64)plan->frame + slots * 8 > direct->limit)
		return false;
	if ((plan->shape & SHAPE_OUT) &&
	    !is_range(engine, plan->stream, sizeof(struct output_stream)))
		return false;
	if ((plan->shape & SHAPE_IN) &&
	    !is_range(engine, plan->stream, sizeof(struct input_stream)))
		return false;
	return !(plan->shape & SHAPE_FILE) ||
	       is_range(engine, plan->file, sizeof(struct file_object));
}

struct making {
	struct konoha_engine *engine;
	u32 act;
	u32 method;
	struct plan plan;
	bool made;
};

/* Inside wasm_rt_run(). */
static int get_plan(void *arg)
{
	struct making *making = arg;
	struct konoha_engine *engine = making->engine;
	u32 at = w2c_vm_op_plan(&engine->vm, making->act, making->method);
	const void *plan = wasm_rt_range(&engine->vm.w2c_memory, at, sizeof(making->plan));

	if (at && plan) {
		memcpy(&making->plan, plan, sizeof(making->plan));
		making->made = true;
	}
	return 0;
}

/**
 * konoha_direct_make() - finds out how a handler that has run is to be called from now on
 * @engine: its isolate's lock is held, nobody is inside
 * @direct: what is known of it
 * @act: activation that it has run in, and that is idle now
 * @method: its number for op_call
 *
 * A trap of the engine is in its env.
 */
void konoha_direct_make(struct konoha_engine *engine, struct konoha_direct *direct, u32 act,
			u32 method)
{
	struct making making = { .engine = engine, .act = act, .method = method };
	u32 slots;

	if (direct->made != engine->native_changes) {
		direct->made = engine->native_changes;
		direct->tried = 0;
	}
	direct->code = NULL;
	if (!konoha_native_code(engine, method - 1, &slots) || direct->tried == TRIES_MAX)
		return;
	direct->tried++;
	if (wasm_rt_run(&engine->env, get_plan, &making) || !making.made ||
	    !follow(engine, direct, act, method, &making.plan))
		direct->code = NULL;
}

/*
 * Copies without the kernel's look at what lies at @bytes, which wants to know the object
 * there: the range has been found to lie in linear memory, which is one.
 */
static unsigned long copy_out(void __user *to, const u8 *bytes, u32 len)
{
	unsigned long left;

	if (!access_ok(to, len))
		return len;
	pagefault_disable();
	instrument_copy_to_user(to, bytes, len);
	left = raw_copy_to_user(to, bytes, len);
	pagefault_enable();
	return left;
}

static unsigned long copy_in(u8 *bytes, const void __user *from, u32 len)
{
	unsigned long left;

	if (!access_ok(from, len))
		return len;
	pagefault_disable();
	instrument_copy_from_user_before(bytes, from, len);
	left = raw_copy_from_user(bytes, from, len);
	instrument_copy_from_user_after(bytes, from, len, left);
	pagefault_enable();
	return left;
}

/**
 * konoha_take_output() - hands a handler's output to the caller, or to a buffer
 * @engine: its isolate's lock is held
 * @at: where the engine says that it lies
 * @len: how much it says there is
 * @call: whose output it is
 *
 * Return: 0, -EIO the engine's answer is absurd, -ENOMEM.
 */
int konoha_take_output(const struct konoha_engine *engine, u32 at, u32 len,
		       struct konoha_call *call)
{
	const u8 *bytes = wasm_rt_range(&engine->vm.w2c_memory, at, len);
	struct konoha_buffer *out = call->out;
	int error;

	if (!bytes || len > KONOHA_IO_MAX)
		return -EIO;
	out->len = 0;
	if (!len)
		return 0;
	/* An ioctl's is as long as its struct. */
	if (call->to && len <= call->to_size &&
	    (call->handler != KONOHA_IOCTL || len == call->to_size) &&
	    !copy_out(call->to, bytes, len)) {
		call->given = len;
		return 0;
	}
	error = konoha_buffer_reserve(out, len);
	if (error)
		return error;
	wasm_rt_copy(out->data, bytes, len);
	out->len = len;
	return 0;
}

/**
 * konoha_take_input() - brings the caller's input to where the engine wants it
 * @to: @call->in_len bytes of linear memory
 * @call: whose input it is; @call->missed says if it is to come again, in a buffer
 *
 * Return: false: that is so.
 */
bool konoha_take_input(void *to, struct konoha_call *call)
{
	if (call->in)
		wasm_rt_copy(to, call->in, call->in_len);
	else
		call->missed = copy_in(to, call->from, call->in_len);
	return !call->missed;
}

/* Brings the input to the buffer that the stream has; false: there is none, or @call->missed. */
static bool pass_input(struct konoha_engine *engine, const struct konoha_direct *direct,
		       struct konoha_call *call)
{
	struct input_stream *stream = place(engine, direct->stream);
	u32 at = word_of(engine, direct->act, ACTIVATION_INPUT_BYTES);
	struct bytes_object *bytes = bytes_at(engine, at, call->in_len);

	if (!bytes || stream->buffer != at || bytes->capacity < call->in_len)
		return false;
	if (call->in_len && !konoha_take_input(bytes->data, call))
		return false;
	stream->position = 0;
	stream->length = call->in_len;
	return true;
}

static void pass_file(struct file_object *file, const struct konoha_call *call)
{
	file->id = call->file->id;
	file->mode = call->file->mode;
	file->flags = call->flags;
	file->offset = call->offset;
	file->nonblock = !!(call->flags & O_NONBLOCK);
	file->count = call->count;
}

/* Is what the activation keeps for the handler what the plan says? */
static bool is_kept(const struct konoha_engine *engine, const struct konoha_direct *direct)
{
	u32 act = direct->act;

	if ((direct->shape & SHAPE_OUT) &&
	    word_of(engine, act, ACTIVATION_OUTPUT) != direct->stream)
		return false;
	if ((direct->shape & SHAPE_IN) && word_of(engine, act, ACTIVATION_INPUT) != direct->stream)
		return false;
	return !(direct->shape & SHAPE_FILE) ||
	       word_of(engine, act, ACTIVATION_FILE) == direct->file;
}

/**
 * konoha_direct_of() - what is known of how to call a handler
 * @call: its device's isolate is locked
 *
 * Return: it may be out of date; NULL: an ioctl that is not remembered.
 */
struct konoha_direct *konoha_direct_of(const struct konoha_call *call)
{
	struct konoha_device *device = call->device;
	struct konoha_command *command;

	if (call->handler != KONOHA_IOCTL)
		return &device->direct[call->handler];
	command = &device->commands[call->command % KONOHA_COMMANDS];
	return command->command == call->command && command->method ? &command->direct : NULL;
}

/**
 * konoha_direct_find() - how a handler can be called without the engine
 * @engine: its isolate's lock is held, nobody is inside
 * @act: activation for the call
 * @call: the call
 *
 * Return: NULL: it cannot now.
 */
const struct konoha_direct *konoha_direct_find(const struct konoha_engine *engine, u32 act,
					       const struct konoha_call *call)
{
	const struct konoha_direct *direct = konoha_direct_of(call);

	if (!direct || !direct->code || direct->made != engine->native_changes ||
	    direct->act != act || !is_kept(engine, direct))
		return NULL;
	return direct;
}

/* The window and the arguments; false: nothing but input has been written. */
static bool pass(struct konoha_engine *engine, const struct konoha_direct *direct,
		 struct konoha_call *call)
{
	u64 *slot = place(engine, direct->frame);

	if ((direct->shape & SHAPE_IN) && !pass_input(engine, direct, call))
		return false;
	slot[-2] = 0;
	slot[-1] = direct->index;
	*slot++ = call->device->handle;
	if (direct->shape & (SHAPE_OUT | SHAPE_IN))
		*slot++ = direct->stream;
	if (direct->shape & SHAPE_FILE) {
		pass_file(place(engine, direct->file), call);
		*slot++ = direct->file;
	}
	if (direct->shape & SHAPE_SESSION)
		*slot++ = call->file->session;
	return true;
}

/* Would the activation keep that buffer? */
static bool is_small(const struct konoha_engine *engine, u32 at)
{
	const struct bytes_object *bytes;

	if (!at)
		return true;
	bytes = bytes_at(engine, at, 0);
	return bytes && (bytes->object.class_and_flags & IS_BYTES) &&
	       bytes->capacity <= KEPT_BUFFER;
}

/* The handler's number; false: the engine is to look at it. */
static bool take_number(const struct konoha_engine *engine, const struct konoha_direct *direct,
			struct konoha_call *call)
{
	const s64 *window = place(engine, direct->frame - 16);
	s64 most = call->handler == KONOHA_WRITE ? call->in_len : S32_MAX;

	if (!direct->number) {
		call->result = direct->shape & SHAPE_IN ? call->in_len : 0;
		return true;
	}
	call->result = *window;
	return call->handler < KONOHA_WRITE || call->handler == KONOHA_CLOSE ||
	       (call->result >= 0 && call->result <= most);
}

/* Takes the output and empties the stream; false: the engine is to end the operation. */
static bool end_output(struct konoha_engine *engine, const struct konoha_direct *direct,
		       struct konoha_call *call, int *error)
{
	struct output_stream *stream = place(engine, direct->stream);
	const struct object *buffer = wasm_rt_range(&engine->vm.w2c_memory, stream->buffer,
						    sizeof(*buffer));
	u32 len = stream->buffer ? min_t(u64, stream->length, KONOHA_IO_MAX) : 0;
	u32 at = stream->buffer + STRING_DATA;

	if (buffer && (buffer->class_and_flags & IS_BYTES))
		at = stream->buffer + BYTES_DATA;
	if (call->out)
		*error = konoha_take_output(engine, at, len, call);
	stream->length = 0;
	return !stream->object.count && is_small(engine, stream->buffer);
}

static bool end_input(struct konoha_engine *engine, const struct konoha_direct *direct)
{
	struct input_stream *stream = place(engine, direct->stream);

	stream->position = 0;
	stream->length = 0;
	return !stream->object.count && is_small(engine, stream->buffer);
}

static bool end_file(struct konoha_engine *engine, const struct konoha_direct *direct)
{
	const struct file_object *file = place(engine, direct->file);

	return !file->object.count;
}

/* Calls the code; the rest as konoha_direct_run(). */
static enum konoha_direct_status run_code(struct konoha_engine *engine,
					  const struct konoha_direct *direct,
					  struct konoha_direct_run *run)
{
	struct konoha_native *native = engine->native;
	u64 (*code)(u64 fp, u64 fuel, u64 entry, u64 unused4, u64 unused5) = direct->code;
	u64 data = (u64)engine->vm.w2c_memory.data;
	unsigned long limit = wasm_rt_stack_limit();
	u32 levels;
	s64 fuel;

	if (unlikely(current_stack_pointer < limit + RUN_STACK))
		return KONOHA_DIRECT_REFUSED;
	native->act = direct->act;
	native->raised = false;
	native->ran = false;
	levels = levels_left(native, limit, direct->frame, direct->limit);
	fuel = code(data + direct->frame, fuel_field(run->slice) | (KIR_LEVELS_MAX - levels),
		    0, 0, 0);
	run->ran = native->ran;
	if (likely(fuel >= 0 && !native->raised)) {
		run->slice = fuel_left(fuel);
		return KONOHA_DIRECT_OVER;
	}
	run->slice = fuel_left(native->exit.fuel);
	run->pc = native->raised ? 0 : native->exit.pc;
	run->frame = native->raised ? 0 : native->exit.fp - data;
	return KONOHA_DIRECT_LEFT;
}

/**
 * konoha_direct_run() - calls a handler without the engine
 * @engine: its isolate's lock is held, nobody is inside
 * @direct: of konoha_direct_find()
 * @call: the call
 * @fuel: for it
 * @run: gets what is to be known of it
 *
 * After a trap of the engine, which the code has called, @engine->env.trap says so, and
 * the rest is worth nothing.
 *
 * Return: see there.
 */
enum konoha_direct_status konoha_direct_run(struct konoha_engine *engine,
					    const struct konoha_direct *direct,
					    struct konoha_call *call, u64 fuel,
					    struct konoha_direct_run *run)
{
	s64 *behind = place(engine, direct->act + ACTIVATION_FUEL);
	u32 slice = min_t(u64, fuel, KIR_FUEL_MAX);
	enum konoha_direct_status status;
	bool over = true;

	run->ran = false;
	if (slice <= KIR_FUEL_KEPT || ((direct->shape & SHAPE_SESSION) && !call->file->session))
		return KONOHA_DIRECT_REFUSED;
	if (!pass(engine, direct, call))
		return call->missed ? KONOHA_DIRECT_MISSED : KONOHA_DIRECT_REFUSED;
	*behind = fuel - slice;
	run->slice = slice;
	run->error = 0;
	status = run_code(engine, direct, run);
	if (unlikely(status != KONOHA_DIRECT_OVER))
		return status;
	/* What the runtime charges may be more than the slice. */
	run->fuel = min_t(u64, max_t(s64, *behind, 0) + run->slice, fuel);
	if (unlikely(!take_number(engine, direct, call)))
		return KONOHA_DIRECT_RESULT;
	if (direct->shape & SHAPE_OUT)
		over = end_output(engine, direct, call, &run->error);
	else if (direct->shape & SHAPE_IN)
		over = end_input(engine, direct);
	if (direct->shape & SHAPE_FILE)
		over &= end_file(engine, direct);
	return likely(over && !run->ran) ? KONOHA_DIRECT_OVER : KONOHA_DIRECT_SETTLES;
}
