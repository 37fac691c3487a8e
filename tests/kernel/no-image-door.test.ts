/** The module that is shipped takes scripts alone; the door for images is in the test module (host/linux/test-image.c). */
import { readFileSync } from 'node:fs';
import { modulePath, requireKernel, SERIES } from '@konoha/vm';
import { expect, test } from 'vitest';

const MARK = 'konoha-image ';

test.each(SERIES.map(({ name }) => name))('konoha.ko for %s has no door for images', (series) => {
  const kernel = requireKernel(series);
  expect(readFileSync(modulePath(kernel, 'test')).includes(MARK)).toBe(true);
  expect(readFileSync(modulePath(kernel, 'plain')).includes(MARK)).toBe(false);
});
