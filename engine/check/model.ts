/** What a program consists of: classes, fields, methods, locals and globals, as the checker and the code generator know them. */
import { Node } from '../syntax/ast';
import { Text } from '../support/texts';
import { IntVector } from '../support/vectors';
import { Constant } from './constants';
import { Told } from './results';
import { ERROR, Type } from './types';

// Method flags
export const M_STATIC: i32 = 1;
export const M_NATIVE: i32 = 2;
export const M_CONSTRUCTOR: i32 = 4;
export const M_FINAL: i32 = 8;
export const M_ABSTRACT: i32 = 16;
/** Some class below overrides it: calls go through the virtual table. */
export const M_OVERRIDDEN: i32 = 32;
/** Made by the compiler: no node of its own. */
export const M_SYNTHETIC: i32 = 64;
export const M_MAY_SLEEP: i32 = 128;
/** A function of the host: declared by a binding, without a node. */
export const M_BOUND: i32 = 256;
/** The code of a lambda, whose node is the LAMBDA, or of a reference. */
export const M_LAMBDA: i32 = 1 << 10;
/** Of the library, written in Konoha. */
export const M_LIBRARY: i32 = 1 << 20;
/** In user space only: it has to do with floats. */
export const M_USER_ONLY: i32 = 1 << 22;
/** Of a method, field (as a flag of either) or class: nobody outside of the class uses it; whoever uses it is warned; somebody does. */
export const X_PRIVATE: i32 = 1 << 23;
export const X_DEPRECATED: i32 = 1 << 24;
export const X_USED: i32 = 1 << 25;
/** Of a method: it is a value somewhere, so that others say what it takes. */
export const X_VALUE: i32 = 1 << 26;
/** Of a translator: it is called where its result is wanted. */
export const X_SEMANTIC: i32 = 1 << 27;

// Class flags
export const C_OPEN: i32 = 1;
export const C_ABSTRACT: i32 = 2;
export const C_BUILTIN: i32 = 4;
/** Its members are in the tables (built-in classes are filled when first used). */
export const C_FILLED: i32 = 8;
/** A C struct: its objects cross ioctl. */
export const C_STRUCT: i32 = 16;
/** Its methods are functions of the host; no node. */
export const C_BOUND: i32 = 32;
/** Of the library, written in Konoha. */
export const C_LIBRARY: i32 = 1 << 20;

/** An interface: its methods are found by the class of the object, through the image's ITABLE. */
export const C_INTERFACE: i32 = 64;

/** Its fields are final. */
export const C_CONST: i32 = 128;
/** There is one object of it. */
export const C_SINGLETON: i32 = 256;

// Field flags
export const F_HIDDEN: i32 = 1;
export const F_READ_ONLY: i32 = 2;
export const F_STATIC: i32 = 4;

// Defaults of parameters
export const DEFAULT_NONE: i32 = 0;
export const DEFAULT_INT: i32 = 1;
export const DEFAULT_STRING: i32 = 2;
export const DEFAULT_NULL: i32 = 3;
export const DEFAULT_BOOLEAN: i32 = 4;
/** A method gives it, from the parameters in front. */
export const DEFAULT_COMPUTED: i32 = 5;
export const DEFAULT_FLOAT: i32 = 6;

export class ParamInfo {
  name: Text = 0;
  type: Type = ERROR;
  defaultKind: i32 = DEFAULT_NONE;
  /** The int, boolean, bits of the float, or Text of the string. */
  defaultValue: i64 = 0;
  /** Of DEFAULT_COMPUTED: the method that gives the value. */
  computed: MethodInfo | null = null;
  /** Its variable in the body, or -1. */
  local: i32 = -1;
}

export class MethodInfo {
  id: i32 = 0;
  name: Text = 0;
  /** Of one that is `@Overload`: the name that all its forms share; 0 otherwise. */
  common: Text = 0;
  /** Class id, or -1 for a function. */
  owner: i32 = -1;
  result: Type = ERROR;
  params: Array<ParamInfo> = new Array<ParamInfo>();
  /** Type variables that it declares itself. */
  variables: IntVector = new IntVector(2);
  /** Of a bridge: the method that it calls, with other representations of arguments or result. */
  bridged: MethodInfo | null = null;
  flags: i32 = 0;
  node: Node = 0;
  /** Native id, or -1. */
  native: i32 = -1;
  /** What is called in its place where an argument is a float, or a float is wanted. */
  floats: MethodInfo | null = null;
  /** Of the code of a reference: what it calls. */
  reference: ReferenceInfo | null = null;
  /** Slot of the virtual table, or -1. */
  vslot: i32 = -1;
  /** Method number in the image, or -1 for natives. */
  image: i32 = -1;
  /** Handler shape of the image format. */
  shape: i32 = 0;
  /** Structs that an ioctl takes and gives. */
  input: LayoutInfo | null = null;
  output: LayoutInfo | null = null;
  /** Signature for the host, of a bound method. */
  host: Text = 0;
  /** The method of an earlier image in whose place it comes. */
  replaced: MethodInfo | null = null;
  /** It may end without a result: index of the diagnostic, or -1. */
  missingReturn: i32 = -1;
  /** Parameters whose defaults are computed. */
  computedDefaults: i32 = 0;
  /** What its body has told of its result so far; null: its result is known. */
  told: Told | null = null;
  /** Its body was checked. */
  isChecked: bool = false;
  /** Its body calls super(…). */
  callsSuper: bool = false;

  isStatic(): bool {
    return (this.flags & M_STATIC) != 0;
  }

  /** Arguments that must be given. */
  required(): i32 {
    let n = 0;
    while (n < this.params.length && this.params[n].defaultKind == DEFAULT_NONE) n++;
    return n;
  }
}

export class FieldInfo {
  id: i32 = 0;
  name: Text = 0;
  owner: i32 = 0;
  type: Type = ERROR;
  /** Slot in the object; of a static field its global. */
  slot: i32 = 0;
  flags: i32 = 0;
  node: Node = 0;
  /** While its constructor is checked: the entry in scope that tells whether it has a value yet; -1 otherwise. */
  tracker: i32 = -1;
}

/** How a field lies in a C struct. */
export class LayoutField {
  field: FieldInfo = new FieldInfo();
  /** IMG_KIND_*. */
  kind: i32 = 0;
  offset: i32 = 0;
  /** Bytes. */
  size: i32 = 0;
}

/** The C struct of a class. */
export class LayoutInfo {
  /** Index in the image. */
  id: i32 = 0;
  owner: i32 = 0;
  size: i32 = 0;
  fields: Array<LayoutField> = new Array<LayoutField>();
}

/** A command that a device class answers. */
export class IoctlInfo {
  /** _IOC(direction, magic, number, size). */
  command: u32 = 0;
  number: i32 = 0;
  method: MethodInfo = new MethodInfo();
}

export class ClassInfo {
  id: i32 = 0;
  /** Canonical: `IOException`. */
  name: Text = 0;
  /** -1 for Object. */
  superId: i32 = -1;
  /** Type of the class above, with its arguments; ERROR for Object. */
  above: Type = ERROR;
  /** Type variables that it declares. */
  variables: IntVector = new IntVector(2);
  flags: i32 = 0;
  node: Node = 0;
  /** Instance slots, inherited ones included. */
  slots: i32 = 0;
  fields: Array<FieldInfo> = new Array<FieldInfo>();
  methods: Array<MethodInfo> = new Array<MethodInfo>();
  /** Its own constructor, or the one it inherits when it is called. */
  constructorMethod: MethodInfo | null = null;
  /** Methods by virtual-table slot; user classes only. */
  vtable: Array<MethodInfo> = new Array<MethodInfo>();
  /** Device handlers in the order of the image's record; null where there is none. */
  handlers: Array<MethodInfo | null> = new Array<MethodInfo | null>();
  /** Of a device: the class of an open file's state, ERROR if there is none. */
  session: Type = ERROR;
  /** Commands that it answers, inherited ones first. */
  ioctls: Array<IoctlInfo> = new Array<IoctlInfo>();
  /** Type byte of its own commands. */
  magic: i32 = 0;
  layout: LayoutInfo | null = null;
  /** Class ids of all interfaces that it implements, inherited ones and those above them too; an interface: those above it. */
  interfaces: Array<i32> = new Array<i32>();
  /** Types of those that it names itself, with their arguments. */
  implemented: IntVector = new IntVector(2);
  /** Of a class that objects are made of: each method of its interfaces, and behind it the one that answers. */
  answers: Array<MethodInfo> = new Array<MethodInfo>();
  /** Nesting in the chain of classes; Object is 0. */
  depth: i32 = 0;
}

export class GlobalInfo {
  id: i32 = 0;
  name: Text = 0;
  type: Type = ERROR;
  node: Node = 0;
  isConstant: bool = false;
  /** Does anything but the top level itself read it? */
  isReadInCode: bool = false;
  /** Its value, where it is a constant that is known before the script runs. */
  constant: Constant | null = null;
}

export class LocalInfo {
  id: i32 = 0;
  name: Text = 0;
  type: Type = ERROR;
  node: Node = 0;
  isConstant: bool = false;
  /** Its value, where it is a constant that is known before the script runs. */
  constant: Constant | null = null;
  isParameter: bool = false;
  used: bool = false;
  /** The lambda that it belongs to; -1: the function itself. */
  lambda: i32 = -1;
  /** Does a lambda use it that it does not belong to? */
  captured: bool = false;
  /** Assignments besides the one that declares it. */
  assigned: i32 = 0;
  /** Frame slot; given by the code generator. */
  register: i32 = -1;

  /** Does its value lie in an object of its own, because a lambda and what is around it share it? Then its slot holds that object. */
  isShared(): bool {
    return this.captured && this.assigned > 0;
  }
}

/** A function or method as a value: `fib`, `object.method`, `Class.method`. */
export class ReferenceInfo {
  target: MethodInfo = new MethodInfo();
  /** REFERENCE_*. */
  form: i32 = 0;
  /** Type of the object whose method it is; ERROR if there is none. */
  receiver: Type = ERROR;
  type: Type = ERROR;
  /** The code that calls the target; null: not made yet. */
  call: MethodInfo | null = null;
  /** Global with its one object, if it holds none of its own and there is one; -1 otherwise. */
  instance: i32 = -1;
}

/** A lambda: its code, and what it needs of what is around it. */
export class LambdaInfo {
  id: i32 = 0;
  node: Node = 0;
  method: MethodInfo = new MethodInfo();
  /** The lambda around it, or null. */
  outer: LambdaInfo | null = null;
  /** Is its result what it returns? */
  infersResult: bool = false;
  /** Was a `return` seen while that is so? */
  returns: bool = false;
  /** Variables of what is around it, by id. */
  captures: IntVector = new IntVector(4);
  usesThis: bool = false;
  /** Global with its one object, if it captures nothing and there is one; -1 otherwise. */
  instance: i32 = -1;
}

/** Operations of a device that a class has handlers for: open, read, write, close, poll, seek. */
export const OPERATIONS: i32 = 6;

/** All classes; the index is the class id. */
export const classes = new Array<ClassInfo>();
export const methods = new Array<MethodInfo>();
export const fields = new Array<FieldInfo>();
export const globals = new Array<GlobalInfo>();
export const locals = new Array<LocalInfo>();
export const lambdas = new Array<LambdaInfo>();
export const references = new Array<ReferenceInfo>();
/** C structs, in image order. */
export const layouts = new Array<LayoutInfo>();
/** Functions and user methods with code, in image order. */
export const compiled = new Array<MethodInfo>();

/** Where the program being compiled begins; what is in front is the library's, or earlier images'. */
export let firstClass: i32 = 0;
export let firstMethod: i32 = 0;
export let firstGlobal: i32 = 0;

/** Is the program one image of several? Then what it declares may be extended later, so that calls go through the tables. */
export let isOpenWorld: bool = false;

/** Are the declarations of an earlier image being read? */
export let priming: bool = false;

/** All that is there now is in front of the program. */
export function startProgram(): void {
  firstClass = classes.length;
  firstMethod = compiled.length;
  firstGlobal = globals.length;
  priming = false;
}

export function setPriming(): void {
  priming = true;
}

export function setOpenWorld(): void {
  isOpenWorld = true;
}

/** Entries of virtual tables of earlier images' classes that lead elsewhere now: class id, slot, method, alternating. */
export const patches = new IntVector(16);

export function addMethod(name: Text, owner: i32): MethodInfo {
  const m = new MethodInfo();
  m.id = methods.length;
  m.name = name;
  m.owner = owner;
  methods.push(m);
  return m;
}

export function addField(name: Text, owner: i32, type: Type): FieldInfo {
  const f = new FieldInfo();
  f.id = fields.length;
  f.name = name;
  f.owner = owner;
  f.type = type;
  fields.push(f);
  return f;
}

// What a NAME, MEMBER or CALL node refers to: kind in the high byte of its symbol, index below.
export const S_NONE: i32 = 0;
export const S_LOCAL: i32 = 1;
export const S_GLOBAL: i32 = 2;
/** A field of `this` or of the object of a MEMBER. */
export const S_FIELD: i32 = 3;
export const S_CLASS: i32 = 4;
export const S_METHOD: i32 = 5;
/** Property sugar: a getter, called. */
export const S_GETTER: i32 = 6;
export const S_SETTER: i32 = 7;
/** 0 IN, 1 OUT, 2 ERR */
export const S_STREAM: i32 = 8;
export const S_EOL: i32 = 9;
/** `array.size`-like length of an array or `|x|`. */
export const S_ARRAY_SIZE: i32 = 10;
/** A member of an Any: found when it runs. */
export const S_DYNAMIC: i32 = 31;
/** A constant of a built-in class, by its row. */
export const S_CONSTANT: i32 = 11;
/** A function or method as a value. */
export const S_REFERENCE: i32 = 12;
/** A LAMBDA. */
export const S_LAMBDA: i32 = 13;
/** A class as a value. */
export const S_CLASS_VALUE: i32 = 14;

export function symbol(kind: i32, index: i32): i32 {
  return (kind << 24) | index;
}
export function symbolKind(s: i32): i32 {
  return s >>> 24;
}
export function symbolIndex(s: i32): i32 {
  return s & 0xffffff;
}
