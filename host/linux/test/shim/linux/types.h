#include_next <linux/types.h>
#include <linux/filter.h>
