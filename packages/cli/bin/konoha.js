#!/usr/bin/env node
// @ts-check
import { load } from './entry.js';

const { main } = await load('main', '../src/main.ts');
await main(process.argv);
