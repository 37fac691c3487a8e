/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * What the programs of bench/programs use of the C library, in the kernel: none of its headers, whose
 * names the programs have for their own functions. program_*() are in c_programs.c.
 */
#ifndef BENCH_STDIO_H
#define BENCH_STDIO_H

typedef __SIZE_TYPE__ size_t;

#define NULL ((void *)0)

int program_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
int snprintf(char *to, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

#define printf program_print

#endif
