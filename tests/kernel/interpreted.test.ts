/** Operations without native code, which is what the other suites have of whatever runs often. */
import { kernelSuite } from './suite.js';

kernelSuite('6.12', {
  folders: ['examples', 'tests/kernel/devices', 'tests/kernel/eval', 'tests/kernel/waiting'],
  parameters: 'jit=0',
});
