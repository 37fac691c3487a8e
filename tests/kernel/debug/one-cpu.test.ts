/** On one CPU other orders of things come about than on four: who is woken does not run at once. */
import { DEBUG } from '@konoha/vm';
import { kernelSuite } from '../suite.js';

kernelSuite(DEBUG, { smp: 1, folders: ['tests/kernel/module', 'tests/kernel/waiting', 'tests/kernel/devices'] });
