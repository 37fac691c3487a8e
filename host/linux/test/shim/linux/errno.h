#include_next <linux/errno.h>
#include <linux/filter.h>
