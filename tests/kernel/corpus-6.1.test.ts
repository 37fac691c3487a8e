import { kernelCorpusSuite } from '../support/kernel-corpus-suite.js';

kernelCorpusSuite('6.1');
