import { kernelSuite } from './suite.js';

kernelSuite('6.12');
