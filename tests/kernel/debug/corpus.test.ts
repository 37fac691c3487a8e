import { DEBUG } from '@konoha/vm';
import { kernelCorpusSuite } from '../../support/kernel-corpus-suite.js';

kernelCorpusSuite(DEBUG);
