// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * A script's devices: staged while it loads, published as nodes of /dev when
 * all of it has succeeded, taken over by a replacement, taken away.
 */
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/slab.h>

#include "internal.h"

struct class *konoha_class;
dev_t konoha_devt;

static void device_release(struct kref *ref)
{
	struct konoha_device *device = container_of(ref, struct konoha_device, ref);

	konoha_file_drop(device->spare);
	konoha_isolate_put(device->isolate);
	kfree(device);
}

void konoha_device_get(struct konoha_device *device)
{
	kref_get(&device->ref);
}

void konoha_device_put(struct konoha_device *device)
{
	kref_put(&device->ref, device_release);
}

struct konoha_device *konoha_device_of(struct konoha_resource *resource)
{
	return container_of(resource, struct konoha_device, resource);
}

/* The last reference of struct device, which each open file holds through the cdev. */
static void node_release(struct device *dev)
{
	kfree(container_of(dev, struct konoha_node, dev));
}

static struct konoha_node *node_create(struct konoha_device *device)
{
	struct konoha_node *node = kzalloc(sizeof(*node), GFP_KERNEL_ACCOUNT);
	int minor, error;

	if (!node)
		return ERR_PTR(-ENOMEM);
	minor = konoha_registry_minor(node);
	if (minor < 0) {
		kfree(node);
		return ERR_PTR(minor);
	}
	spin_lock_init(&node->lock);
	node->mode = device->mode;
	device_initialize(&node->dev);
	node->dev.class = konoha_class;
	node->dev.devt = MKDEV(MAJOR(konoha_devt), minor);
	node->dev.release = node_release;
	dev_set_drvdata(&node->dev, node);
	cdev_init(&node->cdev, &konoha_device_fops);
	node->cdev.owner = THIS_MODULE;
	error = dev_set_name(&node->dev, "%s", device->name);
	if (error) {
		konoha_registry_drop_minor(minor);
		put_device(&node->dev);
		return ERR_PTR(error);
	}
	return node;
}

/* Lets go of a node that is not (or no longer) in the kernel's tables. */
static void node_put(struct konoha_node *node)
{
	konoha_registry_drop_minor(MINOR(node->dev.devt));
	put_device(&node->dev);
}

/* Which device answers an open from now on; returns the one before. */
static struct konoha_device *node_switch(struct konoha_node *node, struct konoha_device *device)
{
	struct konoha_device *before;

	if (device)
		konoha_device_get(device);
	spin_lock(&node->lock);
	before = node->device;
	node->device = device;
	spin_unlock(&node->lock);
	return before;
}

static void node_remove(struct konoha_node *node)
{
	struct konoha_device *device;

	cdev_device_del(&node->cdev, &node->dev);
	device = node_switch(node, NULL);
	if (device)
		konoha_device_put(device);
	node_put(node);
}

/* Takes a device out of the kernel; the isolate's reference is dropped. */
static void release_device(struct konoha_resource *resource)
{
	struct konoha_device *device = konoha_device_of(resource);
	struct konoha_node *node;

	mutex_lock(&konoha_registry_lock);
	node = device->node;
	device->node = NULL;
	mutex_unlock(&konoha_registry_lock);
	if (node)
		node_remove(node);

	mutex_lock(&konoha_registry_lock);
	konoha_registry_unname_device(device);
	mutex_unlock(&konoha_registry_lock);
	konoha_device_put(device);
}

static const struct konoha_resource_type device_type = {
	.name = "device",
	.release = release_device,
};

static struct konoha_device *find_locked(struct konoha_isolate *isolate, u32 handle)
{
	struct konoha_resource *resource;

	list_for_each_entry(resource, &isolate->resources, link) {
		struct konoha_device *device = konoha_device_of(resource);

		if (device->handle == handle && !device->gone)
			return device;
	}
	return NULL;
}

/**
 * konoha_device_stage() - a script that is loading registers a device
 * @isolate: the script, its lock held
 * @handle: the engine's number for the device object
 * @ops: KONOHA_OPS_WORDS words (docs/abi.md)
 * @name: wanted name, or nothing
 * @len: bytes of @name
 * @mode: of the node, or -1: 0600
 *
 * Return: 0, -EBUSY not while loading, -EEXIST, -EINVAL or -ENOMEM.
 */
int konoha_device_stage(struct konoha_isolate *isolate, u32 handle, const u32 *ops,
			const char *name, size_t len, int mode)
{
	struct konoha_device *device;
	int error, i;

	if (isolate->state != KONOHA_LOADING)
		return -EBUSY;
	if (mode != -1 && (mode & ~0777))
		return -EINVAL;
	device = kzalloc(sizeof(*device), GFP_KERNEL_ACCOUNT);
	if (!device)
		return -ENOMEM;
	kref_init(&device->ref);
	device->isolate = isolate;
	device->handle = handle;
	device->mode = mode == -1 ? 0600 : mode;
	device->stream = ops[KONOHA_OPS_FLAGS] & KONOHA_OPS_STREAM;
	for (i = 0; i < KONOHA_HANDLERS; i++)
		device->methods[i] = ops[i];

	mutex_lock(&konoha_registry_lock);
	error = find_locked(isolate, handle) ? -EEXIST :
		konoha_registry_name_device(device, name, len);
	if (error) {
		mutex_unlock(&konoha_registry_lock);
		kfree(device);
		return error;
	}
	konoha_isolate_get(isolate);
	konoha_resource_add(isolate, &device->resource, &device_type);
	mutex_unlock(&konoha_registry_lock);
	if (device->methods[KONOHA_CLOSE])
		isolate->has_close = true;
	return 0;
}

/**
 * konoha_device_unstage() - a script takes one of its devices away
 * @isolate: the script, its lock held
 * @handle: the engine's number for the device object
 *
 * Calls of it fail with -ENODEV at once; the node goes when the running call
 * is over (konoha_devices_sweep()).
 *
 * Return: 0 or -ENOENT.
 */
int konoha_device_unstage(struct konoha_isolate *isolate, u32 handle)
{
	struct konoha_device *device;

	mutex_lock(&konoha_registry_lock);
	device = find_locked(isolate, handle);
	if (device) {
		WRITE_ONCE(device->gone, true);
		isolate->has_gone = true;
	}
	mutex_unlock(&konoha_registry_lock);
	return device ? 0 : -ENOENT;
}

struct drop {
	struct konoha_engine *engine;
	u32 handle;
};

static int drop_device(void *arg)
{
	struct drop *drop = arg;

	w2c_vm_device_drop(&drop->engine->vm, drop->engine->main.act, drop->handle);
	return 0;
}

/**
 * konoha_devices_sweep() - removes the nodes of devices that the script took away
 * @isolate: the script, its lock held, nobody inside its engine
 */
void konoha_devices_sweep(struct konoha_isolate *isolate)
{
	struct konoha_resource *resource, *next;
	LIST_HEAD(gone);

	lockdep_assert_held(&isolate->lock);
	isolate->has_gone = false;
	mutex_lock(&konoha_registry_lock);
	list_for_each_entry_safe(resource, next, &isolate->resources, link)
		if (konoha_device_of(resource)->gone)
			list_move(&resource->link, &gone);
	mutex_unlock(&konoha_registry_lock);
	list_for_each_entry_safe(resource, next, &gone, link) {
		struct drop drop = { isolate->engine, konoha_device_of(resource)->handle };

		if (!isolate->faulted && wasm_rt_run(&drop.engine->env, drop_device, &drop))
			konoha_fault(isolate, "unregister");
		list_del(&resource->link);
		resource->type->release(resource);
	}
}

/* Something else's node (or a file) in /dev would hide ours. */
static bool path_taken(const char *name)
{
	char text[KONOHA_NAME_SIZE + 8];
	struct path path;

	scnprintf(text, sizeof(text), "/dev/%s", name);
	if (kern_path(text, 0, &path))
		return false;
	path_put(&path);
	return true;
}

/* The node of that name in the script that is being replaced. */
static struct konoha_node *replaced_node_locked(struct konoha_isolate *from, const char *name)
{
	struct konoha_resource *resource;

	if (from)
		list_for_each_entry(resource, &from->resources, link)
			if (!strcmp(konoha_device_of(resource)->name, name))
				return konoha_device_of(resource)->node;
	return NULL;
}

static int publish(struct konoha_device *device, struct konoha_buffer *result)
{
	struct konoha_isolate *isolate = device->isolate;
	struct konoha_node *node;
	int error;

	mutex_lock(&konoha_registry_lock);
	node = replaced_node_locked(isolate->replaces, device->name);
	error = node && node->mode != device->mode ? -EINVAL : 0;
	mutex_unlock(&konoha_registry_lock);
	if (error) {
		konoha_buffer_printf(result,
				     "error: /dev/%s keeps its mode in a replacement; unload the script first\n",
				     device->name);
		return error;
	}
	if (node)
		return 0;

	if (path_taken(device->name)) {
		konoha_buffer_printf(result,
				     "error: /dev/%s exists and is not a script's; remove it or choose another @Name\n",
				     device->name);
		return -EEXIST;
	}
	node = node_create(device);
	if (IS_ERR(node))
		return PTR_ERR(node);
	node_switch(node, device);
	error = cdev_device_add(&node->cdev, &node->dev);
	if (error) {
		node_switch(node, NULL);
		konoha_device_put(device);
		node_put(node);
		return error;
	}
	mutex_lock(&konoha_registry_lock);
	device->node = node;
	mutex_unlock(&konoha_registry_lock);
	return 0;
}

/**
 * konoha_devices_publish() - makes nodes for the devices of a script
 * @isolate: LIVE; the names that it takes over from the replaced script get no
 *           node of their own here
 * @result: gets the text of what went wrong
 *
 * Return: 0, or an error: what was published goes with the isolate.
 */
int konoha_devices_publish(struct konoha_isolate *isolate, struct konoha_buffer *result)
{
	struct konoha_resource *resource;
	int error;

	/*
	 * Without the registry lock: nobody else changes the list of an isolate
	 * that the loader holds, except its own script taking a device away
	 * under the isolate's lock, which the caller has.
	 */
	lockdep_assert_held(&isolate->lock);
	list_for_each_entry(resource, &isolate->resources, link) {
		error = publish(konoha_device_of(resource), result);
		if (error)
			return error;
	}
	return 0;
}

/**
 * konoha_devices_take_over() - gives a script the nodes of the one it replaces
 * @isolate: published
 * @from: stopped: its lock is held, its files answer -ENODEV. Nodes whose name
 *        @isolate does not have stay with it.
 *
 * Cannot fail, and no name is missing from /dev meanwhile.
 */
void konoha_devices_take_over(struct konoha_isolate *isolate, struct konoha_isolate *from)
{
	struct konoha_resource *resource, *other;
	struct konoha_device *device, *before;

	mutex_lock(&konoha_registry_lock);
	list_for_each_entry(resource, &isolate->resources, link) {
		device = konoha_device_of(resource);
		if (device->node)
			continue;
		list_for_each_entry(other, &from->resources, link) {
			before = konoha_device_of(other);
			if (!before->node || strcmp(before->name, device->name))
				continue;
			device->node = before->node;
			before->node = NULL;
			konoha_device_put(node_switch(device->node, device));
			break;
		}
	}
	mutex_unlock(&konoha_registry_lock);
}
