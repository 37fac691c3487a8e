// SPDX-License-Identifier: (MIT OR GPL-2.0)
/* Judges a script's bytes: UTF-8 without NUL, as they are written in pieces or as one request. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "text.h"

/*
 * What the byte behind a lead byte may be, so that no overlong form, no
 * surrogate and nothing above U+10FFFF passes (The Unicode Standard, table 3-7).
 */
static void expect_second(struct konoha_utf8 *utf8, u8 lead)
{
	utf8->low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
	utf8->high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
}

/**
 * konoha_utf8_check() - judges the next piece of a text
 * @utf8: zeroed before the first piece
 * @text: the piece
 * @len: its bytes
 *
 * Return: false at a NUL byte or at bytes that are not UTF-8.
 */
bool konoha_utf8_check(struct konoha_utf8 *utf8, const u8 *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		u8 byte = text[i];

		if (utf8->pending) {
			if (byte < utf8->low || byte > utf8->high)
				return false;
			utf8->low = 0x80;
			utf8->high = 0xbf;
			utf8->pending--;
		} else if (byte >= 0x80) {
			if (byte < 0xc2 || byte > 0xf4)
				return false;
			utf8->pending = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
			expect_second(utf8, byte);
		} else if (!byte) {
			return false;
		}
	}
	return true;
}

/**
 * konoha_text_from_user() - copies a text that is one request
 * @buf: where it lies
 * @count: its bytes
 * @most: so many are allowed
 *
 * Return: the copy, which kvfree() takes; -EFBIG, -ENOMEM, -EFAULT, -EILSEQ no
 * UTF-8 or a NUL byte in it.
 */
u8 *konoha_text_from_user(const char __user *buf, size_t count, size_t most)
{
	struct konoha_utf8 utf8 = {};
	u8 *text;

	if (count > most)
		return ERR_PTR(-EFBIG);
	text = vmemdup_user(buf, count);
	if (IS_ERR(text))
		return text;
	if (konoha_utf8_check(&utf8, text, count) && !utf8.pending)
		return text;
	kvfree(text);
	return ERR_PTR(-EILSEQ);
}
