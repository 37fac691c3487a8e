/** Interpreted, every instruction: on 6.1 what runs often is native code, as by default. */
import { kernelCorpusSuite } from '../support/kernel-corpus-suite.js';

kernelCorpusSuite('6.12', 'jit=0');
