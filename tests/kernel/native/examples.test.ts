/** The examples with all that runs as native code: the same transcripts as in the simulator. */
import { kernelSuite } from '../suite.js';

for (const series of ['6.1', '6.12']) kernelSuite(series, { folders: ['examples'], parameters: 'jit=2' });
