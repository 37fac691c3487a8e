// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Bound classes that modules have registered.
 *
 * All of a class is copied when it is registered, so nothing here ever reads
 * its module's data again; its functions are called only by engines that hold a
 * reference on the module. A class is offered to scripts once its module's
 * init has succeeded: a module whose init fails may register, unregister and go. What
 * a module that goes has forgotten to unregister is taken away.
 */
#include <linux/export.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "bind.h"
#include "internal.h"

#define DECLARATION_MAX (64 * 1024)

static DEFINE_MUTEX(bound_lock);
static LIST_HEAD(bound_classes);	/* under bound_lock, in the order of registration */

static void bound_release(struct kref *ref)
{
	struct konoha_bound *bound = container_of(ref, struct konoha_bound, ref);
	unsigned int i;

	for (i = 0; i < bound->count; i++) {
		kfree(bound->methods[i].name);
		kfree(bound->methods[i].signature);
	}
	kfree(bound->name);
	kfree(bound->text);
	kfree(bound);
}

void konoha_bound_get(struct konoha_bound *bound)
{
	kref_get(&bound->ref);
}

void konoha_bound_put(struct konoha_bound *bound)
{
	kref_put(&bound->ref, bound_release);
}

/* Whether scripts may use it; then its module is referenced. */
static bool offer(struct konoha_bound *bound)
{
	struct module *owner = bound->owner;

	/* While its init runs, it may fail and go without asking for references. */
	if (owner && READ_ONCE(owner->state) != MODULE_STATE_LIVE)
		return false;
	return try_module_get(owner);
}

/* Those of one module, for its next declaration, or (@all) those that are offered. */
static struct konoha_bindings *collect(const struct module *owner, bool all)
{
	struct konoha_bindings *bindings;
	struct konoha_bound *bound;
	unsigned int count = 0;

	mutex_lock(&bound_lock);
	list_for_each_entry(bound, &bound_classes, link)
		count++;
	bindings = kzalloc(struct_size(bindings, classes, count), GFP_KERNEL_ACCOUNT);
	if (bindings) {
		list_for_each_entry(bound, &bound_classes, link) {
			if (all ? !offer(bound) : bound->owner != owner)
				continue;
			konoha_bound_get(bound);
			bindings->classes[bindings->count++] = bound;
		}
	}
	mutex_unlock(&bound_lock);
	return bindings;
}

static void discard(struct konoha_bindings *bindings, bool all)
{
	unsigned int i;

	if (!bindings)
		return;
	for (i = 0; i < bindings->count; i++) {
		if (all)
			module_put(bindings->classes[i]->owner);
		konoha_bound_put(bindings->classes[i]);
	}
	kfree(bindings);
}

/**
 * konoha_bindings_take() - the classes that a load may use
 *
 * Return: references on all of them and on their modules; NULL: no memory.
 */
struct konoha_bindings *konoha_bindings_take(void)
{
	return collect(NULL, true);
}

/**
 * konoha_bindings_put() - ends what konoha_bindings_take() began
 * @bindings: may be NULL
 */
void konoha_bindings_put(struct konoha_bindings *bindings)
{
	discard(bindings, true);
}

/**
 * konoha_bindings_list() - text of /proc/konoha/bindings
 * @text: gets the declarations, each behind a comment that says whose it is
 *
 * Return: 0 or -ENOMEM.
 */
int konoha_bindings_list(struct konoha_buffer *text)
{
	struct konoha_bound *bound;
	int error = 0;

	mutex_lock(&bound_lock);
	list_for_each_entry(bound, &bound_classes, link) {
		konoha_buffer_printf(text, "// %s, of module %s, used by %d scripts\n", bound->name,
				     bound->owner ? module_name(bound->owner) : "konoha",
				     atomic_read(&bound->users));
		error = konoha_buffer_append(text, bound->text, strlen(bound->text));
		if (!error)
			error = konoha_buffer_append(text, "\n", 1);
		if (error)
			break;
	}
	mutex_unlock(&bound_lock);
	return error;
}

static bool is_known(const struct konoha_bindings *before, const char *name, size_t len)
{
	unsigned int i;

	for (i = 0; i < before->count; i++)
		if (strlen(before->classes[i]->name) == len &&
		    !memcmp(before->classes[i]->name, name, len))
			return true;
	return false;
}

/* Fills the next method from "Class.method SIGNATURE[ static]", which is cut into words. */
static int add_method(struct konoha_bound *bound, const struct konoha_class *class,
		      unsigned int room, char *line)
{
	struct konoha_bound_method *method = &bound->methods[bound->count];
	const struct konoha_method *from;
	char *words = line;
	char *name = strsep(&words, " ");
	char *signature = strsep(&words, " ");
	char *dot = strchr(name, '.');

	if (!dot || !signature)
		return -EIO;
	if (!bound->name) {
		bound->name = kmemdup_nul(name, dot - name, GFP_KERNEL);
		if (!bound->name)
			return -ENOMEM;
	}
	if (strlen(bound->name) != dot - name || memcmp(bound->name, name, dot - name)) {
		pr_err("konoha: a declaration holds one class, not %s and %.*s too\n", bound->name,
		       (int)(dot - name), name);
		return -EINVAL;
	}
	for (from = class->methods; from->name; from++)
		if (!strcmp(from->name, dot + 1))
			break;
	if (!from->name || !from->call || bound->count == room) {
		pr_err("konoha: %s is declared, but not in the table of methods\n", name);
		return -ENOENT;
	}
	method->bound = bound;
	method->is_static = words;
	method->call = from->call;
	method->name = kstrdup(name, GFP_KERNEL);
	method->signature = kstrdup(signature, GFP_KERNEL);
	bound->count++;
	return method->name && method->signature ? 0 : -ENOMEM;
}

static int add_methods(struct konoha_bound *bound, const struct konoha_class *class,
		       const struct konoha_bindings *before, unsigned int room, char *list)
{
	const struct konoha_method *from;
	bool has_objects = false;
	unsigned int i;
	char *line;
	int error;

	while ((line = strsep(&list, "\n"))) {
		if (!*line || is_known(before, line, strcspn(line, ".")))
			continue;
		error = add_method(bound, class, room, line);
		if (error)
			return error;
	}
	if (!bound->name)
		return -EINVAL;
	for (from = class->methods; from->name; from++) {
		for (i = 0; i < bound->count; i++)
			if (!strcmp(strchr(bound->methods[i].name, '.') + 1, from->name))
				break;
		if (i == bound->count) {
			pr_err("konoha: %s.%s is in the table of methods, but not declared\n",
			       bound->name, from->name);
			return -EINVAL;
		}
		has_objects |= !bound->methods[i].is_static;
	}
	if (has_objects && !bound->free) {
		pr_err("konoha: %s has objects, but no function that frees one\n", bound->name);
		return -EINVAL;
	}
	return 0;
}

static int publish(struct konoha_bound *bound)
{
	struct konoha_bound *other;
	int error = 0;

	mutex_lock(&bound_lock);
	list_for_each_entry(other, &bound_classes, link)
		if (!strcmp(other->name, bound->name) || other->class == bound->class)
			error = -EEXIST;
	if (!error)
		list_add_tail(&bound->link, &bound_classes);
	mutex_unlock(&bound_lock);
	if (error)
		pr_err("konoha: a class %s is bound already\n", bound->name);
	return error;
}

static void report(const struct konoha_buffer *text)
{
	const char *at = text->data;
	const char *end = at + text->len;

	while (at && at < end) {
		const char *line_end = memchr(at, '\n', end - at) ?: end;

		pr_err("konoha: %.*s\n", (int)(line_end - at), at);
		at = line_end + 1;
	}
}

/**
 * konoha_register_class() - makes a class known to the scripts that are loaded from now on
 * @class: copied, but its address must stay its own until it is unregistered
 *
 * May sleep. What is wrong is in the kernel's log.
 *
 * Return: 0; -EINVAL the declaration has errors, or the table of methods has one
 * that is not declared; -ENOENT a declared method is not in the table; -EEXIST a
 * class of that name is bound; -ENOMEM; -EINTR killed.
 */
int konoha_register_class(const struct konoha_class *class)
{
	struct konoha_buffer methods = {}, result = {};
	const struct konoha_method *from;
	struct konoha_bindings *before;
	struct konoha_bound *bound;
	unsigned int count = 0;
	int error = -ENOMEM;

	if (!class->declaration || !class->methods ||
	    strlen(class->declaration) > DECLARATION_MAX)
		return -EINVAL;
	for (from = class->methods; from->name; from++)
		count++;
	before = collect(class->owner, false);
	if (!before)
		return -ENOMEM;
	bound = kzalloc(struct_size(bound, methods, count), GFP_KERNEL);
	if (!bound)
		goto put_before;
	kref_init(&bound->ref);
	bound->class = class;
	bound->owner = class->owner;
	bound->free = class->free;
	bound->text = kstrdup(class->declaration, GFP_KERNEL);
	if (!bound->text)
		goto put_bound;
	error = konoha_check_declarations(before, bound->text, &methods, &result);
	report(&result);
	if (!error)
		error = konoha_buffer_append(&methods, "", 1);
	if (!error)
		error = add_methods(bound, class, before, count, methods.data);
	if (!error)
		error = publish(bound);
	konoha_buffer_free(&methods);
	konoha_buffer_free(&result);
put_bound:
	if (error)
		konoha_bound_put(bound);
put_before:
	discard(before, false);
	return error;
}
EXPORT_SYMBOL_GPL(konoha_register_class);

/* A module goes, or its init has failed: what it has left registered goes with it. */
static int module_event(struct notifier_block *block, unsigned long event, void *data)
{
	struct konoha_bound *bound, *next;
	LIST_HEAD(gone);

	if (event != MODULE_STATE_GOING)
		return NOTIFY_DONE;
	mutex_lock(&bound_lock);
	list_for_each_entry_safe(bound, next, &bound_classes, link)
		if (bound->owner == data)
			list_move_tail(&bound->link, &gone);
	mutex_unlock(&bound_lock);
	list_for_each_entry_safe(bound, next, &gone, link) {
		pr_warn("konoha: module %s goes without unregistering class %s\n",
			module_name(bound->owner), bound->name);
		list_del(&bound->link);
		konoha_bound_put(bound);
	}
	return NOTIFY_OK;
}

static struct notifier_block module_notifier = { .notifier_call = module_event };

/**
 * konoha_bindings_init() - begins to look after modules that go
 *
 * Return: 0 or a negative errno.
 */
int konoha_bindings_init(void)
{
	return register_module_notifier(&module_notifier);
}

/* No module that could have registered a class is left: each needs this one's symbols. */
void konoha_bindings_exit(void)
{
	unregister_module_notifier(&module_notifier);
}

/**
 * konoha_unregister_class() - takes a class from the scripts that are loaded from now on
 * @class: registered, or not
 *
 * Scripts that use it go on: each holds a reference on the class' module, which
 * cannot be removed before the last of them is gone.
 */
void konoha_unregister_class(const struct konoha_class *class)
{
	struct konoha_bound *bound, *found = NULL;

	mutex_lock(&bound_lock);
	list_for_each_entry(bound, &bound_classes, link)
		if (bound->class == class)
			found = bound;
	if (found)
		list_del(&found->link);
	mutex_unlock(&bound_lock);
	if (found)
		konoha_bound_put(found);
}
EXPORT_SYMBOL_GPL(konoha_unregister_class);
