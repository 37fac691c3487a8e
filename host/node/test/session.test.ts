/** Entries of a shell, one after the other in one isolate. */
import { describe, expect, test } from 'vitest';
import { ALL, collector, Session, textInput, wasmCode, type NativeCode, type NativeHost } from '../src/index.js';

interface Shell {
  /** Output of an entry, then its exception or diagnostics. */
  readonly enter: (text: string) => string;
}

function shell(options: { heap?: number; kernel?: boolean } = {}): Shell {
  const out = collector();
  const session = new Session({ ...options, streams: { in: textInput(''), out: out.sink, err: out.sink } });
  return {
    enter: (text) => {
      const before = out.text().length;
      const { compilation, outcome } = session.enter(text, '<shell>');
      const shown = out.text().slice(before);
      if (compilation.errors !== 0)
        return compilation.diagnostics.map((d) => `${d.code} ${d.line}:${d.column}`).join('\n');
      return shown + (outcome?.status === 'exception' ? outcome.text : '');
    },
  };
}

/** Each entry with what it shows. */
function all(...entries: (readonly [string, string])[]): void {
  const { enter } = shell();
  for (const [text, expected] of entries) expect(enter(text), text).toBe(expected);
}

describe('values', () => {
  test('are shown with their types', () =>
    all(
      ['40 + 2', '=> 42 : int\n'],
      ['"a" + "b"', '=> "ab" : String\n'],
      ['true and false', '=> false : boolean\n'],
      ['[1, 2]', '=> [1, 2] : int[]\n'],
      ['String? n = null; n', '=> null : String?\n'],
    ));
  test('assignments, sends and what has no value show none', () =>
    all(
      ['int x = 5', ''],
      ['x = 6', ''],
      ['x++', ''],
      ['OUT << x << EOL', '7\n'],
      ['void f() {}', ''],
      ['f()', ''],
      ['x', '=> 7 : int\n'],
    ));
  test('only of the last item', () => all(['1 + 1; 2 + 2', 'K0210 1:1'], ['int a = 1; a + 1', '=> 2 : int\n']));
});

describe('later entries know', () => {
  test('variables, with inferred types and constants', () =>
    all(
      ['var a = [1, 2, 3]', ''],
      ['a.size()', '=> 3 : int\n'],
      ['LIMIT = 10', ''],
      ['LIMIT = 11', 'K0307 1:1'],
      ['final int fixed = 3', ''],
      ['fixed = 4', 'K0307 1:1'],
      ['fixed + LIMIT', '=> 13 : int\n'],
    ));
  test('functions, with defaults', () =>
    all(
      ['int add(int a, int b = 2, String s = "x\\"y") { return a + b + s.size(); }', ''],
      ['add(1)', '=> 6 : int\n'],
      ['add(1, 1, "")', '=> 2 : int\n'],
      ['add()', 'K0405 1:1'],
    ));
  test('classes, their fields, methods, statics and constructors', () =>
    all(
      ['class P(String name, int age);', ''],
      ['P p = new P("ann", 7)', ''],
      ['p.name + p.age', '=> "ann7" : String\n'],
      [
        `class Counter { // { a comment
           @Static int made = 0; int n = 40; final String tag = "{";
           Counter(int by = 1) { made++; n += by; }
           int next() { return ++n; }
           @Static int total() { return made; } }`,
        '',
      ],
      ['Counter c = new Counter(); c.next()', '=> 42 : int\n'],
      ['new Counter(5).n', '=> 45 : int\n'],
      ['Counter.made + Counter.total()', '=> 4 : int\n'],
      ['class Plain { int n = 3; }', ''],
      ['new Plain().n', '=> 3 : int\n'],
      ['class Below extends Plain { }', ''],
      ['new Below().n', '=> 3 : int\n'],
    ));
  test('classes to extend and to override, also from what was compiled before', () =>
    all(
      ['class A { String name() { return "a"; } String twice() { return name() + name(); } }', ''],
      ['String show(A a) { return a.twice(); }', ''],
      ['class B extends A { @Override String name() { return "b"; } }', ''],
      ['show(new B()) + show(new A())', '=> "bbaa" : String\n'],
      ['class C extends B { int extra = 1; @Override String name() { return super.name() + "c"; } }', ''],
      ['show(new C())', '=> "bcbc" : String\n'],
      ['new C() instanceof A', '=> true : boolean\n'],
    ));
  test('interfaces, to implement and to call through', () =>
    all(
      ['interface Named { String name(); String twice() { return name() + name(); } }', ''],
      ['String show(Named n) { return n.name(); }', ''],
      ['class A implements Named { String name() { return "a"; } }', ''],
      ['show(new A())', '=> "a" : String\n'],
      ['Named n = new A(); n.twice()', '=> "aa" : String\n'],
      ['String A.name() { return "x"; }', ''],
      ['show(n) + n.name()', '=> "xx" : String\n'],
      ['class B implements Named { }', 'K0515 1:1'],
    ));
  test('generic classes and methods', () =>
    all(
      ['class Box<T> { T value; Box(T v) { value = v; } T get() { return value; } }', ''],
      ['Box<int> b = new Box<int>(41)', ''],
      ['b.get() + 1', '=> 42 : int\n'],
      ['T twice<T>(Box<T> b) { return b.get(); }', ''],
      ['twice(new Box<String>("s")) + b.value', '=> "s41" : String\n'],
      ['class IntBox extends Box<int> { IntBox(int n) { super(n); } @Override int get() { return value * 2; } }', ''],
      ['Box<int> c = new IntBox(4); c.get()', '=> 8 : int\n'],
      ['twice(c)', '=> 8 : int\n'],
    ));
  test('exceptions, and catch them', () =>
    all(
      ['class OddException extends Exception { OddException(String m) { super(m); } }', ''],
      ['void odd() { throw new Odd!!("no"); }', ''],
      ['try { odd(); } catch (Odd!! e) { OUT << e.message << EOL; }', 'no\n'],
      ['odd()', 'Odd!!: no\n  at odd (<shell>:1)\n  at <top> (<shell>:1)\n'],
    ));
});

describe('the library that is written in Konoha', () => {
  test('is the same for all entries', () =>
    all(
      ['"7".padLeft(3)', '=> "  7" : String\n'],
      ['"7".padLeft(2) + "7".padRight(2)', '=> " 77 " : String\n'],
      ['Random r = new Random(1); Random s = r; r == s', '=> true : boolean\n'],
      ['s.next() != r.next()', '=> true : boolean\n'],
      ['class Random { int n = 3; }', ''],
      ['r.next(); new Random().n', '=> 3 : int\n'],
    ));
});

describe('methods from outside', () => {
  test('are given to live objects', () =>
    all(
      ['class P { int age; P(int a) { age = a; } }', ''],
      ['P p = new P(7)', ''],
      ['boolean P.isChild() { return _age < 20; }', ''],
      ['p.isChild()', '=> true : boolean\n'],
      ['String P.toString() { return "P" + _age; }', ''],
      ['p', '=> P7 : P\n'],
      ['String P.toString() { return "Q" + _age; }', ''],
      ['p', '=> Q7 : P\n'],
    ));
  test('reach classes below, unless they have their own', () =>
    all(
      [
        'class A { String name() { return "a"; } } class B extends A { } class C extends A { String name() { return "c"; } }',
        '',
      ],
      ['A[] all = [new A(), new B(), new C()]', ''],
      ['String names() { String s = ""; for (A a : all) s += a.name(); return s; }', ''],
      ['names()', '=> "aac" : String\n'],
      ['String A.name() { return "x"; }', ''],
      ['names()', '=> "xxc" : String\n'],
      ['int A.name() { return 1; }', ''],
      ['new A().name()', '=> 1 : int\n'],
      ['names()', '=> "xxc" : String\n'],
    ));
  test('of the library', () =>
    all(['int String.twice() { return size() * 2; }', ''], ['"abc".twice()', '=> 6 : int\n']));
});

describe('a later definition of the same name', () => {
  test('of a function: what was compiled before keeps the old one', () =>
    all(
      ['int f() { return 1; }', ''],
      ['int g() { return f(); }', ''],
      ['String f() { return "new"; }', ''],
      ['f()', '=> "new" : String\n'],
      ['g()', '=> 1 : int\n'],
    ));
  test('of a variable', () =>
    all(
      ['int x = 1', ''],
      ['int x() { return x; }', ''],
      ['String x = "s"', ''],
      ['x', '=> "s" : String\n'],
      ['x()', '=> 1 : int\n'],
    ));
  test('of a class: old objects keep their class', () =>
    all(
      ['class P { int a = 1; }', ''],
      ['P old = new P()', ''],
      ['class P { String b = "b"; }', ''],
      ['new P().b', '=> "b" : String\n'],
      ['old.a', '=> 1 : int\n'],
    ));
  test('twice in one entry is an error', () => all(['int f() { return 1; } int f() { return 2; }', 'K0306 1:23']));
});

describe('failures', () => {
  test('an entry with errors declares nothing', () =>
    all(
      ['int a = 1; int b = "x"', 'K0401 1:20'],
      ['a', 'K0301 1:1'],
      ['int a = 2; a', '=> 2 : int\n'],
      ['int f( {', 'K0206 1:6\nK0206 1:8'],
      ['1', '=> 1 : int\n'],
    ));
  test('an exception keeps what was declared', () =>
    all(
      ['int a = 1; int b = a / 0', 'Arithmetic!!: division by zero\n  at <top> (<shell>:1)\n'],
      ['a + b', '=> 1 : int\n'],
    ));
  test('memory runs out, and what was there goes on', () => {
    const { enter } = shell({ heap: 128 << 10 });
    enter('int kept = 7');
    enter('int get() { return kept; }');
    let failure: unknown;
    for (let i = 0; i < 2000 && failure === undefined; i++) {
      try {
        enter(`int f${i}(int a) { return a + ${i}; }`);
      } catch (error) {
        failure = error;
      }
    }
    expect(String(failure)).toMatch(/memory|fit/);
  });
});

describe('native code', () => {
  function entered(native: boolean): string[] {
    let units = 0;
    const { sink, text } = collector();
    const counted = (host: NativeHost): NativeCode => {
      const code = wasmCode(ALL)(host);
      const install = code.install.bind(code);
      return Object.assign(code, { install: (unit: readonly Uint8Array[]) => (units++, install(unit)) });
    };
    const streams = { in: textInput(''), out: sink, err: sink };
    const session = new Session({ streams, ...(native ? { native: counted } : {}) });
    const lines = [
      'class Shape { int area() { return 1; } }',
      'int sum(Shape[] all) { int s = 0; for (int i = 0; i < 200; i++) s += all[i % all.size()].area(); return s; }',
      'Shape[] all = [new Shape()]',
      'sum(all)',
      // What is added overrides what native code calls directly.
      'class Square extends Shape { @Override int area() { return 3; } }',
      'all << new Square()',
      'sum(all)',
      'sum([])',
      'sum(all)',
    ];
    const ends = lines.map((line) => session.enter(line).outcome?.status ?? 'rejected');
    expect(units > 0).toBe(native);
    return [...ends, text()];
  }

  test('goes when an entry is added, and gives what the interpreter gives', () => {
    const native = entered(true);
    expect(native).toEqual(entered(false));
    expect(native.at(-1)).toContain('400');
  });
});

test('a return without a value gives none', () => {
  const session = new Session();
  session.enter('void f(int n) { if (n > 0) return; f(n + 1); }');
  expect(session.listing('f')).not.toMatch(/\bRET\b/);
});
