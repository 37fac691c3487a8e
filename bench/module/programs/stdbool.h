/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* See stdio.h. */
#ifndef BENCH_STDBOOL_H
#define BENCH_STDBOOL_H

#define bool _Bool
#define true 1
#define false 0

#endif
