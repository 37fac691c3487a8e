// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Only with KONOHA_TEST=1: an image where a script is expected, for the fuzzer.
 * A text that begins with "konoha-image " goes on with the image's bytes in
 * hex. What no compiler made gets in here; a product has no such door.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "internal.h"

#define MARK "konoha-image "

/**
 * konoha_test_image() - takes an image out of a text
 * @source: the text
 * @len: its bytes
 * @program: zeroed; gets the image (the caller frees it), no name, no limits
 *
 * Return: 0, -ENOENT it is none but a script, -EINVAL not hex, -ENOMEM.
 */
int konoha_test_image(const u8 *source, size_t len, struct konoha_program *program)
{
	size_t mark = strlen(MARK);
	size_t count;
	u8 *bytes;
	int error;

	if (len < mark || memcmp(source, MARK, mark))
		return -ENOENT;
	count = (len - mark) / 2;
	bytes = kvmalloc(count, GFP_KERNEL_ACCOUNT);
	if (!bytes)
		return -ENOMEM;
	error = hex2bin(bytes, source + mark, count);
	if (!error)
		error = konoha_buffer_append(&program->image, bytes, count);
	kvfree(bytes);
	return error;
}
