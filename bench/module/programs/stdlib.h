/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* See stdio.h. */
#ifndef BENCH_STDLIB_H
#define BENCH_STDLIB_H

#include "stdio.h"

void *program_allocate(size_t count, size_t size);
void *program_resize(void *memory, size_t size);
void program_free(void *memory);
void program_abort(void) __attribute__((noreturn));
long program_number(const char *text);

#define malloc(size) program_allocate(1, size)
#define calloc program_allocate
#define realloc program_resize
#define free program_free
#define abort program_abort
#define atol program_number
#define atoi(text) ((int)program_number(text))
#define labs(value) __builtin_labs(value)

int main(int argc, char **argv);

#endif
