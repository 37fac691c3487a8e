// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * What a kernel programmer writes by hand for scripts/kbench-io.k: a read of
 * /dev/kbench-io-c gives a byte that counts the reads, or a page; what is
 * written is kept; ioctls count, turn two numbers around, and tell how much was
 * kept. Callers wait for each other under one mutex, which may be held while
 * memory of theirs is copied.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

#define IO_PAGE 4096

struct pair {
	s64 first;
	s64 second;
};

#define IO_COUNT _IO(0xe7, 1)
#define IO_TURN _IOWR(0xe7, 2, struct pair)
#define IO_KEPT _IO(0xe7, 3)

static DEFINE_MUTEX(lock);
static u8 reads;
static int calls;
static char kept[IO_PAGE];
static size_t kept_size;
static char page[IO_PAGE];

static ssize_t io_read(struct file *file, char __user *to, size_t size, loff_t *position)
{
	ssize_t result;

	if (mutex_lock_killable(&lock))
		return -EINTR;
	reads++;
	if (size == 1) {
		result = put_user(reads, to) ? -EFAULT : 1;
	} else {
		result = min_t(size_t, size, IO_PAGE);
		if (copy_to_user(to, page, result))
			result = -EFAULT;
	}
	mutex_unlock(&lock);
	return result;
}

static ssize_t io_write(struct file *file, const char __user *from, size_t size, loff_t *position)
{
	ssize_t result = min_t(size_t, size, IO_PAGE);

	if (mutex_lock_killable(&lock))
		return -EINTR;
	if (copy_from_user(kept, from, result))
		result = -EFAULT;
	else
		kept_size = result;
	mutex_unlock(&lock);
	return result;
}

static long io_turn(struct pair __user *at)
{
	struct pair pair;

	if (copy_from_user(&pair, at, sizeof(pair)))
		return -EFAULT;
	if (mutex_lock_killable(&lock))
		return -EINTR;
	swap(pair.first, pair.second);
	mutex_unlock(&lock);
	return copy_to_user(at, &pair, sizeof(pair)) ? -EFAULT : 0;
}

static long io_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	long result;

	if (command == IO_TURN)
		return io_turn((struct pair __user *)argument);
	if (command != IO_COUNT && command != IO_KEPT)
		return -ENOTTY;
	if (mutex_lock_killable(&lock))
		return -EINTR;
	result = command == IO_COUNT ? ++calls : (long)kept_size;
	mutex_unlock(&lock);
	return result;
}

static const struct file_operations io_fops = {
	.owner = THIS_MODULE,
	.read = io_read,
	.write = io_write,
	.unlocked_ioctl = io_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice io_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "kbench-io-c",
	.fops = &io_fops,
	.mode = 0666,
};

static int __init io_init(void)
{
	int i;

	for (i = 0; i < IO_PAGE; i++)
		page[i] = "0123456789abcdef"[i % 16];
	return misc_register(&io_device);
}

static void __exit io_exit(void)
{
	misc_deregister(&io_device);
}

module_init(io_init);
module_exit(io_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("The C device that Konoha's reads, writes and ioctls are measured against");
