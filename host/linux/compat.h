/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* What differs between the kernels that konoha.ko is built for (6.1 and later). */
#ifndef KONOHA_COMPAT_H
#define KONOHA_COMPAT_H

#include <linux/device/class.h>
#include <linux/export.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "konoha.ko needs Linux 6.1 or later"
#endif

static inline struct class *konoha_class_create(const char *name)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	return class_create(name);
#else
	return class_create(THIS_MODULE, name);
#endif
}

/* The parameter of struct class's devnode. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
typedef const struct device konoha_devnode_device;
#else
typedef struct device konoha_devnode_device;
#endif

#endif
