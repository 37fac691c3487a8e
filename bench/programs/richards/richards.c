#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B, TASKS };

enum { DATA_SIZE = 4, COUNT = 1000 };

enum kind { KIND_DEVICE, KIND_WORK };

enum { STATE_RUNNING = 0, STATE_RUNNABLE = 1, STATE_SUSPENDED = 2, STATE_HELD = 4 };

struct packet {
	struct packet *link;
	int id;
	enum kind kind;
	int a1;
	int a2[DATA_SIZE];
};

struct scheduler;
struct task;

/** What a task does; the first member of each kind of work. */
struct work {
	struct task *(*run)(struct work *self, struct scheduler *scheduler, struct packet *packet);
};

struct task {
	struct task *link;
	int id;
	int priority;
	struct packet *queue;
	struct work *work;
	int state;
};

struct scheduler {
	long queue_count;
	long hold_count;
	struct task *blocks[TASKS];
	struct task *list;
	struct task *current;
	int current_id;
};

static void *allocated(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		abort();
	return memory;
}

static struct packet *new_packet(struct packet *link, int id, enum kind kind)
{
	struct packet *packet = allocated(sizeof(*packet));

	packet->link = link;
	packet->id = id;
	packet->kind = kind;
	return packet;
}

static struct packet *add_to(struct packet *packet, struct packet *queue)
{
	struct packet *last = queue;

	packet->link = NULL;
	if (!queue)
		return packet;
	while (last->link)
		last = last->link;
	last->link = packet;
	return queue;
}

static bool is_held_or_suspended(const struct task *task)
{
	return (task->state & STATE_HELD) != 0 || task->state == STATE_SUSPENDED;
}

static struct task *run(struct task *task, struct scheduler *scheduler)
{
	struct packet *packet = NULL;

	if (task->state == (STATE_SUSPENDED | STATE_RUNNABLE)) {
		packet = task->queue;
		task->queue = packet->link;
		task->state = task->queue ? STATE_RUNNABLE : STATE_RUNNING;
	}
	return task->work->run(task->work, scheduler, packet);
}

static struct task *check_priority_add(struct task *self, struct task *task, struct packet *packet)
{
	if (!self->queue) {
		self->queue = packet;
		self->state |= STATE_RUNNABLE;
		if (self->priority > task->priority)
			return self;
	} else {
		self->queue = add_to(packet, self->queue);
	}
	return task;
}

static void add_task(struct scheduler *scheduler, int id, int priority, struct packet *queue, struct work *work,
		     bool running)
{
	struct task *task = allocated(sizeof(*task));

	task->link = scheduler->list;
	task->id = id;
	task->priority = priority;
	task->queue = queue;
	task->work = work;
	task->state = queue ? STATE_SUSPENDED | STATE_RUNNABLE : STATE_SUSPENDED;
	scheduler->current = task;
	scheduler->list = task;
	scheduler->blocks[id] = task;
	if (running)
		task->state = STATE_RUNNING;
}

static void schedule(struct scheduler *scheduler)
{
	scheduler->current = scheduler->list;
	while (scheduler->current) {
		if (is_held_or_suspended(scheduler->current)) {
			scheduler->current = scheduler->current->link;
		} else {
			scheduler->current_id = scheduler->current->id;
			scheduler->current = run(scheduler->current, scheduler);
		}
	}
}

static struct task *release(struct scheduler *scheduler, int id)
{
	struct task *task = scheduler->blocks[id];

	if (!task)
		return NULL;
	task->state &= ~STATE_HELD;
	return task->priority > scheduler->current->priority ? task : scheduler->current;
}

static struct task *hold_current(struct scheduler *scheduler)
{
	scheduler->hold_count++;
	scheduler->current->state |= STATE_HELD;
	return scheduler->current->link;
}

static struct task *suspend_current(struct scheduler *scheduler)
{
	scheduler->current->state |= STATE_SUSPENDED;
	return scheduler->current;
}

static struct task *enqueue(struct scheduler *scheduler, struct packet *packet)
{
	struct task *task = scheduler->blocks[packet->id];

	if (!task)
		return NULL;
	scheduler->queue_count++;
	packet->link = NULL;
	packet->id = scheduler->current_id;
	return check_priority_add(task, scheduler->current, packet);
}

struct idle_work {
	struct work work;
	int seed;
	int left;
};

static struct task *run_idle(struct work *work, struct scheduler *scheduler, struct packet *packet)
{
	struct idle_work *self = (struct idle_work *)work;

	(void)packet;
	self->left--;
	if (self->left == 0)
		return hold_current(scheduler);
	if ((self->seed & 1) == 0) {
		self->seed >>= 1;
		return release(scheduler, DEVICE_A);
	}
	self->seed = (self->seed >> 1) ^ 0xD008;
	return release(scheduler, DEVICE_B);
}

static struct work *new_idle_work(int seed, int left)
{
	struct idle_work *self = allocated(sizeof(*self));

	self->work.run = run_idle;
	self->seed = seed;
	self->left = left;
	return &self->work;
}

struct device_work {
	struct work work;
	struct packet *pending;
};

static struct task *run_device(struct work *work, struct scheduler *scheduler, struct packet *packet)
{
	struct device_work *self = (struct device_work *)work;

	if (!packet) {
		struct packet *pending = self->pending;

		if (!pending)
			return suspend_current(scheduler);
		self->pending = NULL;
		return enqueue(scheduler, pending);
	}
	self->pending = packet;
	return hold_current(scheduler);
}

static struct work *new_device_work(void)
{
	struct device_work *self = allocated(sizeof(*self));

	self->work.run = run_device;
	return &self->work;
}

struct worker_work {
	struct work work;
	int handler;
	int letter;
};

static struct task *run_worker(struct work *work, struct scheduler *scheduler, struct packet *packet)
{
	struct worker_work *self = (struct worker_work *)work;

	if (!packet)
		return suspend_current(scheduler);
	self->handler = self->handler == HANDLER_A ? HANDLER_B : HANDLER_A;
	packet->id = self->handler;
	packet->a1 = 0;
	for (int i = 0; i < DATA_SIZE; i++) {
		self->letter++;
		if (self->letter > 26)
			self->letter = 1;
		packet->a2[i] = self->letter;
	}
	return enqueue(scheduler, packet);
}

static struct work *new_worker_work(int handler, int letter)
{
	struct worker_work *self = allocated(sizeof(*self));

	self->work.run = run_worker;
	self->handler = handler;
	self->letter = letter;
	return &self->work;
}

struct handler_work {
	struct work work;
	struct packet *works;
	struct packet *devices;
};

static struct task *run_handler(struct work *base, struct scheduler *scheduler, struct packet *packet)
{
	struct handler_work *self = (struct handler_work *)base;
	struct packet *work;

	if (packet) {
		if (packet->kind == KIND_WORK)
			self->works = add_to(packet, self->works);
		else
			self->devices = add_to(packet, self->devices);
	}
	work = self->works;
	if (work) {
		int count = work->a1;

		if (count < DATA_SIZE) {
			struct packet *device = self->devices;

			if (device) {
				self->devices = device->link;
				device->a1 = work->a2[count];
				work->a1 = count + 1;
				return enqueue(scheduler, device);
			}
		} else {
			self->works = work->link;
			return enqueue(scheduler, work);
		}
	}
	return suspend_current(scheduler);
}

static struct work *new_handler_work(void)
{
	struct handler_work *self = allocated(sizeof(*self));

	self->work.run = run_handler;
	return &self->work;
}

static struct packet *three(int id, enum kind kind)
{
	return new_packet(new_packet(new_packet(NULL, id, kind), id, kind), id, kind);
}

static void free_packets(struct packet *packet)
{
	while (packet) {
		struct packet *next = packet->link;

		free(packet);
		packet = next;
	}
}

/** Frees the tasks, what they work with, and the packets. A device's pending one still links to what waits behind it. */
static void free_tasks(struct scheduler *scheduler)
{
	for (int id = 0; id < TASKS; id++) {
		struct task *task = scheduler->blocks[id];

		free_packets(task->queue);
		if (task->work->run == run_device)
			free(((struct device_work *)task->work)->pending);
		if (task->work->run == run_handler) {
			free_packets(((struct handler_work *)task->work)->works);
			free_packets(((struct handler_work *)task->work)->devices);
		}
		free(task->work);
		free(task);
	}
}

static long counts_of_one_run(void)
{
	struct scheduler scheduler = { 0 };
	struct packet *works = new_packet(new_packet(NULL, WORKER, KIND_WORK), WORKER, KIND_WORK);

	add_task(&scheduler, IDLE, 0, NULL, new_idle_work(1, COUNT), true);
	add_task(&scheduler, WORKER, 1000, works, new_worker_work(HANDLER_A, 0), false);
	add_task(&scheduler, HANDLER_A, 2000, three(DEVICE_A, KIND_DEVICE), new_handler_work(), false);
	add_task(&scheduler, HANDLER_B, 3000, three(DEVICE_B, KIND_DEVICE), new_handler_work(), false);
	add_task(&scheduler, DEVICE_A, 4000, NULL, new_device_work(), false);
	add_task(&scheduler, DEVICE_B, 5000, NULL, new_device_work(), false);
	schedule(&scheduler);
	free_tasks(&scheduler);
	return scheduler.queue_count * 10000 + scheduler.hold_count;
}

int main(int argc, char **argv)
{
	long rounds = atol(argv[1]);
	long total = 0;

	(void)argc;
	for (long round = 0; round < rounds; round++)
		total += counts_of_one_run();
	printf("%ld\n", total);
	return 0;
}
