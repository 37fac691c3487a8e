#include <linux/filter.h>
