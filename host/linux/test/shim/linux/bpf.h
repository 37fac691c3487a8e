#include_next <linux/bpf.h>
#include <linux/filter.h>
