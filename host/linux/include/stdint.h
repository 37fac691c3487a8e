/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* The translated engine's headers include <stdint.h>: the kernel's own types serve. */
#ifndef KONOHA_STDINT_H
#define KONOHA_STDINT_H

#include <linux/types.h>

#endif
