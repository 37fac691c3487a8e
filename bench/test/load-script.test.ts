import { compile } from '@konoha/host-node';
import { expect, test } from 'vitest';
import { scriptOf } from '../load-script.js';

test.each([10, 100, 1000])('a script of %i lines has that many, and no error', (lines) => {
  const text = scriptOf(lines);
  expect(text.split('\n').length - 1).toBe(lines);
  expect(compile(text, 'lines.k', { kernel: true }).render('short')).toBe('');
});
