/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* See stdio.h. */
#ifndef BENCH_STRING_H
#define BENCH_STRING_H

#include "stdio.h"

void *memcpy(void *to, const void *from, size_t size);
size_t strlen(const char *text);
int strcmp(const char *a, const char *b);
char *program_copy(const char *text);

#define strdup program_copy

#endif
