// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * The registry: which scripts are loaded, which device names and minor numbers
 * are taken. A name is taken from the moment it is asked for until its node is
 * out of /dev.
 */
#include <linux/cred.h>
#include <linux/ctype.h>
#include <linux/idr.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/user_namespace.h>

#include "internal.h"

/* Guards all below, and what internal.h says. */
DEFINE_MUTEX(konoha_registry_lock);

static LIST_HEAD(isolates);
static LIST_HEAD(devices);
static unsigned int isolate_count;
static DEFINE_IDR(minors);

/**
 * konoha_name_valid() - whether a name may be a script's or a device's
 * @name: the name, not terminated
 * @len: its bytes
 *
 * Return: true for 1 to 31 of A-Z a-z 0-9 _ - and (not first) the dot.
 */
bool konoha_name_valid(const char *name, size_t len)
{
	size_t i;

	if (!len || len >= KONOHA_NAME_SIZE || name[0] == '.' || name[0] == '-')
		return false;
	for (i = 0; i < len; i++)
		if (!isascii(name[i]) || (!isalnum(name[i]) && !strchr("_-.", name[i])))
			return false;
	return true;
}

static bool name_is(const char *have, const char *name, size_t len)
{
	return strlen(have) == len && !memcmp(have, name, len);
}

static struct konoha_isolate *find_isolate_locked(const char *name, size_t len,
						  const struct konoha_isolate *except)
{
	struct konoha_isolate *isolate;

	list_for_each_entry(isolate, &isolates, link)
		if (isolate != except && name_is(isolate->name, name, len))
			return isolate;
	return NULL;
}

/* The control files are devices of the same class. */
static bool is_control(const char *name, size_t len)
{
	return name_is("konoha", name, len) || name_is("konoha-replace", name, len);
}

static bool device_taken_locked(const char *name, size_t len, const struct konoha_isolate *except)
{
	struct konoha_device *device;

	if (is_control(name, len))
		return true;
	list_for_each_entry(device, &devices, link)
		if (device->isolate != except && name_is(device->name, name, len))
			return true;
	return false;
}

/* The first of konoha0, konoha1, ... that is neither a script's nor a device's. */
static void free_name_locked(char *name)
{
	unsigned int number = 0;
	int len;

	do {
		len = scnprintf(name, KONOHA_NAME_SIZE, "konoha%u", number++);
	} while (find_isolate_locked(name, len, NULL) || device_taken_locked(name, len, NULL));
}

/**
 * konoha_registry_add() - takes a script's name
 * @isolate: LOADING; the list gets a reference
 * @name: its @Name, or nothing: the registry finds one (konoha0 ...)
 * @len: bytes of @name
 *
 * Return: 0, -EINVAL bad name, -EEXIST taken, -ENOSPC `max_scripts` are loaded.
 */
int konoha_registry_add(struct konoha_isolate *isolate, const char *name, size_t len)
{
	int error = 0;

	if (len && !konoha_name_valid(name, len))
		return -EINVAL;
	mutex_lock(&konoha_registry_lock);
	if (isolate_count >= READ_ONCE(konoha_max_scripts)) {
		error = -ENOSPC;
	} else if (len && find_isolate_locked(name, len, isolate->replaces)) {
		error = -EEXIST;
	} else {
		if (len)
			memcpy(isolate->name, name, len);
		else
			free_name_locked(isolate->name);
		konoha_isolate_get(isolate);
		list_add_tail(&isolate->link, &isolates);
		isolate_count++;
	}
	mutex_unlock(&konoha_registry_lock);
	return error;
}

/**
 * konoha_registry_remove() - gives a script's name back
 * @isolate: added or not; the list's reference is dropped
 */
void konoha_registry_remove(struct konoha_isolate *isolate)
{
	bool listed;

	mutex_lock(&konoha_registry_lock);
	listed = !list_empty(&isolate->link);
	if (listed) {
		list_del_init(&isolate->link);
		isolate_count--;
	}
	mutex_unlock(&konoha_registry_lock);
	if (listed)
		konoha_isolate_put(isolate);
}

/**
 * konoha_registry_find() - the live script of a name
 * @name: the name, not terminated
 * @len: its bytes
 *
 * Return: the isolate, referenced for the caller; NULL: none.
 */
struct konoha_isolate *konoha_registry_find(const char *name, size_t len)
{
	struct konoha_isolate *isolate, *found = NULL;

	mutex_lock(&konoha_registry_lock);
	list_for_each_entry(isolate, &isolates, link) {
		if (isolate->state == KONOHA_LIVE && name_is(isolate->name, name, len)) {
			konoha_isolate_get(isolate);
			found = isolate;
			break;
		}
	}
	mutex_unlock(&konoha_registry_lock);
	return found;
}

/**
 * konoha_registry_advance() - changes an isolate's state
 * @isolate: the isolate
 * @from: enum konoha_state that it must have
 * @to: the new one
 *
 * Return: false if it was not in state @from (someone else unloads it).
 */
bool konoha_registry_advance(struct konoha_isolate *isolate, int from, int to)
{
	bool ok;

	mutex_lock(&konoha_registry_lock);
	ok = isolate->state == from;
	if (ok)
		WRITE_ONCE(isolate->state, to);
	mutex_unlock(&konoha_registry_lock);
	return ok;
}

/**
 * konoha_registry_name_device() - takes a device's name
 * @device: of an isolate in the registry; joins the list of names
 * @name: wanted, or nothing: the script's name if that is free, else konoha<N>
 * @len: bytes of @name
 *
 * The registry lock is held.
 *
 * Return: 0, -EINVAL bad name, -EEXIST taken.
 */
int konoha_registry_name_device(struct konoha_device *device, const char *name, size_t len)
{
	struct konoha_isolate *isolate = device->isolate;
	struct konoha_device *other;

	lockdep_assert_held(&konoha_registry_lock);
	if (len && !konoha_name_valid(name, len))
		return -EINVAL;
	if (!len) {
		name = isolate->name;
		len = strlen(name);
		list_for_each_entry(other, &devices, link)
			if (other->isolate == isolate && name_is(other->name, name, len))
				len = 0;
	}
	if (!len) {
		free_name_locked(device->name);
	} else {
		list_for_each_entry(other, &devices, link)
			if (other->isolate == isolate && name_is(other->name, name, len))
				return -EEXIST;
		if (device_taken_locked(name, len, isolate->replaces))
			return -EEXIST;
		memcpy(device->name, name, len);
	}
	list_add_tail(&device->link, &devices);
	return 0;
}

/**
 * konoha_registry_unname_device() - gives a device's name back
 * @device: named; the registry lock is held
 */
void konoha_registry_unname_device(struct konoha_device *device)
{
	lockdep_assert_held(&konoha_registry_lock);
	list_del_init(&device->link);
}

/**
 * konoha_registry_minor() - takes a minor number
 * @node: who gets it
 *
 * Numbers go round, so that one just given back is not at once another's.
 *
 * Return: the number, -ENOSPC or -ENOMEM.
 */
int konoha_registry_minor(struct konoha_node *node)
{
	int minor;

	mutex_lock(&konoha_registry_lock);
	minor = idr_alloc_cyclic(&minors, node, KONOHA_CONTROL_MINORS, KONOHA_MINORS, GFP_KERNEL);
	mutex_unlock(&konoha_registry_lock);
	return minor;
}

void konoha_registry_drop_minor(unsigned int minor)
{
	mutex_lock(&konoha_registry_lock);
	idr_remove(&minors, minor);
	mutex_unlock(&konoha_registry_lock);
}

/**
 * konoha_unload() - unloads a script by name
 * @name: the script's name, not terminated
 * @len: its bytes
 *
 * Waits until no call is inside. Open files then answer -ENODEV.
 *
 * Return: 0, -ENOENT, -EBUSY (it is loading, or someone else unloads it),
 * -EDEADLK (called from inside the script), -EINTR (killed: it stays loaded).
 */
int konoha_unload(const char *name, size_t len)
{
	struct konoha_isolate *isolate;
	int error = 0;

	mutex_lock(&konoha_registry_lock);
	isolate = find_isolate_locked(name, len, NULL);
	if (!isolate)
		error = -ENOENT;
	else if (isolate->state != KONOHA_LIVE)
		error = -EBUSY;
	else if (READ_ONCE(isolate->owner) == current)
		error = -EDEADLK;
	if (error) {
		mutex_unlock(&konoha_registry_lock);
		return error;
	}
	WRITE_ONCE(isolate->state, KONOHA_DYING);
	konoha_isolate_get(isolate);
	mutex_unlock(&konoha_registry_lock);

	error = konoha_isolate_stop(isolate, true);
	if (error) {
		konoha_registry_advance(isolate, KONOHA_DYING, KONOHA_LIVE);
	} else {
		konoha_isolate_destroy(isolate);
		konoha_log_line(isolate->name, "unloaded", 8);
	}
	konoha_isolate_put(isolate);
	return error;
}

/**
 * konoha_unload_all() - unloads every script: the module goes
 *
 * No file is open, no request at work and no new one possible.
 */
void konoha_unload_all(void)
{
	struct konoha_isolate *isolate;

	for (;;) {
		mutex_lock(&konoha_registry_lock);
		isolate = list_first_entry_or_null(&isolates, struct konoha_isolate, link);
		if (isolate) {
			WRITE_ONCE(isolate->state, KONOHA_DYING);
			konoha_isolate_get(isolate);
		}
		mutex_unlock(&konoha_registry_lock);
		if (!isolate)
			return;
		konoha_isolate_stop(isolate, false);
		konoha_isolate_destroy(isolate);
		konoha_isolate_put(isolate);
	}
}

static const char *state_name(const struct konoha_isolate *isolate)
{
	static const char *const names[] = { "loading", "live", "dying", "dead" };

	if (READ_ONCE(isolate->faulted))
		return "faulted";
	if (READ_ONCE(isolate->quarantined))
		return "quarantined";
	return names[READ_ONCE(isolate->state)];
}

static void list_devices(struct konoha_isolate *isolate, struct konoha_buffer *text)
{
	struct konoha_resource *resource;
	const char *separator = "";

	mutex_lock(&konoha_registry_lock);
	list_for_each_entry(resource, &isolate->resources, link) {
		konoha_buffer_printf(text, "%s%s", separator, konoha_device_of(resource)->name);
		separator = ",";
	}
	mutex_unlock(&konoha_registry_lock);
	if (!*separator)
		konoha_buffer_append(text, "-", 1);
}

static void list_isolate(struct konoha_isolate *isolate, struct konoha_buffer *text)
{
	const struct konoha_stats *stats = &isolate->stats;

	konoha_buffer_printf(text, "%s %s ", isolate->name, state_name(isolate));
	list_devices(isolate, text);
	konoha_buffer_printf(text, " heap %llu/%llu calls %llu errors %llu fuel %llu",
			     stats->heap_used, isolate->memory_size, stats->calls, stats->errors,
			     stats->fuel);
	if (stats->ns)
		konoha_buffer_printf(text, " ns %llu", stats->ns);
	konoha_buffer_append(text, "\n", 1);
}

/* Tab-separated, for programs: docs/abi.md lists the fields. */
static void list_stats(struct konoha_isolate *isolate, struct konoha_buffer *text)
{
	const struct konoha_stats *stats = &isolate->stats;
	const struct konoha_origin *origin = &isolate->origin;

	konoha_buffer_printf(text, "name=%s\tstate=%s\tdevices=", isolate->name,
			     state_name(isolate));
	list_devices(isolate, text);
	konoha_buffer_printf(text,
			     "\theap_used=%llu\theap_size=%llu\tcalls=%llu\terrors=%llu\tfuel=%llu\tns=%llu",
			     stats->heap_used, isolate->memory_size, stats->calls, stats->errors,
			     stats->fuel, stats->ns);
	konoha_buffer_printf(text, "\tuid=%u\tpid=%d\tcomm=%*pE\tloaded=%lld\tsha256=%*phN",
			     from_kuid_munged(current_user_ns(), origin->uid), origin->pid,
			     (int)strlen(origin->comm), origin->comm, origin->loaded,
			     (int)sizeof(origin->sha256), origin->sha256);
	konoha_buffer_printf(text, "\twaiting=%u\tquarantined=%d",
			     READ_ONCE(isolate->suspended), READ_ONCE(isolate->quarantined));
	konoha_native_describe(isolate, text);
	konoha_buffer_append(text, "\n", 1);
}

static int list(struct konoha_buffer *text,
		void (*describe)(struct konoha_isolate *isolate, struct konoha_buffer *text))
{
	struct konoha_isolate **snapshot, *isolate;
	unsigned int i, count = 0;

	/* References first, lines after: a sample may run close handlers. */
	mutex_lock(&konoha_registry_lock);
	snapshot = kvmalloc_array(isolate_count + 1, sizeof(*snapshot), GFP_KERNEL);
	if (snapshot) {
		list_for_each_entry(isolate, &isolates, link) {
			konoha_isolate_get(isolate);
			snapshot[count++] = isolate;
		}
	}
	mutex_unlock(&konoha_registry_lock);
	if (!snapshot)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		konoha_isolate_sample(snapshot[i]);
		describe(snapshot[i], text);
		konoha_isolate_put(snapshot[i]);
	}
	kvfree(snapshot);
	return 0;
}

/**
 * konoha_registry_list() - one line for each script, for people
 * @text: gets them
 *
 * Return: 0 or -ENOMEM.
 */
int konoha_registry_list(struct konoha_buffer *text)
{
	return list(text, list_isolate);
}

/**
 * konoha_registry_stats() - one line for each script, for programs
 * @text: gets them
 *
 * Return: 0 or -ENOMEM.
 */
int konoha_registry_stats(struct konoha_buffer *text)
{
	return list(text, list_stats);
}

void konoha_registry_destroy(void)
{
	idr_destroy(&minors);
}
