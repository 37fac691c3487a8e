import { DEBUG } from '@konoha/vm';
import { kernelSuite } from '../suite.js';

kernelSuite(DEBUG);
