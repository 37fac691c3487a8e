// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * What a kernel programmer writes by hand for scripts/kbench-fib.k: opening
 * /dev/kbench-c-fib computes; a read gives the result.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/version.h>

static dev_t devt;
static struct cdev cdev;
static struct class *class;

static long n = 20;
module_param(n, long, 0444);
MODULE_PARM_DESC(n, "Which Fibonacci number an open computes (20)");

static DEFINE_MUTEX(lock);
static long result;

static long fib(long n)
{
	if (n < 3)
		return 1;
	return fib(n - 1) + fib(n - 2);
}

static int c_open(struct inode *inode, struct file *file)
{
	if (mutex_lock_killable(&lock))
		return -EINTR;
	result = fib(n);
	mutex_unlock(&lock);
	return 0;
}

static ssize_t c_read(struct file *file, char __user *to, size_t size, loff_t *position)
{
	char text[32];
	int length = scnprintf(text, sizeof(text), "%ld\n", result);

	return simple_read_from_buffer(to, size, position, text, length);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.open = c_open,
	.read = c_read,
};

static int __init c_init(void)
{
	struct device *device;
	int error;

	error = alloc_chrdev_region(&devt, 0, 1, "kbench-c-fib");
	if (error)
		return error;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	class = class_create("kbench-c-fib");
#else
	class = class_create(THIS_MODULE, "kbench-c-fib");
#endif
	if (IS_ERR(class)) {
		error = PTR_ERR(class);
		goto no_class;
	}
	cdev_init(&cdev, &c_fops);
	cdev.owner = THIS_MODULE;
	error = cdev_add(&cdev, devt, 1);
	if (error)
		goto no_cdev;
	device = device_create(class, NULL, devt, NULL, "kbench-c-fib");
	if (IS_ERR(device)) {
		error = PTR_ERR(device);
		goto no_device;
	}
	return 0;

no_device:
	cdev_del(&cdev);
no_cdev:
	class_destroy(class);
no_class:
	unregister_chrdev_region(devt, 1);
	return error;
}

static void __exit c_exit(void)
{
	device_destroy(class, devt);
	cdev_del(&cdev);
	class_destroy(class);
	unregister_chrdev_region(devt, 1);
}

module_init(c_init);
module_exit(c_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("The Fibonacci numbers that Konoha's are measured against");
