import { afterAll, describe, expect, test } from 'vitest';
import { Workplace } from './command.js';

const ESCAPE = '\u001b[';
/** Each test starts the command, on machines that may be busy. */
const SLOW = { timeout: 60_000 };
const place = new Workplace({
  'good.k': 'OUT << "hi ${1 + 1}" << EOL\n',
  'bound.k': 'OUT << Words.count("a b c") << EOL; Bag b = new Bag(); b.add("x"); OUT << b.size() << EOL\n',
  'words.mjs': `export const declarations =
  '@Native class Words { @Static int count(String text); } @Native class Bag { Bag(); void add(String word); int size(); }';
export const classes = {
  Words: { count: (text) => BigInt(text.split(' ').length) },
  Bag: class { words = []; add(word) { this.words.push(word); } size() { return BigInt(this.words.length); } },
};
`,
  'half.mjs':
    "export const declarations = '@Native class Words { @Static int count(String text); }'; export const classes = {};",
  'none.mjs': 'export const nothing = 1;',
  'bad.k': 'int x = "a"\nOUT << y << EOL\n',
  'args.k': 'void main(String[] args) { foreach (String a in args) OUT << a << ";"; OUT << EOL; }\n',
  'throws.k': 'void f() {\n    throw new IO!!("no disk")\n}\nOUT << "before" << EOL\nf()\n',
  'exits.k': 'try { OUT << System.args() << EOL; System.exit(7); } finally { OUT << "never" << EOL; }\n',
  'endless.k': 'while (true) { }\n',
  'bomb.k': 'int[] a = []\nwhile (true) a << 1\n',
  'echo.k':
    'String? line = IN.readLine()\nwhile (line != null) { OUT << "<" << line << ">" << EOL; line = IN.readLine(); }\n',
  'errors-out.k': 'ERR << "to stderr" << EOL\n',
  'lines.k': 'for (int i = 0; i < 200000; i++) OUT << "line ${i}" << EOL\n',
  'ioctl.k': '@Name("tank")\n@Struct class Level { @U16 int low; }\n@Ioctl(1) void Device.setLevel(Level l) { }\n',
  'device.k': '@Name("hello")\nvoid Device.open() { }\nvoid Device.read(OutputStream out) { out << "hi" << EOL; }\n',
});
afterAll(() => place.remove());

describe('konoha run', SLOW, () => {
  test('runs a script', async () => {
    expect(await place.konoha(['run', 'good.k'])).toEqual({ status: 0, stdout: 'hi 2\n', stderr: '' });
  });

  test('reads the script from standard input', async () => {
    expect(await place.konoha(['run', '-'], 'OUT << 7 << EOL')).toEqual({ status: 0, stdout: '7\n', stderr: '' });
    expect((await place.konoha(['run', '-'], 'OUT << z << EOL')).stderr).toContain('<stdin>:1:8');
  });

  test('an empty script does nothing', async () => {
    expect(await place.konoha(['run', '-'], '')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('hands arguments to main, options among them', async () => {
    expect((await place.konoha(['run', 'args.k', 'one', '--json', '-x', '木 2'])).stdout).toBe('one;--json;-x;木 2;\n');
  });

  test('System.exit ends the script with that status', async () => {
    const ended = { status: 7, stdout: '[a, b]\n', stderr: '' };
    expect(await place.konoha(['run', 'exits.k', 'a', 'b'])).toEqual(ended);
    expect(await place.konoha(['run', '--jit', 'all', 'exits.k', 'a', 'b'])).toEqual(ended);
  });

  test('gives standard input to IN', async () => {
    expect((await place.konoha(['run', 'echo.k'], 'a\n\nlast')).stdout).toBe('<a>\n<>\n<last>\n');
  });

  test('ERR is standard error', async () => {
    expect(await place.konoha(['run', 'errors-out.k'])).toEqual({ status: 0, stdout: '', stderr: 'to stderr\n' });
  });

  test('--bind: classes of a JavaScript module', async () => {
    expect(await place.konoha(['run', '--bind', 'words.mjs', 'bound.k'])).toEqual({
      status: 0,
      stdout: '3\n1\n',
      stderr: '',
    });
    const failing = async (module: string): Promise<string> => {
      const { status, stderr } = await place.konoha(['run', '--bind', module, 'bound.k']);
      expect(status).not.toBe(0);
      return stderr;
    };
    expect(await failing('half.mjs')).toContain('Words.count is declared, but has no function');
    expect(await failing('none.mjs')).toContain('none.mjs must export declarations, a text, and classes, an object');
    expect(await failing('missing.mjs')).toContain('missing.mjs cannot be loaded');
    expect(await place.konoha(['run', 'bound.k'])).toMatchObject({ status: 1 });
  });

  test('an uncaught exception: its trace on standard error, status 1, earlier output stays', async () => {
    const { status, stdout, stderr } = await place.konoha(['run', 'throws.k']);
    expect([status, stdout]).toEqual([1, 'before\n']);
    expect(stderr).toMatch(/^IO!!: no disk\n.*\bf \(throws\.k:2\)\n.*\(throws\.k:5\)\n$/);
  });

  test('--json: the exception as one object', async () => {
    const { stderr } = await place.konoha(['run', '--json', 'throws.k']);
    expect(JSON.parse(stderr)).toMatchObject({
      severity: 'exception',
      message: 'IO!!: no disk',
      stack: [expect.stringContaining('throws.k:2'), expect.stringContaining('throws.k:5')],
    });
  });

  test('a script with errors is not run', async () => {
    const { status, stdout, stderr } = await place.konoha(['run', 'bad.k']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('bad.k:1:9');
    expect(stderr).not.toContain(ESCAPE);
  });

  test('--fuel and --heap limit it', async () => {
    expect(await place.konoha(['run', '--fuel', '100_000', 'endless.k'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Timeout!!') as string,
    });
    expect(await place.konoha(['run', '--heap', '256K', 'bomb.k'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('OutOfMemory!!') as string,
    });
  });

  test('--kernel: the limits of the kernel, and the devices it would make', async () => {
    expect(await place.konoha(['run', '--kernel', 'endless.k'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Timeout!!') as string,
    });
    expect(await place.konoha(['run', '--kernel', 'device.k'])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'device hello: open, read\n',
    });
    expect(await place.konoha(['run', 'device.k'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('K0702') as string,
    });
  });

  test('a reader that goes away ends it quietly', async () => {
    const { stderr, stdout } = await place.shell(`konoha run lines.k | head -n 2; echo "status \${PIPESTATUS[0]}"`);
    expect([stdout, stderr]).toEqual(['line 0\nline 1\nstatus 141\n', '']);
  });
});

describe('konoha check', SLOW, () => {
  test('says nothing when all is well', async () => {
    expect(await place.konoha(['check', 'good.k', 'args.k'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('shows every error of every file, and runs nothing', async () => {
    const { status, stdout, stderr } = await place.konoha(['check', 'bad.k', 'good.k', 'bad.k']);
    expect([status, stderr]).toEqual([1, '4 errors in 2 files\n']);
    expect(stdout.match(/bad\.k:1:9/g)).toHaveLength(2);
    expect(stdout.match(/bad\.k:2:8/g)).toHaveLength(2);
    expect(stdout).not.toContain('hi');
  });

  test('--json: one object a line, and nothing else', async () => {
    const { status, stdout, stderr } = await place.konoha(['check', '--json', 'bad.k']);
    expect([status, stderr]).toEqual([1, '']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      expect.objectContaining({
        code: 'K0401',
        severity: 'error',
        file: 'bad.k',
        line: 1,
        column: 9,
        endLine: 1,
        endColumn: 12,
      }),
      expect.objectContaining({ code: 'K0301', line: 2, column: 8 }),
    ]);
  });

  test('colours are a choice', async () => {
    expect((await place.konoha(['check', 'bad.k'])).stdout).not.toContain(ESCAPE);
    expect((await place.konoha(['check', '--color', 'bad.k'])).stdout).toContain(ESCAPE);
    expect((await place.konoha(['check', 'bad.k'], '', { FORCE_COLOR: '1' })).stdout).toContain(ESCAPE);
    expect((await place.konoha(['check', 'bad.k'], '', { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain(
      ESCAPE,
    );
    expect((await place.konoha(['check', '--no-color', 'bad.k'], '', { FORCE_COLOR: '1' })).stdout).not.toContain(
      ESCAPE,
    );
  });

  test("--kernel: the kernel's rules", async () => {
    expect((await place.konoha(['check', '--kernel', 'device.k'])).status).toBe(0);
    expect((await place.konoha(['check', 'device.k'])).stdout).toContain('K0702');
  });
});

describe('konoha dis', SLOW, () => {
  test('lists instructions', async () => {
    const { status, stdout, stderr } = await place.konoha(['dis', 'args.k']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('main');
    expect(stdout).toMatch(/\bCALLN\b/);
  });

  test('--json: the listing in lines', async () => {
    expect(JSON.parse((await place.konoha(['dis', '--json', 'good.k'])).stdout)).toMatchObject({
      file: 'good.k',
      listing: expect.arrayContaining([expect.stringContaining('RETV')]) as string[],
    });
  });

  test('a script with errors has no listing', async () => {
    expect(await place.konoha(['dis', 'bad.k'])).toMatchObject({ status: 1, stdout: '' });
  });
});

describe('konoha header', SLOW, () => {
  test('prints the header of a driver, by the rules of the kernel', async () => {
    const { status, stdout, stderr } = await place.konoha(['header', 'ioctl.k']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('struct level {\n\t__u16 low;\n};');
    expect(stdout).toContain('#define TANK_SET_LEVEL _IOW(0xe7, 1, struct level)\n');
  });

  test('--json: the header in lines', async () => {
    expect(JSON.parse((await place.konoha(['header', '--json', 'ioctl.k'])).stdout)).toMatchObject({
      file: 'ioctl.k',
      header: expect.arrayContaining(['struct level {']) as string[],
    });
  });

  test('a script with errors, or without ioctl, has none', async () => {
    expect(await place.konoha(['header', 'bad.k'])).toMatchObject({ status: 1, stdout: '' });
    expect(await place.konoha(['header', 'device.k'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'konoha: device.k: no ioctl: mark a method of a device @Ioctl(1), or a class @Struct\n',
    });
  });
});

describe('usage', SLOW, () => {
  test.each([
    ['a file that is not there', ['run', 'missing.k'], 'cannot read missing.k: there is no such file'],
    ['a directory', ['check', '.'], 'cannot read .: it is a directory'],
    ['one bad file among good ones', ['check', 'good.k', 'missing.k'], 'missing.k'],
    ['no file', ['run'], "missing required argument 'file'"],
    ['an unknown command', ['rnu', 'good.k'], "unknown command 'rnu'"],
    ['an unknown option', ['run', '--fast', 'good.k'], "unknown option '--fast'"],
    ['a heap that is no power of two', ['run', '--heap', '3M', 'good.k'], 'power of two'],
    ['fuel that is no number', ['run', '--fuel', 'much', 'good.k'], 'positive number'],
    ['no command', [], 'Usage: konoha'],
  ])('%s: status 2 and a reason', async (_, args, reason) => {
    const { status, stdout, stderr } = await place.konoha(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(reason);
  });

  test('--help and --version', async () => {
    const help = await place.konoha(['--help']);
    expect([help.status, help.stderr]).toEqual([0, '']);
    for (const word of ['run', 'check', 'dis', 'Exit status']) expect(help.stdout).toContain(word);
    expect((await place.konoha(['run', '--help'])).stdout).toContain('--fuel');
    expect(await place.konoha(['--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
  });
});
