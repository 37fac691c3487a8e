/** Statements and blocks. */
import { call, expression } from './expressions.js';
import type { Scope } from './scope.js';
import { exceptionNames } from './types.js';

const DEPTH = 3;

/** A block of up to `most` statements, braces included. */
export function block(scope: Scope, most: number, indent: string): string {
  return scope.block(() => {
    const inner = `${indent}  `;
    const lines = Array.from({ length: scope.random.between(0, most) }, () => statement(scope, inner));
    return `{\n${lines.join('')}${indent}}`;
  });
}

/** One statement with its line end. */
export function statement(scope: Scope, indent: string): string {
  if (scope.budget-- <= 0) return `${indent};\n`;
  const nested = indent.length < 10;
  const make = scope.random.pick(nested ? [...PLAIN, ...NESTING] : PLAIN);
  const text = make(scope, indent);
  return `${indent}${text}${scope.random.chance(50) && !text.endsWith('}') ? ';' : ''}\n`;
}

type Maker = (scope: Scope, indent: string) => string;

const declaration: Maker = (scope) => {
  const type = scope.type();
  const value = expression(scope, type, DEPTH);
  const bare = scope.noisy();
  const word = scope.random.chance(15) && !bare ? scope.random.pick(['var', 'final var', `final ${type}`]) : type;
  const { name } = scope.declare(
    type,
    word.startsWith('final'),
    scope.result === null && scope.loops.length === 0 ? 'g' : 'v',
  );
  return bare ? `${type} ${name}` : `${word} ${name} = ${value}`;
};

const assignment: Maker = (scope) => {
  const { random } = scope;
  const target = scope.anyVariable(true);
  if (!target) return declaration(scope, '');
  const { name, type } = target;
  if (type.endsWith('[]') && random.chance(70)) {
    const element = type.slice(0, -2);
    const value = expression(scope, element, DEPTH);
    return random.chance(50) ? `${name} << ${value}` : `${name}[${expression(scope, 'int', 2)}] = ${value}`;
  }
  const own = scope.userClass(type);
  if (own && own.fields.length > 0 && random.chance(60)) {
    const field = random.pick(own.fields);
    return `${name}.${field.name} = ${expression(scope, field.type, DEPTH)}`;
  }
  if (type === 'int' && random.chance(50))
    return `${name} ${random.pick(['+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '>>>=', '&=', '|=', '^='])} ${expression(scope, 'int', 2)}`;
  if (type === 'String' && random.chance(40)) return `${name} += ${expression(scope, scope.type(), 2)}`;
  return `${name} = ${expression(scope, type, DEPTH)}`;
};

const output: Maker = (scope) => `OUT << ${expression(scope, scope.type(), DEPTH)} << EOL`;
const effect: Maker = (scope) => call(scope, 2);

const leave: Maker = (scope) => {
  const { random } = scope;
  if (scope.loops.length > 0 && random.chance(60)) {
    const label = random.pick(scope.loops);
    return `if (${expression(scope, 'boolean', 2)}) ${random.pick(['break', 'continue'])}${label ? ` ${label}` : ''}`;
  }
  if (scope.result !== null && random.chance(70))
    return `if (${expression(scope, 'boolean', 1)}) return${scope.result === 'void' ? '' : ` ${expression(scope, scope.result, 2)}`}`;
  return `if (${expression(scope, 'boolean', 1)}) throw ${expression(scope, 'Exception', 1)}`;
};

const rare: Maker = (scope) => {
  const { random } = scope;
  switch (random.below(4)) {
    case 0:
      return `print ${expression(scope, scope.type(), 2)}`;
    case 1:
      return `assert ${expression(scope, 'boolean', 2)} : ${expression(scope, 'String', 1)}`;
    default:
      return scope.noisy() ? random.pick(['return', 'break', 'continue', 'throw null', '{ }', ';']) : `print "p"`;
  }
};

const condition: Maker = (scope, indent) => {
  const head = `if (${expression(scope, 'boolean', DEPTH)}) ${block(scope, 3, indent)}`;
  return scope.random.chance(40) ? `${head} else ${block(scope, 2, indent)}` : head;
};

function inLoop(scope: Scope, work: (label: string) => string): string {
  const label = scope.random.chance(15) ? scope.fresh('loop') : '';
  scope.loops.push(label);
  const text = scope.block(() => work(label));
  scope.loops.pop();
  return `${label ? `${label}: ` : ''}${text}`;
}

const loop: Maker = (scope, indent) =>
  inLoop(scope, () => {
    const { random } = scope;
    switch (random.below(5)) {
      case 0: {
        const least = expression(scope, 'int', 2);
        return `while (${scope.noisy() ? 'true' : `${least} < ${scope.variable('int')?.name ?? least}`}) ${block(scope, 3, indent)}`;
      }
      case 1:
        return `do ${block(scope, 3, indent)} while (${expression(scope, 'int', 2)} > ${scope.variable('int')?.name ?? '1'})`;
      case 2: {
        const element = scope.type(1).replace(/\?$/, '');
        const over = expression(scope, `${element}[]`, 2);
        const { name } = scope.declare(element);
        return `foreach (${random.chance(50) ? element : 'var'} ${name} in ${over}) ${block(scope, 3, indent)}`;
      }
      default: {
        const { name } = scope.declare('int');
        const bound = random.chance(70) ? String(random.below(30)) : expression(scope, 'int', 1);
        return `for (int ${name} = 0; ${name} < ${bound}; ${name}++) ${block(scope, 3, indent)}`;
      }
    }
  });

const choice: Maker = (scope, indent) => {
  const { random } = scope;
  const type = random.pick(['int', 'String']);
  const cases = Array.from({ length: random.below(4) }, (_, index) => {
    const value = type === 'int' ? String(index * 3) : `"k${index}"`;
    return `${indent}  case ${value}:\n${scope.block(() => statement(scope, `${indent}    `))}${random.chance(60) ? `${indent}    break;\n` : ''}`;
  });
  const last = random.chance(50) ? `${indent}  default:\n${scope.block(() => statement(scope, `${indent}    `))}` : '';
  return `switch (${expression(scope, type, 2)}) {\n${cases.join('')}${last}${indent}}`;
};

const attempt: Maker = (scope, indent) => {
  const { random } = scope;
  const body = block(scope, 3, indent);
  const catches = Array.from({ length: random.below(3) }, () =>
    scope.block(() => {
      const { name } = scope.declare('Exception', false, 'e');
      return ` catch (${random.pick(exceptionNames)} ${name}) ${block(scope, 2, indent)}`;
    }),
  );
  const end = random.chance(30) || catches.length === 0 ? ` finally ${block(scope, 2, indent)}` : '';
  return `try ${body}${catches.join('')}${end}`;
};

const PLAIN: readonly Maker[] = [
  declaration,
  declaration,
  declaration,
  assignment,
  assignment,
  output,
  effect,
  leave,
  rare,
];
const NESTING: readonly Maker[] = [condition, loop, loop, choice, attempt];
