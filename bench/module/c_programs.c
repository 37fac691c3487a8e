// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * The C programs of bench/programs as functions of a module: opening /dev/kbench-c-NAME runs one,
 * with the arguments that the parameter of that name has, a read gives what it printed. Theirs
 * is the text as it is; programs/ has the little of the C library that they use.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>

#define ARGUMENTS_MAX 4

int program_print(const char *format, ...) __printf(1, 2);
void *program_allocate(size_t count, size_t size);
void *program_resize(void *memory, size_t size);
void program_free(void *memory);
void program_abort(void) __noreturn;
long program_number(const char *text);
char *program_copy(const char *text);

#define PROGRAMS(each) \
	each(fibo) each(tarai) each(sieve) each(trees) each(nbody) each(strings) each(counts) \
	each(matrix) each(richards)

#define DECLARE(name) int name##_main(int argc, char **argv);
PROGRAMS(DECLARE)

/**
 * struct program - one program
 * @name: its own
 * @main: what it begins with
 * @arguments: one or more, blanks between
 */
struct program {
	const char *name;
	int (*main)(int argc, char **argv);
	char *arguments;
};

enum {
#define NUMBER(name) NUMBER_OF_##name,
	PROGRAMS(NUMBER)
	PROGRAM_COUNT,
};

#define ENTRY(called) { .name = #called, .main = called##_main },
static struct program programs[] = { PROGRAMS(ENTRY) };

#define PARAMETER(name) \
	module_param_named(name, programs[NUMBER_OF_##name].arguments, charp, 0444); \
	MODULE_PARM_DESC(name, "Arguments of " #name);
PROGRAMS(PARAMETER)

static dev_t devt;
static struct cdev cdev;
static struct class *class;

static DEFINE_MUTEX(lock);
static char result[64];

int program_print(const char *format, ...)
{
	va_list list;
	int length;

	va_start(list, format);
	length = vscnprintf(result, sizeof(result), format, list);
	va_end(list);
	return length;
}

void *program_allocate(size_t count, size_t size)
{
	return kvcalloc(count, size, GFP_KERNEL);
}

void *program_resize(void *memory, size_t size)
{
	return krealloc(memory, size, GFP_KERNEL);
}

void program_free(void *memory)
{
	kvfree(memory);
}

void program_abort(void)
{
	panic("a program of the benchmark has no memory");
}

long program_number(const char *text)
{
	return simple_strtol(text, NULL, 10);
}

char *program_copy(const char *text)
{
	return kstrdup(text, GFP_KERNEL);
}

static int run(struct program *program)
{
	char text[64], *rest = text, *argv[ARGUMENTS_MAX + 2] = { (char *)program->name };
	int argc = 1;

	if (!program->arguments)
		return -EINVAL;
	strscpy(text, program->arguments, sizeof(text));
	while (rest && argc <= ARGUMENTS_MAX)
		argv[argc++] = strsep(&rest, " ");
	return program->main(argc, argv) ? -EIO : 0;
}

static int c_open(struct inode *inode, struct file *file)
{
	int error;

	if (mutex_lock_killable(&lock))
		return -EINTR;
	error = run(&programs[iminor(inode)]);
	mutex_unlock(&lock);
	return error;
}

static ssize_t c_read(struct file *file, char __user *to, size_t size, loff_t *position)
{
	return simple_read_from_buffer(to, size, position, result, strlen(result));
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.open = c_open,
	.read = c_read,
};

static int make_devices(void)
{
	int i;

	for (i = 0; i < PROGRAM_COUNT; i++) {
		struct device *device = device_create(class, NULL, devt + i, NULL, "kbench-c-%s",
						      programs[i].name);

		if (!IS_ERR(device))
			continue;
		while (i--)
			device_destroy(class, devt + i);
		return PTR_ERR(device);
	}
	return 0;
}

static int __init c_init(void)
{
	int error;

	error = alloc_chrdev_region(&devt, 0, PROGRAM_COUNT, "kbench-c-programs");
	if (error)
		return error;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	class = class_create("kbench-c-programs");
#else
	class = class_create(THIS_MODULE, "kbench-c-programs");
#endif
	if (IS_ERR(class)) {
		error = PTR_ERR(class);
		goto no_class;
	}
	cdev_init(&cdev, &c_fops);
	cdev.owner = THIS_MODULE;
	error = cdev_add(&cdev, devt, PROGRAM_COUNT);
	if (error)
		goto no_cdev;
	error = make_devices();
	if (error)
		goto no_device;
	return 0;

no_device:
	cdev_del(&cdev);
no_cdev:
	class_destroy(class);
no_class:
	unregister_chrdev_region(devt, PROGRAM_COUNT);
	return error;
}

static void __exit c_exit(void)
{
	int i;

	for (i = 0; i < PROGRAM_COUNT; i++)
		device_destroy(class, devt + i);
	cdev_del(&cdev);
	class_destroy(class);
	unregister_chrdev_region(devt, PROGRAM_COUNT);
}

module_init(c_init);
module_exit(c_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("The programs that Konoha's are measured against");
