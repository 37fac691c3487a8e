import { describe, expect, test } from 'vitest';
import { format, FormatError } from '../src/index.js';

function formatted(source: string): string {
  const result = format(source, 'x.k');
  if (result.status !== 'ok') throw new Error(result.scan.render('plain'));
  return result.text;
}

/** What it becomes; it must stay so when it is formatted again. */
function expectStyle(source: string, wanted: string): void {
  expect(formatted(source)).toBe(wanted);
  expect(formatted(wanted)).toBe(wanted);
}

describe('within a line', () => {
  test.each([
    ['operators', 'x=a+b*-c-(-d)', 'x = a + b * -c - (-d)'],
    ['signs that would join', 'x = - -a + + +b - --c', 'x = - -a + + +b - --c'],
    ['not, and, or', 'boolean q=!a&&b||not c and d', 'boolean q = !a && b || not c and d'],
    ['counting', 'i ++; -- j; a [0] ++', 'i++; --j; a[0]++'],
    ['shifts and sends', 'OUT<<a<<(b>>2)<<EOL', 'OUT << a << (b >> 2) << EOL'],
    ['calls', 'f ( 1 ,g( ) ) . h ( )', 'f(1, g()).h()'],
    ['arrays', 'int [ ] xs=[ 1,2 , ] ; int[] ys = new int [ 3 ]', 'int[] xs = [1, 2,]; int[] ys = new int[3]'],
    ['types that may be null', 'String?   s = null; int?[]xs = []', 'String? s = null; int?[] xs = []'],
    ['parameters that may be null', 'void f(String?a,int?[] b=null) { }', 'void f(String? a, int?[] b = null) { }'],
    ['conditions', 'x=a?b:c; y = a ?-1:b?2:3', 'x = a ? b : c; y = a ? -1 : b ? 2 : 3'],
    ['casts', 'x = (int)-a+(A) b + (A[]) c', 'x = (int) -a + (A) b + (A[]) c'],
    ['words between operands', 'x=a to Int; y = b instanceof A', 'x = a to Int; y = b instanceof A'],
    ['words that are names', 'in.readAll(); to [1]=2; out.print (3)', 'in.readAll(); to[1] = 2; out.print(3)'],
    ['words that are names when declared', 'void f(InputStream in,int to) { }', 'void f(InputStream in, int to) { }'],
    ['interpolation', 'x="a${ b+1 } ${ f( "c${ d }" )}"', 'x = "a${b + 1} ${f("c${d}")}"'],
    ['exceptions', 'throw new   IO!!( "x" )', 'throw new IO!!("x")'],
    ['annotations', '@Name( "a" ) int x = 1', '@Name("a") int x = 1'],
    ['type arguments', 'class A extends Device<S>{ }', 'class A extends Device<S> { }'],
    [
      'type arguments of variables',
      'Box<A,Box<B>>b=c;Map<String,int?>[]m',
      'Box<A, Box<B>> b = c; Map<String, int?>[] m',
    ],
    ['type parameters', 'class P<A,B extends C<A>>(A a,B b) ;', 'class P<A, B extends C<A>>(A a, B b);'],
    ['generic functions', 'T first<T>( T[]a ){ }', 'T first<T>(T[] a) { }'],
    ['generic methods', 'Box<R> Box<T>.map<R>(Func<T=>R>f){ }', 'Box<R> Box<T>.map<R>(Func<T=>R> f) { }'],
    ['function types', 'Func<=>int> f; Func<A , Box<B>=>void>g', 'Func<=>int> f; Func<A, Box<B>=>void> g'],
    ['function types that may take null', 'Func<A,B?=>C?>f', 'Func<A, B?=>C?> f'],
    ['iterator types', 'int..i=j', 'int.. i = j'],
    ['tuple types', '(int,String)t=u', '(int, String) t = u'],
    ['a diamond', 'x=new Box<>(1)', 'x = new Box<>(1)'],
    ['less and greater', 'x = a<b; y = A<b && c>D', 'x = a < b; y = A < b && c > D'],
    ['labels', 'a : while(b){ break  a }', 'a: while (b) { break a }'],
    ['headers', 'for(int i=0 ; ; i ++){ }', 'for (int i = 0;; i++) { }'],
    ['headers without body', 'for(;;) ;', 'for (;;) ;'],
    ['foreach', 'for(int x:xs){ }', 'for (int x : xs) { }'],
    ['one line stays one', 'int f(){return 1}', 'int f() { return 1 }'],
    ['comments', 'f(/*a*/b,/* c */ d) /* e */ ; // g', 'f(/*a*/b, /* c */ d) /* e */ ; // g'],
    ['wide characters', 'String 名="木" ;', 'String 名 = "木";'],
  ])('%s', (_, source, wanted) => {
    expectStyle(source, `${wanted}\n`);
  });
});

describe('lines', () => {
  test.each([
    ['nothing', '', ''],
    ['blank lines alone', '\n \n\n', ''],
    ['line ends of Windows, none at the end', 'a = 1\r\nb = 2', 'a = 1\nb = 2\n'],
    ['a byte order mark and #!', '\ufeff#!/usr/bin/konoha\n\n\na=1', '\ufeff#!/usr/bin/konoha\na = 1\n'],
    ['#! alone', '#!x', '#!x'],
    ['groups are kept, one blank line between', 'a = 1\n\n\n\nb = 2\n\n', 'a = 1\n\nb = 2\n'],
    ['blocks have no blank lines at their ends', 'if (a) {\n\n\nb()\n\n}', 'if (a) {\n    b()\n}\n'],
    [
      'braces of headers',
      'void f()\n{\nwhile (a)\n{\nb()\n}\n}',
      'void f() {\n    while (a) {\n        b()\n    }\n}\n',
    ],
    ['a block below a call', 'f()\n{\ng()\n}', 'f()\n{\n    g()\n}\n'],
    ['else', 'if (a) {\nb()\n}\nelse\n{ c() }', 'if (a) {\n    b()\n} else { c() }\n'],
    [
      'catch',
      'try {\na()\n}\ncatch (IO!! e)\n{\n}\nfinally { }',
      'try {\n    a()\n} catch (IO!! e) {\n} finally { }\n',
    ],
    ['else of short bodies', 'if (a) { b() }\nelse { c() }', 'if (a) { b() }\nelse { c() }\n'],
    ['else behind a comment', 'if (a) {\n} // c\nelse { d() }', 'if (a) {\n} // c\nelse { d() }\n'],
    ['long bodies that begin beside the brace', 'if (a) { b()\nc() }', 'if (a) {\n    b()\n    c()\n}\n'],
    [
      'bodies without braces',
      'if (a)\nfor (;;)\nb()\nelse\nc()\nd()',
      'if (a)\n    for (;;)\n        b()\nelse\n    c()\nd()\n',
    ],
    ['chains', 'x = a\n.b()\n.c()\ny = 1', 'x = a\n    .b()\n    .c()\ny = 1\n'],
    ['sums', 'x = a +\nb\ny = 1', 'x = a +\n    b\ny = 1\n'],
    ['arguments', 'f(a,\ng(\nb\n),\n)', null],
    ['calls over lines', 'f(a, g(\nb,\nc\n))', 'f(a, g(\n    b,\n    c\n))\n'],
    [
      'switch',
      'switch (a) {\ncase 1:\nb()\n// to d\nbreak\ncase 2: c(); break\ndefault:\nd()\n}',
      'switch (a) {\n    case 1:\n        b()\n        // to d\n        break\n    case 2: c(); break\n    default:\n        d()\n}\n',
    ],
    ['conditions over lines', 'if (a &&\nb) {\nc()\n}', 'if (a &&\n    b) {\n    c()\n}\n'],
    ['annotations above', '@Name("a")\n@Heap("1M")\nint x = 1', '@Name("a")\n@Heap("1M")\nint x = 1\n'],
    ['classes', 'class A(int n)\n{\nint m\n\nA(int n) { }\n}', 'class A(int n) {\n    int m\n\n    A(int n) { }\n}\n'],
  ])('%s', (_, source, wanted) => {
    if (wanted === null) expect(format(source).status).toBe('errors');
    else expectStyle(source, wanted);
  });
});

describe('comments', () => {
  test('above code, at the ends of blocks, behind braces', () => {
    expectStyle(
      '// a\nif (b) { // c\n// d\ne()\n\n// f\n}\n// g',
      '// a\nif (b) { // c\n    // d\n    e()\n\n    // f\n}\n// g\n',
    );
  });

  test('of several lines keep their shape', () => {
    expectStyle(
      'void f() {\n/* a\n * b\n   /* nested */\n\n */\ng()\n}',
      'void f() {\n    /* a\n     * b\n       /* nested */\n\n     */\n    g()\n}\n',
    );
  });

  test('in one column stay in one column', () => {
    expectStyle(
      'x=1    // a\nsize=22// b\ny=3    // c\n       // d\n\nz=4 // e',
      'x = 1     // a\nsize = 22 // b\ny = 3     // c\n          // d\n\nz = 4 // e\n',
    );
  });

  test('strings and raw strings are not touched', () => {
    const source = 'x = """\n  a  \n\t${b}\n"""\ny = @"  c\n\n\n  d" // e\n';
    expectStyle(source, source);
  });
});

test('translators and tuples that are taken apart', () => {
  expectStyle(
    'String:(Person   p){return p.name;}\n@Semantic   int[] :(Person p) { return [1]; }\n',
    'String : (Person p) { return p.name; }\n@Semantic int[] : (Person p) { return [1]; }\n',
  );
  expectStyle(
    'foreach((int a,b)   in xs){OUT<<a;}\nfor(a,b=0,1;a<b;a++)OUT<<a;\nfor((int x,int y)=(1,2);x<y;x++) { }\n',
    'foreach ((int a, b) in xs) { OUT << a; }\nfor (a, b = 0, 1; a < b; a++) OUT << a;\nfor ((int x, int y) = (1, 2); x < y; x++) { }\n',
  );
});

test('bodies of one line that stood in one column stay so', () => {
  expectStyle(
    'void Device.open()       { opened++; }\nvoid Device.release(int  n){ }\nvoid f()    { a() }',
    'void Device.open() { opened++; }\nvoid Device.release(int n) { }\nvoid f() { a() }\n',
  );
  expectStyle(
    'void a()        { b(); }     // c\nvoid longer()   { d(); }     // e\n',
    'void a()      { b(); }     // c\nvoid longer() { d(); }     // e\n',
  );
});

test('a script that does not parse is not formatted', () => {
  const result = format('int x = (1\n', 'bad.k');
  expect(result.status === 'errors' && result.scan.diagnostics.map(({ code }) => code)).toEqual(['K0206']);
  expect(format(Uint8Array.of(0x22, 0xff, 0x22)).status).toBe('errors');
});

test('the error that says so names the place', () => {
  expect(new FormatError('x.k', '"+"').message).toContain('x.k cannot be formatted without changing it, at "+"');
});
