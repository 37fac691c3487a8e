import { describe, expect, test } from 'vitest';
import { expectConfig } from '../debug-kernel.js';

describe('expectConfig', () => {
  const wanted = '# a comment\nCONFIG_A=y\nCONFIG_B=n\nCONFIG_C="text"\n';

  test('accepts a configuration that has everything', () => {
    expectConfig('CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C="text"\nCONFIG_D=y\n', wanted);
  });

  test('names what is missing, and what is on that should be off', () => {
    expect(() => expectConfig('CONFIG_B=y\nCONFIG_C="other"\n', wanted)).toThrow(
      'CONFIG_A=y, CONFIG_B=n, CONFIG_C="text"',
    );
  });
});
