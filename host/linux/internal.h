/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * Objects of konoha.ko, their lifetimes and locks.
 *
 *   konoha_isolate   one loaded script. The registry's list holds a reference,
 *                    and so does each of its devices. After unload it is a
 *                    small shell without an engine that answers -ENODEV.
 *   konoha_engine    the script's VM instance: linear memory and translated
 *                    code's state. Owned by the isolate, freed when no
 *                    activation is left.
 *   konoha_device    what the script registered: a name and method numbers.
 *                    Referenced by its isolate, its node and every open file.
 *   konoha_node      /dev/NAME: struct device and cdev. It points at the
 *                    device that answers an open; replacement switches that.
 *   konoha_file      an open file description of a node.
 *
 *   konoha_activation  one call's record in the engine. A call that waits is
 *                    suspended: it has no frame in the engine and does not
 *                    hold the isolate's lock, so others get in.
 *
 * Locks, outermost first:
 *   script.lock (control.c), shell.lock (shell.c)
 *                        what was written to one open file; held while that is
 *                        loaded or run
 *   konoha_file.read_lock, .write_lock
 *                        the file's buffers and position; held while a read or
 *                        write waits, so one does not block the other
 *   konoha_isolate.lock  held by whoever is inside the isolate's engine
 *   konoha_registry_lock the lists of isolates and device names, minor numbers,
 *                        isolate names and states; never held while waiting
 *                        for a script
 *   konoha_node.lock, konoha_isolate.closing_lock, the log's lock: spinlocks,
 *                        innermost
 *
 * The module stays loaded while a control or device file is open (file
 * operations' owner) and while a request in /proc/konoha is at work.
 */
#ifndef KONOHA_INTERNAL_H
#define KONOHA_INTERNAL_H

#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/wait.h>

#include "wasm-rt.h"
#include "engine-vm.h"

#define KONOHA_MINORS 4096
#define KONOHA_CONTROL_MINORS 3
#define KONOHA_NAME_SIZE 32
#define KONOHA_SOURCE_MAX (1024 * 1024)
#define KONOHA_IO_MAX (64 * 1024)
#define KONOHA_LINE_MAX 240
#define KONOHA_MEMORY_MIN (128 * 1024)

/* Status of vm_run and op_call (docs/abi.md). */
enum konoha_status {
	KONOHA_NORMAL,
	KONOHA_EXCEPTION,
	KONOHA_KILLED,
	KONOHA_WAITING,
	KONOHA_EVALUATES,
	KONOHA_WANTS_NATIVE,
};

/*
 * Why a call that waited goes on, for op_resume; KONOHA_INTERRUPTED to
 * KONOHA_DEADLOCK throw an exception with that errno, the last three are for
 * calls that evaluate. A negative number is no reason but an errno: the
 * call is given up.
 */
enum konoha_reason {
	KONOHA_WOKEN = 0,
	KONOHA_TIME_OVER = 1,
	KONOHA_INTERRUPTED = EINTR,
	KONOHA_WOULD_WAIT = EAGAIN,
	KONOHA_DEADLOCK = EDEADLK,
	KONOHA_HAS_ERRORS = ENOEXEC,
	KONOHA_NO_MEMORY = ENOMEM,
	KONOHA_CANNOT = EOPNOTSUPP,
};

/* The words of an operations record; each but the last two is a method's number. */
enum konoha_handler {
	KONOHA_OPEN,
	KONOHA_READ,
	KONOHA_WRITE,
	KONOHA_CLOSE,
	KONOHA_POLL,
	KONOHA_SEEK,
	KONOHA_IOCTL,	/* 0 or 1: the command says which method */
	KONOHA_HANDLERS,
};

#define KONOHA_OPS_WORDS 8
#define KONOHA_OPS_FLAGS 7
static_assert(KONOHA_HANDLERS == KONOHA_OPS_FLAGS);
#define KONOHA_OPS_STREAM BIT(0)

enum konoha_state {
	KONOHA_LOADING,	/* its name is reserved, nobody can call it */
	KONOHA_LIVE,
	KONOHA_DYING,	/* an unload waits for its lock; calls are refused */
	KONOHA_DEAD,	/* no engine any more */
};

/* The activation's I/O block in linear memory (docs/abi.md). */
struct konoha_io {
	u32 file;
	u32 mode;
	u32 flags;
	u32 nonblock;
	s64 offset;
	u32 in_ptr;
	u32 in_len;
	u32 out_ptr;
	u32 out_len;
	s64 result;
	u32 session;
	u32 whence;
	u32 wait_object;
	u32 count;
	s64 wait_until;
	s64 position;
	u32 eval_ptr;
	u32 eval_len;
};

static_assert(sizeof(struct konoha_io) == 88);

/**
 * struct konoha_buffer - bytes that grow; zeroed is empty
 * @data: kvmalloc'ed, or NULL
 * @len: bytes in use
 * @size: bytes at @data
 */
struct konoha_buffer {
	u8 *data;
	size_t len;
	size_t size;
};

struct konoha_isolate;
struct konoha_native;
struct konoha_bindings;
struct konoha_calls;

/**
 * struct konoha_activation - what the engine keeps of one call
 * @link: in the engine's list of idle ones
 * @act: the engine's number; 0: not made yet
 * @io: its I/O block, inside the engine's memory
 */
struct konoha_activation {
	struct list_head link;
	u32 act;
	struct konoha_io *io;
};

/**
 * struct konoha_waiter - a suspended call
 * @link: in the isolate's list, under its lock
 * @object: the engine's number of what it waits on; 0: nothing notifies it
 * @woken: completed under the isolate's lock
 */
struct konoha_waiter {
	struct list_head link;
	u32 object;
	struct completion woken;
};

/**
 * struct konoha_direct - a handler whose native code is called without the engine (direct.c)
 * @made: the engine's @native_changes when this was made; else it is out of date
 * @tried: how often it was
 * @code: the native code; NULL: it is called through the engine
 * @act: activation whose objects these are
 * @index: of the method
 * @shape: what the handler receives, enum konoha_shape
 * @number: it returns one
 * @frame: the handler's, in linear memory
 * @limit: end of the VM stack there
 * @stream: the OutputStream or InputStream there, or 0
 * @file: the File there, or 0
 */
struct konoha_direct {
	u32 made;
	u32 tried;
	const void *code;
	u32 act;
	u32 index;
	u32 shape;
	bool number;
	u32 frame;
	u32 limit;
	u32 stream;
	u32 file;
};

/* Who was asked for last. Two tasks differ in one of these, whatever number they have. */
struct konoha_caller {
	u64 start;
	kuid_t uid;
	kgid_t gid;
	pid_t pid;
	char comm[TASK_COMM_LEN];
	u32 unused;
};

static_assert(sizeof(struct konoha_caller) == 40);

struct konoha_engine {
	struct w2c_env env;
	w2c_vm vm;
	struct konoha_isolate *isolate;
	struct konoha_activation main;	/* the load's, then that of close handlers */
	struct konoha_activation *spare;	/* for the next call, or NULL */
	struct list_head idle;	/* for further calls at the same time */
	unsigned int idle_count;
	bool loading;		/* devices may be registered */
	int refused;		/* errno of the last registration that failed */
	bool killable;		/* a fatal signal ends the running call */
	const struct konoha_bindings *bindings;	/* those of the load, while it lasts */
	struct konoha_calls *calls;	/* of bound classes; NULL: none so far */
	struct konoha_native *native;	/* code; NULL: none so far */
	u32 native_changes;	/* how often that came or went, and one */
	struct konoha_buffer *shell;	/* gets the output too, while an entry runs, or NULL */
	struct konoha_caller caller;
	u64 caller_stamp;
	u32 line_len;		/* a line of output that has no end yet */
	char line[KONOHA_LINE_MAX];
};

struct konoha_resource;

/**
 * struct konoha_resource_type - a kind of thing that an isolate owns in the kernel
 * @name: for people
 * @release: takes it out of the kernel; may sleep; nobody is inside the
 *           isolate's engine; its lock may be held
 */
struct konoha_resource_type {
	const char *name;
	void (*release)(struct konoha_resource *resource);
};

/* Embedded in the thing. Released in the reverse order of konoha_resource_add(). */
struct konoha_resource {
	struct list_head link;
	const struct konoha_resource_type *type;
};

struct konoha_stats {
	u64 calls;
	u64 errors;
	u64 fuel;
	u64 ns;			/* without waiting; only counted with the parameter `timing` */
	u64 heap_used;		/* as last seen by konoha_isolate_sample() */
};

/**
 * struct konoha_native_stats - native code of a script
 * @methods: that have some
 * @bytes: of it
 * @reasons: methods without, by reason (docs/native-code.md)
 */
struct konoha_native_stats {
	u32 methods;
	u32 reasons[5];
	u64 bytes;
};

/**
 * struct konoha_origin - where a script came from
 * @uid: who loaded it
 * @pid: the loading process
 * @comm: its name
 * @loaded: milliseconds since 1970
 * @sha256: of the source text
 */
struct konoha_origin {
	kuid_t uid;
	pid_t pid;
	char comm[TASK_COMM_LEN];
	s64 loaded;
	u8 sha256[32];
};

/**
 * struct konoha_isolate - a loaded script
 * @ref: shell's references
 * @lock: held while inside @engine
 * @owner: who holds @lock, to refuse a request that would wait for itself
 * @state: enum konoha_state; LIVE and DYING change under the registry lock, DEAD is
 *         set by the one who made it DYING; read without a lock
 * @faulted: the engine trapped; under @lock, read without
 * @has_close: the end of some open file is the engine's business: a close handler,
 *             or state of its own; only ever set, under @lock
 * @quarantined: too many calls in a row have failed; under @lock, read without
 * @failures: calls in a row that ended in a fault of the script; under @lock
 * @waiters: suspended calls; under @lock
 * @suspended: how many suspended calls have yet to come back; changes under @lock
 * @drained: woken when @suspended falls to zero
 * @pollers: whom every notification of the script wakes
 * @engine: NULL once DEAD; under @lock
 * @memory_size: of the linear memory, bytes
 * @op_fuel: units for each operation
 * @stats: under @lock
 * @native: as last seen; under @lock, read without
 * @origin: constant
 * @has_gone: the script took a device away whose node is still there; under @lock
 * @closing: files whose close handler has yet to run; under @closing_lock
 * @log_limit: of what the script may send to the kernel log
 * @error_limit: of exception lines in the kernel log
 * @resources: under the registry lock
 * @link: in the registry; under its lock
 * @replaces: while LOADING: the script whose names this one may take
 * @name: unique in the registry, constant
 */
struct konoha_isolate {
	struct kref ref;
	struct mutex lock;	/* held while inside the engine */
	struct task_struct *owner;
	int state;
	bool faulted;
	bool has_close;
	bool has_gone;
	bool quarantined;
	u32 failures;
	struct konoha_engine *engine;
	struct list_head waiters;
	unsigned int suspended;
	wait_queue_head_t drained;
	wait_queue_head_t pollers;
	u64 memory_size;
	u64 op_fuel;
	struct konoha_stats stats;
	struct konoha_native_stats native;
	struct konoha_origin origin;
	spinlock_t closing_lock;	/* guards the next */
	struct list_head closing;
	struct ratelimit_state log_limit;
	struct ratelimit_state error_limit;
	struct list_head resources;
	struct list_head link;
	struct konoha_isolate *replaces;
	char name[KONOHA_NAME_SIZE];
};

struct konoha_device;
struct konoha_file;

struct konoha_node {
	struct device dev;
	struct cdev cdev;
	spinlock_t lock;	/* guards the next */
	struct konoha_device *device;	/* NULL: gone */
	umode_t mode;
};

/* Commands of a device whose methods are remembered. */
#define KONOHA_COMMANDS 8

/**
 * struct konoha_command - an ioctl that was called
 * @command: its number
 * @method: its method's number for op_call; 0: none is remembered
 * @direct: how that is called
 */
struct konoha_command {
	u32 command;
	u32 method;
	struct konoha_direct direct;
};

/**
 * struct konoha_device - a device object of a script
 * @ref: the isolate's resource list, a node, open files
 * @isolate: referenced
 * @node: NULL while staged, and after its removal; under the registry lock
 * @link: in the registry's names; under its lock
 * @handle: the engine's number for the object
 * @gone: unregistered by the script; under the isolate's lock
 * @stream: the read handler has the streaming form
 * @methods: numbers for op_call by enum konoha_handler; 0: no handler
 * @spare: state for the file that is opened next, or NULL; exchanged atomically
 * @direct: how handlers are called, but ioctls; under the isolate's lock
 * @commands: ioctls, by the low bits of their number; under the isolate's lock
 */
struct konoha_device {
	struct kref ref;
	struct konoha_isolate *isolate;
	struct konoha_node *node;
	struct konoha_resource resource;
	struct list_head link;
	u32 handle;
	bool gone;
	bool stream;
	umode_t mode;
	u32 methods[KONOHA_HANDLERS];
	struct konoha_file *spare;
	struct konoha_direct direct[KONOHA_IOCTL];
	struct konoha_command commands[KONOHA_COMMANDS];
	char name[KONOHA_NAME_SIZE];
};

/**
 * struct konoha_file - an open file description of a script's device
 * @device: referenced
 * @read_lock: guards @out, @stream_pos, @out_pos, @have_out and @advanced
 * @write_lock: guards @in
 * @out: snapshot (short form of read) or what is left over (streaming form)
 * @in: a write's bytes on their way to the handler
 * @stream_pos: bytes delivered so far (streaming form)
 * @out_pos: first byte of @out not delivered yet (streaming form)
 * @have_out: @out holds a snapshot
 * @advanced: some of the snapshot was read
 * @read_waits: a read is suspended, and holds @read_lock
 * @write_waits: a write is suspended, and holds @write_lock
 * @id: the host's number for this description
 * @session: the engine's number for its state, or 0; constant once open
 * @closing: in the isolate's list of that name
 *
 * What stands before @stream_pos is kept for the file that is opened next (@spare of the
 * device); the rest is cleared for it.
 */
struct konoha_file {
	struct konoha_device *device;
	struct mutex read_lock;		/* see above */
	struct mutex write_lock;	/* see above */
	struct konoha_buffer out;
	struct konoha_buffer in;
	loff_t stream_pos;
	u32 out_pos;
	bool have_out;
	bool advanced;
	bool read_waits;
	bool write_waits;
	u32 id;
	u32 mode;
	u32 flags;
	u32 session;
	struct list_head closing;
};

/**
 * struct konoha_call - one call of a handler
 * @device: whose handler
 * @file: the open file on whose behalf
 * @handler: which
 * @in: input, @in_len bytes (at most KONOHA_IO_MAX); NULL: it lies at @from
 * @from: where the caller's input lies: it is read if that needs no page fault
 * @missed: it would have needed one, and the handler has not run
 * @out: gets the handler's output, or NULL: it is dropped
 * @to: where the caller wants it, @to_size bytes, or NULL. If it fits (of an ioctl: if it is
 *      that long) and needs no page fault, it goes there at once, and @out stays empty
 * @to_size: see above
 * @given: bytes that have gone to @to
 * @waits: tells others that the call is suspended, or NULL
 * @count: bytes that a read asks for, or a write brings
 * @flags: the file's O_* flags
 * @offset: the file position in bytes; of a seek: the wanted offset
 * @whence: of a seek
 * @position: of a seek: where the file is
 * @command: of an ioctl
 * @nonblock: the handler may not wait, whatever @flags says
 * @result: what the handler answered (docs/abi.md)
 */
struct konoha_call {
	struct konoha_device *device;
	struct konoha_file *file;
	enum konoha_handler handler;
	const u8 *in;
	const void __user *from;
	u32 in_len;
	bool missed;
	struct konoha_buffer *out;
	void __user *to;
	u32 to_size;
	u32 given;
	bool *waits;
	u32 count;
	u32 flags;
	loff_t offset;
	u32 whence;
	loff_t position;
	u32 command;
	bool nonblock;
	s64 result;
};

/* module.c: parameters */
extern unsigned long konoha_load_fuel;
extern unsigned long konoha_op_fuel;
extern unsigned long konoha_close_fuel;
extern unsigned long konoha_heap;
extern unsigned long konoha_max_heap;
extern unsigned int konoha_max_scripts;
extern unsigned int konoha_log_size;
extern bool konoha_timing;
extern unsigned int konoha_quarantine;
extern unsigned int konoha_jit;

/* What a bound method finds at least on the kernel's stack. */
#define KONOHA_HOST_CALL_STACK (8 * 1024)

/* buffer.c */
int konoha_buffer_reserve(struct konoha_buffer *buffer, size_t size);
int konoha_buffer_append(struct konoha_buffer *buffer, const void *data, size_t len);
__printf(2, 3) void konoha_buffer_printf(struct konoha_buffer *buffer, const char *format, ...);
ssize_t konoha_buffer_take(struct konoha_buffer *buffer, char __user *to, size_t count);
void konoha_buffer_free(struct konoha_buffer *buffer);

/* log.c */
int konoha_log_init(void);
void konoha_log_exit(void);
void konoha_log_line(const char *name, const char *text, size_t len);
int konoha_log_copy(struct konoha_buffer *to);
void konoha_log_script(struct konoha_isolate *isolate, int level, const char *text, size_t len);
void konoha_log_exception(struct konoha_isolate *isolate, const char *where, const char *text,
			  size_t len);

/* isolate.c */
struct konoha_isolate *konoha_isolate_create(u64 memory_size, u64 op_fuel);
void konoha_isolate_sign(struct konoha_isolate *isolate, const u8 *source, size_t len);
void konoha_isolate_get(struct konoha_isolate *isolate);
void konoha_isolate_put(struct konoha_isolate *isolate);
bool konoha_isolates_idle(void);
int konoha_isolate_boot(struct konoha_isolate *isolate, const u8 *image, size_t len,
			struct konoha_buffer *result);
int konoha_isolate_run_last(struct konoha_isolate *isolate, struct konoha_buffer *result);
int konoha_isolate_stop(struct konoha_isolate *isolate, bool killable);
void konoha_isolate_resume(struct konoha_isolate *isolate);
void konoha_isolate_destroy(struct konoha_isolate *isolate);
void konoha_isolate_sample(struct konoha_isolate *isolate);
void konoha_resource_add(struct konoha_isolate *isolate, struct konoha_resource *resource,
			 const struct konoha_resource_type *type);

/* enter.c */
int konoha_enter(struct konoha_call *call);
void konoha_enter_close(struct konoha_file *file);
int konoha_lock(struct konoha_isolate *isolate);
void konoha_leave(struct konoha_isolate *isolate);

static inline bool konoha_is_live(const struct konoha_isolate *isolate)
{
	return READ_ONCE(isolate->state) == KONOHA_LIVE;
}

/**
 * konoha_usable() - whether a script's devices can be used at all
 * @isolate: the isolate
 *
 * Return: 0, -ENODEV it goes or is gone, -EIO its engine has faulted or it is quarantined.
 */
static inline int konoha_usable(const struct konoha_isolate *isolate)
{
	if (unlikely(!konoha_is_live(isolate)))
		return -ENODEV;
	if (unlikely(READ_ONCE(isolate->faulted) || READ_ONCE(isolate->quarantined)))
		return -EIO;
	return 0;
}

/* direct.c */
enum konoha_direct_status {
	KONOHA_DIRECT_REFUSED,	/* nothing has happened */
	KONOHA_DIRECT_MISSED,	/* nothing has, and the call's input is to come in a buffer */
	KONOHA_DIRECT_OVER,	/* all is done */
	KONOHA_DIRECT_SETTLES,	/* the same, but the engine is to end the operation */
	KONOHA_DIRECT_RESULT,	/* the engine is to look at the result, and at all that follows */
	KONOHA_DIRECT_LEFT,	/* the interpreter is to go on */
};

/**
 * struct konoha_direct_run - a call of a handler without the engine
 * @slice: what is left of its slice of fuel
 * @ran: the code has called the engine
 * @error: of taking the output
 * @fuel: what is left of all its fuel, unless the code has left
 * @pc: where it has; 0: the activation says where
 * @frame: and the frame there
 */
struct konoha_direct_run {
	u32 slice;
	bool ran;
	int error;
	u64 fuel;
	u32 pc;
	u32 frame;
};

struct konoha_direct *konoha_direct_of(const struct konoha_call *call);
const struct konoha_direct *konoha_direct_find(const struct konoha_engine *engine, u32 act,
					       const struct konoha_call *call);
void konoha_direct_make(struct konoha_engine *engine, struct konoha_direct *direct, u32 act,
			u32 method);
enum konoha_direct_status konoha_direct_run(struct konoha_engine *engine,
					    const struct konoha_direct *direct,
					    struct konoha_call *call, u64 fuel,
					    struct konoha_direct_run *run);
int konoha_take_output(const struct konoha_engine *engine, u32 at, u32 len,
		       struct konoha_call *call);
bool konoha_take_input(void *to, struct konoha_call *call);

/* outcome.c */
void konoha_end_line(struct konoha_engine *engine);
void konoha_flush_line(struct konoha_engine *engine);
int konoha_take_exception(struct konoha_engine *engine, u32 act, const char *where,
			  struct konoha_buffer *result);
void konoha_fault(struct konoha_isolate *isolate, const char *where);
void konoha_judge(struct konoha_isolate *isolate, bool failed);

/* activation.c */
struct konoha_activation *konoha_activation_get(struct konoha_engine *engine);
int konoha_activation_make(struct konoha_engine *engine, struct konoha_activation *activation);
void konoha_activation_put(struct konoha_engine *engine, struct konoha_activation *activation);
void konoha_activations_free(struct konoha_engine *engine);
int konoha_suspend(struct konoha_isolate *isolate, const struct konoha_activation *activation,
		   bool *waits);
int konoha_sleep(const struct konoha_io *io);
void konoha_notify(struct konoha_isolate *isolate, u32 object);
void konoha_wake_all(struct konoha_isolate *isolate);

/* registry.c */
extern struct mutex konoha_registry_lock;
int konoha_registry_add(struct konoha_isolate *isolate, const char *name, size_t len);
void konoha_registry_remove(struct konoha_isolate *isolate);
struct konoha_isolate *konoha_registry_find(const char *name, size_t len);
bool konoha_registry_advance(struct konoha_isolate *isolate, int from, int to);
int konoha_registry_name_device(struct konoha_device *device, const char *name, size_t len);
void konoha_registry_unname_device(struct konoha_device *device);
int konoha_registry_minor(struct konoha_node *node);
void konoha_registry_drop_minor(unsigned int minor);
int konoha_unload(const char *name, size_t len);
void konoha_unload_all(void);
int konoha_registry_list(struct konoha_buffer *text);
int konoha_registry_stats(struct konoha_buffer *text);
void konoha_registry_destroy(void);
bool konoha_name_valid(const char *name, size_t len);

/* load.c */
int konoha_load(const u8 *source, size_t len, bool replace, struct konoha_buffer *result);

/* compile.c */
struct konoha_program {
	struct konoha_bindings *bindings;	/* that it may use */
	struct konoha_buffer image;
	char name[KONOHA_NAME_SIZE];
	u32 name_len;
	u32 heap;
	u64 fuel;
};

int konoha_compile(const u8 *source, size_t len, struct konoha_program *program,
		   struct konoha_buffer *result);

/* An image of an isolate, in its engine's memory. */
struct konoha_image {
	const u8 *data;
	u32 len;
};

int konoha_compile_more(const struct konoha_image *images, size_t count, bool shell,
			const u8 *source, size_t len, struct konoha_program *program,
			struct konoha_buffer *result);

/* eval.c */
int konoha_evaluate(struct konoha_isolate *isolate, const struct konoha_activation *activation);
int konoha_add_text(struct konoha_isolate *isolate, bool shell, const u8 *text, size_t len,
		    struct konoha_buffer *diagnostics);

/* native.c */
void konoha_native_make(struct konoha_isolate *isolate);
void konoha_native_handlers(struct konoha_isolate *isolate);
const void *konoha_native_code(const struct konoha_engine *engine, u32 index, u32 *slots);
void konoha_native_drop(struct konoha_isolate *isolate, struct konoha_engine *engine);
bool konoha_native_possible(void);
void konoha_native_describe(const struct konoha_isolate *isolate, struct konoha_buffer *text);

/* shell.c */
extern const struct file_operations konoha_shell_fops;

/* bind.c */
int konoha_bindings_init(void);
void konoha_bindings_exit(void);

/* device.c */
extern struct class *konoha_class;
extern dev_t konoha_devt;
int konoha_device_stage(struct konoha_isolate *isolate, u32 handle, const u32 *ops,
			const char *name, size_t len, int mode);
int konoha_device_unstage(struct konoha_isolate *isolate, u32 handle);
void konoha_devices_sweep(struct konoha_isolate *isolate);
int konoha_devices_publish(struct konoha_isolate *isolate, struct konoha_buffer *result);
void konoha_devices_take_over(struct konoha_isolate *isolate, struct konoha_isolate *from);
void konoha_device_get(struct konoha_device *device);
void konoha_device_put(struct konoha_device *device);
struct konoha_device *konoha_device_of(struct konoha_resource *resource);

/* device-file.c */
extern const struct file_operations konoha_device_fops;
int konoha_device_file_init(void);
void konoha_device_file_exit(void);
void konoha_file_drop(struct konoha_file *file);
void konoha_file_free(struct konoha_file *file);
int konoha_file_lock(struct mutex *lock, unsigned int flags, const bool *waits);

/* device-read.c */
ssize_t konoha_device_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos);
loff_t konoha_device_llseek(struct file *filp, loff_t offset, int whence);

/* control.c */
int konoha_control_init(void);
void konoha_control_exit(void);

/* proc.c */
int konoha_proc_init(void);
void konoha_proc_exit(void);
void konoha_status_set(const struct konoha_buffer *text);

/* test-stack.c */
#ifdef KONOHA_TEST
int konoha_test_init(void);
void konoha_test_exit(void);
#else
static inline int konoha_test_init(void)
{
	return 0;
}

static inline void konoha_test_exit(void)
{
}
#endif

/* test-image.c */
#ifdef KONOHA_TEST
int konoha_test_image(const u8 *source, size_t len, struct konoha_program *program);
#else
static inline int konoha_test_image(const u8 *source, size_t len, struct konoha_program *program)
{
	return -ENOENT;
}
#endif

#endif
