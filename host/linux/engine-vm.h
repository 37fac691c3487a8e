/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* The translated virtual machine, see engine-compiler.h. */
#ifndef KONOHA_ENGINE_VM_H
#define KONOHA_ENGINE_VM_H

#include "vm.h"

#endif
