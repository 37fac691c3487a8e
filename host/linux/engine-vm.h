/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * The translated virtual machine, and all that it may import (docs/abi.md):
 * its own header declares only what this build of it uses.
 */
#ifndef KONOHA_ENGINE_VM_H
#define KONOHA_ENGINE_VM_H

#include "vm.h"

/* The host gives all of the memory at once, and no code grows it. */
#define WASM_RT_FIXED_MEMORY

void w2c_env_abort(struct w2c_env *env, u32 message, u32 file, u32 line, u32 column);
u32 w2c_env_safepoint(struct w2c_env *env, u32 act);
u32 w2c_env_device_register(struct w2c_env *env, u32 act, u32 device, u32 ops, u32 name,
			    u32 name_len, u32 mode);
u32 w2c_env_device_unregister(struct w2c_env *env, u32 act, u32 device);
void w2c_env_notify(struct w2c_env *env, u32 act, u32 object);
u32 w2c_env_host_bind(struct w2c_env *env, u32 name, u32 name_len, u32 signature,
		      u32 signature_len);
u32 w2c_env_host_call(struct w2c_env *env, u32 act, u32 number, u32 args, u32 count);
void w2c_env_handle_drop(struct w2c_env *env, u32 id);
u32 w2c_env_write(struct w2c_env *env, u32 act, u32 fd, u32 ptr, u32 len);
u32 w2c_env_read(struct w2c_env *env, u32 act, u32 fd, u32 ptr, u32 cap);
void w2c_env_log(struct w2c_env *env, u32 act, u32 level, u32 ptr, u32 len);
u64 w2c_env_time(struct w2c_env *env, u32 act, u32 clock);
u64 w2c_env_task(struct w2c_env *env, u32 act, u32 field);
u32 w2c_env_task_comm(struct w2c_env *env, u32 act, u32 ptr, u32 cap);
u32 w2c_env_version(struct w2c_env *env, u32 act, u32 ptr, u32 cap);
u32 w2c_env_native_enter(struct w2c_env *env, u32 act, u32 index, u32 entry, u32 fp, u32 slice,
			 u32 limit);
u32 w2c_env_arg(struct w2c_env *env, u32 act, u32 index, u32 ptr, u32 cap);

#endif
