/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * The translated compiler. Both engine modules import from "env", with unlike
 * signatures for the same names: behind this header they are the compiler's,
 * so the virtual machine's header comes before it.
 */
#ifndef KONOHA_ENGINE_COMPILER_H
#define KONOHA_ENGINE_COMPILER_H

#define w2c_env_abort w2c_compiler_env_abort
#define w2c_env_safepoint w2c_compiler_env_safepoint
#include "compiler.h"

void w2c_env_abort(struct w2c_env *env, u32 message, u32 file, u32 line, u32 column);
u32 w2c_env_safepoint(struct w2c_env *env);

#endif
