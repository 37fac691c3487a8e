// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * What a kernel programmer writes by hand for scripts/kbench.k: /dev/kbench-c
 * counts its opens and notes who asked; a read gives the count.
 */
#include <linux/cdev.h>
#include <linux/cred.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/version.h>

static dev_t devt;
static struct cdev cdev;
static struct class *class;

static DEFINE_MUTEX(lock);
static int opened;
static int uid;

static int c_open(struct inode *inode, struct file *file)
{
	if (mutex_lock_killable(&lock))
		return -EINTR;
	opened++;
	uid = from_kuid(&init_user_ns, current_uid());
	mutex_unlock(&lock);
	return 0;
}

static int c_release(struct inode *inode, struct file *file)
{
	return 0;
}

static ssize_t c_read(struct file *file, char __user *to, size_t size, loff_t *position)
{
	char text[16];
	int length;

	if (mutex_lock_killable(&lock))
		return -EINTR;
	length = scnprintf(text, sizeof(text), "%d\n", opened);
	mutex_unlock(&lock);
	return simple_read_from_buffer(to, size, position, text, length);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.open = c_open,
	.release = c_release,
	.read = c_read,
};

static int __init c_init(void)
{
	struct device *device;
	int error;

	error = alloc_chrdev_region(&devt, 0, 1, "kbench-c");
	if (error)
		return error;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	class = class_create("kbench-c");
#else
	class = class_create(THIS_MODULE, "kbench-c");
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
	device = device_create(class, NULL, devt, NULL, "kbench-c");
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
MODULE_DESCRIPTION("The C device that Konoha's is measured against");
