// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * konoha.ko: the Konoha language inside the kernel. Parameters, init, exit.
 */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>

#include "compat.h"
#include "internal.h"

unsigned long konoha_load_fuel = 50000000;
module_param_named(load_fuel, konoha_load_fuel, ulong, 0644);
MODULE_PARM_DESC(load_fuel, "Fuel of a script's top level, in back edges and calls (50000000)");

unsigned long konoha_op_fuel = 10000000;
module_param_named(op_fuel, konoha_op_fuel, ulong, 0644);
MODULE_PARM_DESC(op_fuel, "Fuel of one device operation unless the script says @Fuel; for scripts loaded from now on (10000000)");

unsigned long konoha_close_fuel = 1000000;
module_param_named(close_fuel, konoha_close_fuel, ulong, 0644);
MODULE_PARM_DESC(close_fuel, "Fuel of a close handler (1000000)");

unsigned long konoha_heap = KONOHA_MEMORY_MIN;
module_param_named(heap, konoha_heap, ulong, 0644);
MODULE_PARM_DESC(heap, "Memory of a script in bytes unless it says @Heap, rounded up to a power of two (131072)");

unsigned long konoha_max_heap = 64 << 20;
module_param_named(max_heap, konoha_max_heap, ulong, 0644);
MODULE_PARM_DESC(max_heap, "Most memory that a script gets, in bytes (67108864)");

unsigned int konoha_max_scripts = 1024;
module_param_named(max_scripts, konoha_max_scripts, uint, 0644);
MODULE_PARM_DESC(max_scripts, "How many scripts may be loaded at once (1024)");

unsigned int konoha_log_size = 64 * 1024;
module_param_named(log_size, konoha_log_size, uint, 0444);
MODULE_PARM_DESC(log_size, "Bytes of /proc/konoha/log that are kept (65536)");

unsigned int konoha_quarantine = 100;
module_param_named(quarantine, konoha_quarantine, uint, 0644);
MODULE_PARM_DESC(quarantine, "After how many failed calls in a row a script is not called any more; 0: never (100)");

unsigned int konoha_jit = 1;
module_param_named(jit, konoha_jit, uint, 0644);
MODULE_PARM_DESC(jit, "Native code for scripts loaded from now on: 0 none, 1 for what runs often, 2 for all that runs (1)");

bool konoha_timing;
module_param_named(timing, konoha_timing, bool, 0644);
MODULE_PARM_DESC(timing, "Count nanoseconds spent in each script, shown in /proc/konoha/stats (N)");

/* A device's mode is its script's @Mode; the control files are the owner's. */
static char *devnode(konoha_devnode_device *dev, umode_t *mode)
{
	const struct konoha_node *node = dev_get_drvdata(dev);

	if (mode)
		*mode = node ? node->mode : 0600;
	return NULL;
}

static int __init konoha_init(void)
{
	int error = konoha_log_init();

	if (error)
		return error;
	error = konoha_bindings_init();
	if (error)
		goto exit_log;
	error = konoha_device_file_init();
	if (error)
		goto exit_bindings;
	error = alloc_chrdev_region(&konoha_devt, 0, KONOHA_MINORS, "konoha");
	if (error)
		goto exit_device_file;
	konoha_class = konoha_class_create("konoha");
	if (IS_ERR(konoha_class)) {
		error = PTR_ERR(konoha_class);
		goto unregister_region;
	}
	konoha_class->devnode = devnode;
	error = konoha_proc_init();
	if (error)
		goto destroy_class;
	error = konoha_test_init();
	if (error)
		goto exit_proc;
	error = konoha_control_init();
	if (error)
		goto exit_test;
	pr_info("konoha: ready: cat SCRIPT > /dev/konoha\n");
	return 0;

exit_test:
	konoha_test_exit();
exit_proc:
	konoha_proc_exit();
destroy_class:
	class_destroy(konoha_class);
unregister_region:
	unregister_chrdev_region(konoha_devt, KONOHA_MINORS);
exit_device_file:
	konoha_device_file_exit();
exit_bindings:
	konoha_bindings_exit();
exit_log:
	konoha_log_exit();
	return error;
}

/*
 * Runs only when no control or device file is open. The control files and
 * /proc/konoha go first: then nobody can ask for anything any more.
 */
static void __exit konoha_exit(void)
{
	konoha_control_exit();
	konoha_test_exit();
	konoha_proc_exit();
	konoha_unload_all();
	/* A kernel with delayed kobject releases still runs node_release() for a while. */
	while (!konoha_isolates_idle())
		msleep(20);
	class_destroy(konoha_class);
	unregister_chrdev_region(konoha_devt, KONOHA_MINORS);
	konoha_registry_destroy();
	konoha_device_file_exit();
	konoha_bindings_exit();
	konoha_log_exit();
}

module_init(konoha_init);
module_exit(konoha_exit);

MODULE_DESCRIPTION("The Konoha scripting language inside the kernel");
MODULE_LICENSE("Dual MIT/GPL");
