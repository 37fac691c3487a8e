import { describe, expect, test } from 'vitest';
import { dump } from './dump.js';
import { parse } from './syntax-wasm.js';

/** The tree of a text that must be without an error, its ROOT left out. */
function tree(source: string): string {
  const parsed = parse(source);
  expect(parsed.codes, parsed.render(0)).toEqual([]);
  return dump(parsed)
    .replace(/^\(root ?/, '')
    .replace(/\)$/, '');
}

const cases: Record<string, [string, string][]> = {
  'precedence is Java’s': [
    ['x = a + b * c - d', '(= x (- (+ a (* b c)) d))'],
    [
      'x = a || b && c | d ^ e & f == g < h << i + j',
      '(= x (or a (and b (| c (^ d (& e (== f (< g (<< h (+ i j))))))))))',
    ],
    ['x = a or b and not c', '(= x (or a (and b (not c))))'],
    ['x = a mod b', '(= x (% a b))'],
    ['x = y = z', '(= x (= y z))'],
    ['x += y -= z', '(+= x (-= y z))'],
    ['x = a ? b : c ? d : e', '(= x (cond a b (cond c d e)))'],
    ['x = a ?? b ?? c', '(= x (?? a (?? b c)))'],
    ['x = -a.b', '(= x (neg (. a b)))'],
    ['x = !a is? B', '(= x (instanceof (not a) B))'],
    ['x = a + b to String', '(= x (+ a (cast String b)))'],
    ['x = a >>> 1 >= 2', '(= x (>= (>>> a 1) 2))'],
    ['out << a + b << c', '(<< (<< out (+ a b)) c)'],
    ['x = a - b - c', '(= x (- (- a b) c))'],
    ['x = s[a + 1 to b << 2]', '(= x (index s (to (+ a 1) (<< b 2))))'],
    ['x = s[a until b]; y = s[a to]', '(= x (index s (until a b))) (= y (index s (to a)))'],
    ['x = a in? b to c && d', '(= x (and (in? a (to b c)) d))'],
    ['x = s[a to String]', '(= x (index s (cast String a)))'],
    ['x = a++ + ++b', '(= x (+ (post++ a) (pre++ b)))'],
  ],
  lambdas: [
    ['x = n => n + 1', '(= x (lambda (parameter var n) (+ n 1)))'],
    ['x = (n) => n', '(= x (lambda (parameter var n) n))'],
    ['x = () => 1', '(= x (lambda 1))'],
    ['x = (int a, b) => a', '(= x (lambda (parameter int a) (parameter var b) a))'],
    ['x = (Box<int>[] a) => a', '(= x (lambda (parameter ([] Box int) a) a))'],
    ['x = n => { return n }', '(= x (lambda (parameter var n) (block (return n))))'],
    ['x = function(int n) { f(n) }', '(= x (lambda (parameter int n) (block (call f n))))'],
    ['x = a => b => a', '(= x (lambda (parameter var a) (lambda (parameter var b) a)))'],
    ['x = a => y = a', '(= x (lambda (parameter var a) (= y a)))'],
    ['x = c ? a => 1 : a => 2', '(= x (cond c (lambda (parameter var a) 1) (lambda (parameter var a) 2)))'],
    ['f(a => a ? 1 : 2, 3)', '(call f (lambda (parameter var a) (cond a 1 2)) 3)'],
    ['f(a => { g(b => { h() }) }, 3)\ny', '!K0210'],
    [
      'f(a => { g(b => { h() }) }, 3)\nf()',
      '(call f (lambda (parameter var a) (block (call g (lambda (parameter var b) (block (call h)))))) 3) (call f)',
    ],
    [
      'x = "${f(a => { return "${b}" })}"',
      '(= x (interp (call f (lambda (parameter var a) (block (return (interp b)))))))',
    ],
    ['x = a -> a', '!K0201'],
    ['x = (a, 1) => a', '!K0209'],
    ['x = function(int n) n', '!K0201'],
    ['x = (int) => 1', '!K0202'],
  ],
  casts: [
    ['x = (int) y', '(= x (cast int y))'],
    ['x = (int) -y', '(= x (cast int (neg y)))'],
    ['x = (A) - y', '(= x (- A y))'],
    ['x = (a) + y', '(= x (+ a y))'],
    ['x = (String?) y', '(= x (cast (? String) y))'],
    ['x = (A[]) [1]', '(= x (cast ([] A) (array 1)))'],
    ['x = (A) [1]', '(= x (index A 1))'],
    ['x = (A) y.z', '(= x (cast A (. y z)))'],
    ['x = (A) (y)', '(= x (cast A y))'],
    ['x = y as T?', '(= x (cast (? T) y))'],
    ['x = y to int', '(= x (cast int y))'],
  ],
  types: [
    ['Box<int> b', '(variable Box int b)'],
    ['Box<A, Box<int[]>[]>? b', '(variable (? Box A ([] Box ([] int))) b)'],
    ['Box<Box<Box<int>>> b, c', '(variable Box Box Box int b) (variable Box Box Box int c)'],
    ['Map<String, Box<int?>>[] b = c', '(variable ([] Map String Box (? int)) b c)'],
    ['Func<A, int[]=>R> f', '(variable (func A ([] int) R) f)'],
    ['Func<=>R> f; Func<A=>void> g', '(variable (func R) f) (variable (func A void) g)'],
    ['Func<Func<A=>B>=>Func<=>C>> f', '(variable (func (func A B) (func C)) f)'],
    ['int.. i; Box<A..>..[] j', '(variable (.. int) i) (variable ([] (.. Box (.. A))) j)'],
    ['(int, String) t = u', '(variable (tuple int String) t u)'],
    ['(A, (B, C)[])? t, u', '(variable (? (tuple A ([] (tuple B C)))) t) (variable (? (tuple A ([] (tuple B C)))) u)'],
    ['Box<(A, B)> t', '(variable Box (tuple A B) t)'],
    ['x = (Box<int>) y', '(= x (cast Box int y))'],
    ['x = ((A, B)) y', '(= x (cast (tuple A B) y))'],
    ['x = y as Box<A>', '(= x (cast Box A y))'],
    ['x = y is? Box<A> && z', '(= x (and (instanceof y Box A) z))'],
    ['x = a < b', '(= x (< a b))'],
    ['x = f(A < b, c > d)', '(= x (call f (< A b) (> c d)))'],
    [
      'x = new Box<int>(1); x = new Box<>(1); x = new Box(1)',
      '(= x (new Box int 1)) (= x (new Box 1)) (= x (new Box 1))',
    ],
    ['x = new Box<int>[3]', '(= x (new[] Box int 3))'],
    ['foreach((A, B) p in q) { }', '(foreach (tuple A B) p q (block))'],
    ['for(Box<A> p : q) { }', '(foreach Box A p q (block))'],
    ['class Box<T, U extends Order<U>> extends Base<T[]> { }', '(class Box Base ([] T) (<> T) (<> U Order U))'],
    ['class Pair<A, B>(A a, B b)', '(class Pair (parameter A a) (parameter B b) (<> A) (<> B))'],
    ['T id<T>(T x) { }', '(function T id (parameter T x) (block) (<> T))'],
    ['void f<T, U>() { }', '(function void f (block) (<> T) (<> U))'],
    ['T? find<T>(T[] a) { }', '(function (? T) find (parameter ([] T) a) (block) (<> T))'],
    ['(A, B) swap(A a, B b) { }', '(function (tuple A B) swap (parameter A a) (parameter B b) (block))'],
    ['T Box<T>.first() { }', '(function T first (block) Box (<> T))'],
    [
      'Box<R> Box<T>.map<R>(Func<T=>R> f) { }',
      '(function Box R map (parameter (func T R) f) (block) Box (<> T) (<> R))',
    ],
    [
      'class A { (A, B) x; Box<A> b; T get<T>() { } Box<T> of<T>(T t) { } }',
      '(class A (field (tuple A B) x) (field Box A b) (function T get (block) (<> T)) (function Box T of (parameter T t) (block) (<> T)))',
    ],
  ],
  literals: [
    ['x = 0xff + 0b101 + 1_000 + 0666 + 0', '(= x (+ (+ (+ (+ 255 5) 1000) 438) 0))'],
    ['x = -9223372036854775808', '(= x -9223372036854775808)'],
    ['x = 9223372036854775807', '(= x 9223372036854775807)'],
    ['x = 0xffffffffffffffff', '(= x -1)'],
    ['x = 1.toHex()', '(= x (call (. 1 toHex)))'],
    [String.raw`x = "a\n\t\\\"\$\x41\u{1F600}"`, '(= x "a\\n\\t\\\\\\"$A😀")'],
    [String.raw`x = 'it\'s ${'$'}{y}'`, '(= x "it\'s ${y}")'],
    ['x = @"c:\\new ""x"" ${y}"', '(= x "c:\\\\new \\"x\\" ${y}")'],
    ['x = """\na\n "b" ${c}"""', '(= x (interp "a\\n \\"b\\" " c))'],
    ['x = """a\r\nb"""', '(= x "a\\nb")'],
    ['x = "$y $ {z}"', '(= x "$y $ {z}")'],
    ['x = "日本${y}語"', '(= x (interp "日本" y "語"))'],
    ['x = "${a}${b}"', '(= x (interp a b))'],
    ['x = "a${"b${"c${d}"}"}e"', '(= x (interp "a" (interp "b" (interp "c" d)) "e"))'],
    ['x = "${f("}")}"', '(= x (interp (call f "}")))'],
    ['x = [1, [2], [],]', '(= x (array 1 (array 2) (array)))'],
    ['x = null; y = true; z = false', '(= x null) (= y true) (= z false)'],
  ],
  names: [
    ['throw new IO!!("x")', '(throw (new IOException "x"))'],
    ['throw new Exception!!()', '(throw (new Exception))'],
    ['_x = _y ?? 1', '(= _x (?? _y 1))'],
    ['super.f(); this.f(); super(1); this(2)', '(call (. super f)) (call (. this f)) (call super 1) (call this 2)'],
    ['a.class.to.print(1)', '(call (. (. (. a class) to) print) 1)'],
    ['int to = 1; to = to + as', '(variable int to 1) (= to (+ to as))'],
    ['print = 1; print.x()', '(= print 1) (call (. print x))'],
    ['変数 = 1', '(= 変数 1)'],
  ],
  declarations: [
    ['int a = 1, b, c = a', '(variable int a 1) (variable int b) (variable int c a)'],
    ['String[]? xs; T?[] ys', '(variable (? ([] String)) xs) (variable ([] (? T)) ys)'],
    [
      'var x = 1; def y = 2; final int Z = 3; final q = 4',
      '(variable var x 1) (variable var y 2) (final-variable int Z 3) (final-variable var q 4)',
    ],
    ['X ? f() : g', '!K0210'],
    ['String? f() { return null }', '(function (? String) f (block (return null)))'],
    ['int f(int a, String b = "x") { }', '(function int f (parameter int a) (parameter String b "x") (block))'],
    ['def f(int n) { return n }', '(function var f (parameter int n) (block (return n)))'],
    [
      'boolean Person.isChild() { return _age < 20; }',
      '(function boolean isChild (block (return (< _age 20))) Person)',
    ],
    ['class P(String name, int age);', '(class P - (parameter String name) (parameter int age))'],
    ['class P(int a) extends Q { int f() { } }', '(class P Q (function int f (block)) (parameter int a))'],
    ['class P extends Device<S> { }', '(class P Device S)'],
    ['class P implements Q, R { }', '(class P - Q R)'],
    ['interface P extends Q, R { int f() }', '(interface P - (function int f) Q R)'],
    ['interface = 3', '(= interface 3)'],
    [
      'class C { int a = 1, b; C(int x) { } @Final @Override void m() { } }',
      '(class C - (field int a 1) (field int b) (function - C (parameter int x) (block)) (function void m (block) (@ Final) (@ Override)))',
    ],
    ['@Abstract class C { @Abstract int f() }', '(class C (function int f (@ Abstract)) (@ Abstract))'],
  ],
  statements: [
    ['if (a) b() else c()', '!K0209'],
    ['if (a) b(); else c()', '(if a (call b) (call c))'],
    ['if (a) if (b) c(); else d()', '(if a (if b (call c) (call d)))'],
    ['while (a) { b() }', '(while a (block (call b)))'],
    ['do a() while (b)', '!K0209'],
    ['do { a() } while (b); c()', '(do (block (call a)) b) (call c)'],
    ['for (;;) { }', '(for (block))'],
    [
      'for (int i = 0, j = 1; i < j; i++, j--) f()',
      '(for (variable int i 0) (variable int j 1) (< i j) (post++ i) (post-- j) (call f))',
    ],
    ['for (i = 0; ; ) ;', '(for (= i 0) - empty)'],
    ['foreach (String s in xs) f(s)', '(foreach String s xs (call f s))'],
    ['foreach (x in xs) f(x)', '(foreach var x xs (call f x))'],
    ['for (var x : xs) { }', '(foreach var x xs (block))'],
    ['switch (x) { case 1: case -1: f(); break default: g() }', '!K0209'],
    [
      'switch (x) { case 1: case -1: f(); break; default: g() }',
      '(switch x (case 1) (case -1 (call f) (break)) (case - (call g)))',
    ],
    ['a: for (;;) { continue a; break a }', '(label a (for (block (continue a) (break a))))'],
    [
      'try { } catch (A a) { } catch (B!! b) { } finally { }',
      '(try (block) (catch A a (block)) (catch BException b (block)) (block))',
    ],
    ['try { } finally { }', '(try (block) - (block))'],
    ['assert(a > 1); assert a : "m"; assert (a) && b', '(assert (> a 1)) (assert a "m") (assert (and a b))'],
    ['print a, b + 1', '(print a (+ b 1))'],
    ['new A?[3].f()', '(call (. (new[] (? A) 3) f))'],
    ['x = new int[n + 1]; y = new T?[2]; z = new A()', '(= x (new[] int (+ n 1))) (= y (new[] (? T) 2)) (= z (new A))'],
    ['{ ; { } }', '(block empty (block))'],
    ['if (a) int b, c', '(if a (block (variable int b) (variable int c)))'],
  ],
};

/** Without the marks for parts that are missing. */
const normal = (text: string): string => text.replaceAll(/ -(?=[ )])/g, '');

for (const [title, list] of Object.entries(cases)) {
  describe(title, () => {
    for (const [source, expected] of list) {
      test(source, () => {
        if (expected.startsWith('!')) expect(parse(source).diagnostics.map((d) => d.code)).toContain(expected.slice(1));
        else expect(normal(tree(source))).toBe(normal(expected));
      });
    }
  });
}

describe('annotations', () => {
  test('those of the script go to the ROOT, the others to the declaration', () => {
    expect(normal(tree('@Name("a") @Mode(0666)\n@Final int f() { }'))).toBe(
      '(function int f (block) (@ Final)) (@ Name "a") (@ Mode 438)',
    );
  });
  test('those of the script are an error later in the file', () => {
    expect(parse('int x = 1\n@Heap(2) int f() { }').codes).toEqual(['K0207 2:1']);
  });
  test('a variable has none', () => {
    expect(parse('int y\n@Final int x = 1').codes).toEqual(['K0207 2:1']);
  });
  test('arguments are literals', () => {
    expect(parse('@Name(x)\nint y').codes).toEqual(['K0201 1:7']);
  });
});

describe('line ends', () => {
  const same: [string, string][] = [
    ['a = 1\nb = 2', '(= a 1) (= b 2)'],
    ['a = 1 +\n 2', '(= a (+ 1 2))'],
    ['a = b\n && c\n || d', '(= a (or (and b c) d))'],
    ['a = b\n + c', '(= a (+ b c))'],
    ['a = b\n ? c\n : d', '(= a (cond b c d))'],
    ['a\n .b()\n .c()', '(call (. (call (. a b)) c))'],
    ['a = f(1,\n 2\n)', '(= a (call f 1 2))'],
    ['a = b\n(c).d()', '(= a b) (call (. c d))'],
    ['a = b\n[1].f()', '(= a b) (call (. (array 1) f))'],
    ['a = b\n++c', '(= a b) (pre++ c)'],
    ['a = [b\n++, c]', '(= a (array (post++ b) c))'],
    ['out << "x"\n << EOL', '(<< (<< out "x") EOL)'],
    ['int f() {\n return\n}\nint g()\n{\n}', '(function int f (block (return))) (function int g (block))'],
    ['a = b\r\nc = d\r\n', '(= a b) (= c d)'],
    ['#!/usr/bin/konoha\na()', '(call a)'],
    ['\ufeffa()', '(call a)'],
    ['a() /* x\n */ b()', '(call a) (call b)'],
    ['/* a /* b */ c */ a() // x', '(call a)'],
    ['if (a)\n b()\nelse\n c()', '(if a (call b) (call c))'],
    ['break_ = 1\nwhile (a) { break\n b() }', '(= break_ 1) (while a (block (break) (call b)))'],
    ['', ''],
  ];
  for (const [source, expected] of same) test(JSON.stringify(source), () => expect(tree(source)).toBe(expected));
});
