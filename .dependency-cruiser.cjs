// @ts-check
/** Which room may import which: docs say it, this holds it. */

/**
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {string} comment
 */
const never = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle is one thing in several files. (The engine walks mutually recursive trees, so it is exempt.)',
      from: { pathNot: '^engine/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    never(
      'engine-is-pure',
      '^engine/(?!.*test/)',
      '^(host|packages|scripts|spec|tests|node_modules|node:)',
      'No I/O and no host types in the engine.',
    ),
    never(
      'spec-imports-nothing',
      '^spec/',
      '^(engine|host|packages|scripts|tests)',
      'The tables stand alone; generators write into the rooms.',
    ),
    never(
      'diagnostics-first',
      '^engine/diagnostics/(?!.*test/)',
      '^engine/(syntax|check|codegen|bytecode|vm|jit|lib/|abi)',
      'diagnostics ← syntax ← check ← codegen',
    ),
    never(
      'syntax-second',
      '^engine/syntax/(?!.*test/)',
      '^engine/(library|check|codegen|bytecode|vm|jit|lib/|abi)',
      'diagnostics ← syntax ← check ← codegen',
    ),
    never(
      'units-are-text',
      '^engine/library/',
      '^engine/(check|codegen|bytecode|vm|jit|lib/|abi)',
      'It chooses what is read along with a script; what that means is the checker’s.',
    ),
    never(
      'check-third',
      '^engine/check/(?!.*test/)',
      '^engine/(codegen|vm|jit|lib/|abi)',
      'diagnostics ← syntax ← check ← codegen',
    ),
    never(
      'codegen-makes-bytecode-only',
      '^engine/codegen/(?!.*test/)',
      '^engine/(vm|jit|lib/|abi)',
      'The compiler knows no running machine.',
    ),
    never(
      'vm-knows-no-source',
      '^engine/(vm|lib)/(?!.*test/)',
      '^engine/(syntax|check|codegen|jit|abi)',
      'vm.wasm holds no compiler.',
    ),
    never(
      'jit-knows-no-source',
      '^engine/jit/(?!.*test/)',
      '^engine/(syntax|check|codegen|vm|abi)',
      'jit reads bytecode alone.',
    ),
    never(
      'only-the-abi-sees-all',
      '^engine/(?!abi/|.*test/)',
      '^engine/abi/',
      'Hosts see abi; nothing in the engine does.',
    ),
    never(
      'tools-read-what-is-checked',
      '^engine/(?!abi/tools|tools/|.*test/)',
      '^engine/tools/',
      'It is in tools.wasm alone: no kernel carries it.',
    ),
    never(
      'support-is-a-leaf',
      '^engine/support/',
      '^engine/(?!support/)',
      'Texts, vectors and the arena know nothing of what is made with them.',
    ),
    never(
      'support-is-the-compilers',
      '^engine/(vm|lib/|abi/vm)(?!.*test/)',
      '^engine/support/',
      'It holds managed objects, of which vm.wasm has none.',
    ),
    never(
      'the-fuzzer-sees-what-hosts-see',
      '^packages/fuzz/src/',
      '^(engine|scripts|tests|packages/cli)',
      'It judges the engine by its ABI alone.',
    ),
    never(
      'ops-imports-nothing',
      '^packages/ops/',
      '^(engine|host|scripts|spec|tests|packages/(?!ops/))',
      'What an operation script says does not depend on what performs it.',
    ),
    never(
      'hosts-know-no-tools',
      '^host/',
      '^(packages/(?!ops/)|scripts|tests)',
      'Tools use hosts, not the other way round. The simulator performs operation scripts.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
