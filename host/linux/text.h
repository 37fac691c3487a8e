/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
#ifndef KONOHA_TEXT_H
#define KONOHA_TEXT_H

#include <linux/types.h>

/**
 * struct konoha_utf8 - where in a character a text was cut
 * @pending: bytes that the character still needs; 0: the text may end here
 * @low: least value of the next one
 * @high: greatest value of the next one
 */
struct konoha_utf8 {
	u8 pending;
	u8 low;
	u8 high;
};

bool konoha_utf8_check(struct konoha_utf8 *utf8, const u8 *text, size_t len);
u8 *konoha_text_from_user(const char __user *buf, size_t count, size_t most);

#endif
