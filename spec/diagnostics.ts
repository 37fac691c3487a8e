/**
 * Every diagnostic: a stable code, its title, and what to do. `%1`, `%2`, `%3` are filled in by the engine.
 * Codes: K01xx text and tokens, K02xx syntax, K03xx names, K04xx types, K05xx classes, K06xx flow, K07xx kernel, K09xx limits.
 */
export type Severity = 'error' | 'warning';
export interface DiagnosticSpec {
  readonly code: number;
  readonly name: string;
  readonly severity: Severity;
  readonly title: string;
  /** Label under the caret; may be empty. */
  readonly label: string;
  /** The way out; may be empty. */
  readonly hint: string;
}

const error = (code: number, name: string, title: string, label = '', hint = ''): DiagnosticSpec => ({
  code,
  name,
  severity: 'error',
  title,
  label,
  hint,
});
const warning = (code: number, name: string, title: string, label = '', hint = ''): DiagnosticSpec => ({
  code,
  name,
  severity: 'warning',
  title,
  label,
  hint,
});

export const diagnostics: readonly DiagnosticSpec[] = [
  // Text and tokens
  error(101, 'UNEXPECTED_CHARACTER', 'unexpected character %1', '', 'remove it'),
  error(102, 'UNTERMINATED_STRING', 'this string has no end', 'starts here', 'end it with %1'),
  error(103, 'UNTERMINATED_COMMENT', 'this comment has no end', 'starts here', 'end it with */; comments nest'),
  error(
    104,
    'INT_TOO_LARGE',
    'the number %1 does not fit in an int',
    '64 bits hold -9223372036854775808 to 9223372036854775807',
    '',
  ),
  error(105, 'BAD_NUMBER', 'this is not a number', '%1', ''),
  error(106, 'BAD_ESCAPE', 'unknown escape \\%1', '', 'escapes are \\n \\t \\r \\0 \\\\ \\" \\\' \\$ \\xHH \\u{H…}'),
  error(107, 'NOT_UTF8', 'the text is not UTF-8', 'byte %1', 'save the file as UTF-8'),
  error(
    108,
    'FLOAT_NOT_AVAILABLE',
    'a kernel has no float',
    '',
    'count in a smaller unit: 1.5 s is 1500 ms; Math.muldiv(a, b, c) is a * b / c without overflow',
  ),
  error(
    109,
    'UNTERMINATED_INTERPOLATION',
    'this ${ has no }',
    'starts here',
    'close it with }, or write \\$ for a dollar sign',
  ),
  // Syntax
  error(201, 'EXPECTED_TOKEN', 'expected %1, found %2', '', ''),
  error(202, 'EXPECTED_EXPRESSION', 'expected an expression, found %1', '', ''),
  error(203, 'EXPECTED_STATEMENT', 'expected a statement, found %1', '', ''),
  error(204, 'EXPECTED_NAME', 'expected a name, found %1', '', ''),
  error(
    205,
    'EXPECTED_TYPE',
    'expected a type, found %1',
    '',
    'types are int, boolean, String, a class name, each with [] or ?',
  ),
  error(206, 'UNCLOSED', '%1 is never closed', 'opened here', 'close it with %2'),
  error(207, 'MISPLACED_ANNOTATION', 'annotation %1 does not belong here', '', '%2'),
  error(208, 'UNKNOWN_ANNOTATION', 'unknown annotation %1', '', '%2'),
  error(
    209,
    'EXPECTED_LINE_END',
    'expected the end of the statement, found %1',
    '',
    'put the next statement on its own line, or a ; between',
  ),
  error(210, 'NOT_A_STATEMENT', 'this expression does nothing', '', 'assign its value, or call something'),
  error(211, 'BAD_ASSIGNMENT_TARGET', 'cannot assign to this', '', 'assign to a variable, a field or an array element'),
  error(212, 'TRY_ALONE', 'try without catch or finally', '', 'add catch(Exception e) { … } or finally { … }'),
  error(213, 'NOT_YET', '%1 is not part of the language yet', '', '%2'),
  // Names
  error(301, 'UNKNOWN_NAME', 'unknown name %1', '', '%2'),
  error(302, 'UNKNOWN_CLASS', 'unknown class %1', '', '%2'),
  error(303, 'UNKNOWN_METHOD', '%1 has no method %2', '', '%3'),
  error(304, 'UNKNOWN_FIELD', '%1 has no field %2', '', '%3'),
  error(305, 'UNKNOWN_FUNCTION', 'unknown function %1', '', '%2'),
  error(306, 'ALREADY_DEFINED', '%1 is already defined', '', 'the first definition is in line %2'),
  error(
    307,
    'ASSIGN_CONSTANT',
    'the constant %1 cannot be assigned again',
    '',
    'names in UPPER CASE are assigned once',
  ),
  error(308, 'THIS_OUTSIDE', '%1 outside of a method', '', 'use it inside of a class or of `Type Class.method()`'),
  error(309, 'UNKNOWN_LABEL', 'no loop is labelled %1', '', ''),
  error(310, 'USED_BEFORE_ASSIGNED', '%1 may not have a value yet', '', 'give it a value where it is declared'),
  error(311, 'NAME_STYLE', 'the name %1 must begin with %2', '', '%3'),
  error(312, 'READ_ONLY_FIELD', 'the field %1 of %2 cannot be assigned', '', ''),
  // Types
  error(401, 'TYPE_MISMATCH', 'expected %1, found %2', '', '%3'),
  error(402, 'BAD_OPERANDS', 'operator %1 does not take %2 and %3', '', ''),
  error(403, 'BAD_OPERAND', 'operator %1 does not take %2', '', ''),
  error(404, 'NOT_COMPARABLE', '%1 and %2 cannot be equal', '', 'compare values of one type'),
  error(405, 'ARGUMENT_COUNT', '%1 takes %2 arguments, found %3', '', ''),
  error(406, 'MAY_BE_NULL', 'this %1 may be null', '', 'test it first: if(x != null) { … }'),
  error(407, 'NOT_BOOLEAN', 'a condition must be boolean, found %1', '', '%2'),
  error(408, 'NOT_INDEXABLE', '%1 has no elements', '', 'arrays and strings have'),
  error(
    409,
    'NOT_ITERABLE',
    'cannot iterate over %1',
    '',
    'foreach takes an array, a String, a range, an Iterator, or an object whose iterator() gives one',
  ),
  error(410, 'CANNOT_INFER', 'cannot tell the type of %1', '', '%2'),
  error(411, 'VOID_VALUE', '%1 returns nothing', '', 'call it as a statement'),
  error(412, 'BAD_CAST', '%1 can never be %2', '', ''),
  error(413, 'NOT_EXCEPTION', 'only exceptions can be thrown or caught, found %1', '', 'extend Exception'),
  error(414, 'NOT_CALLABLE', '%1 cannot be called', '', ''),
  error(415, 'NO_NULL', '%1 is never null', '', 'write %1? for one that may be'),
  error(416, 'ELEMENTS_DIFFER', 'the elements have no common type: %1 and %2', '', ''),
  error(417, 'NOT_STATIC', '%1 needs an object', '', 'call it on an object of %2'),
  error(418, 'CASE_NOT_CONSTANT', 'a case must be a constant', '', ''),
  error(419, 'DUPLICATE_CASE', 'this case is there already', '', 'line %1'),
  error(420, 'NOT_ORDERED', 'elements of %1 have no order', '', 'sort ints or strings'),
  error(421, 'PRIMITIVE_HAS_NO_FIELDS', '%1 has no fields', '', ''),
  error(422, 'ARRAY_NEEDS_VALUES', 'new %1[n] would hold nulls', '', 'write new %1?[n], or begin with [] and add'),
  error(
    423,
    'DEFAULT_BEFORE_REQUIRED',
    'parameter %1 needs a default too',
    '',
    'arguments are left out from the right: give it one, or move it to the front',
  ),
  error(
    424,
    'NOT_WAITABLE',
    '%1 is a value: nobody can wait for it',
    '',
    'wait for an object of a class, such as this or one in a field',
  ),
  error(425, 'RESULTS_DIFFER', '%1 returns %2 and %3, which have no common type', '', 'write the type of its result'),
  // Classes
  error(440, 'TYPE_ARGUMENTS', '%1 takes %2 type arguments', '', '%3'),
  error(441, 'OUTSIDE_OF_BOUND', '%1 cannot stand for %2, which must be %3', '', ''),
  error(
    442,
    'STATIC_HAS_NO_VARIABLE',
    '%1 stands for nothing in a static member',
    '',
    'a static member belongs to no object: give the method type parameters of its own',
  ),
  error(443, 'UNKNOWN_AT_RUN_TIME', '%1 cannot be told when the script runs', '', '%2'),
  error(444, 'CANNOT_BE_GENERIC', 'class %1 cannot have type parameters', '', '%2'),
  // Formats
  error(450, 'FORMAT_DIRECTIVE', '%1 is no directive of a format', '', '%2'),
  error(451, 'FORMAT_COUNT', 'this format takes %1 values, found %2', '', ''),
  error(452, 'FORMAT_VALUE', '%1 takes %2, found %3', '', ''),
  error(501, 'CYCLIC_CLASS', 'class %1 extends itself', '', ''),
  error(502, 'FINAL_CLASS', 'class %1 cannot be extended', '', ''),
  error(503, 'OVERRIDE_DIFFERS', '%1 overrides a method of %2 with another signature', '', 'it must be %3'),
  error(504, 'NOTHING_TO_OVERRIDE', '%1 overrides nothing', '', 'remove @Override, or check the spelling'),
  error(
    505,
    'FIELD_NOT_SET',
    'field %1 is not set by the constructor',
    '',
    'give it a value where it is declared, or make it %2?',
  ),
  error(506, 'SUPER_NOT_CALLED', 'the constructor of %1 must call super(…)', '', 'the class above needs arguments'),
  error(507, 'ABSTRACT_NEW', 'class %1 is abstract', '', 'make an object of a class below it'),
  error(508, 'FINAL_METHOD', 'method %1 is final', '', ''),
  error(509, 'NO_CONSTRUCTOR', 'class %1 cannot be created with new', '', '%2'),
  error(510, 'METHOD_NEEDS_BODY', 'method %1 has no body', '', 'give it one, or mark it @Abstract'),
  error(511, 'FIELD_HIDES', 'field %1 is already a field of %2', '', ''),
  error(512, 'SUPER_MISPLACED', 'super(…) must be the first statement of a constructor', '', ''),
  error(
    513,
    'NOT_AN_INTERFACE',
    '%1 is a class: it cannot be implemented',
    '',
    'write extends %1, or make it an interface',
  ),
  error(514, 'EXTENDS_INTERFACE', '%1 is an interface: a class cannot extend it', '', 'write implements %1'),
  error(515, 'NOT_IMPLEMENTED', 'class %1 lacks %2 of interface %3', '', 'write it, or mark the class @Abstract'),
  error(516, 'INTERFACE_MEMBER', 'an interface cannot have %1', '', 'it declares methods; put the rest into a class'),
  error(517, 'INTERFACE_TWICE', 'interface %1 is named twice', '', 'leave one out'),
  // Flow
  error(601, 'MISSING_RETURN', '%1 must return %2 on every path', '', ''),
  error(602, 'RETURN_VALUE', '%1 returns nothing', '', 'write return; alone'),
  error(603, 'RETURN_NOTHING', '%1 must return %2', '', ''),
  error(604, 'BREAK_OUTSIDE', '%1 outside of a loop', '', ''),
  error(605, 'UNREACHABLE', 'this can never be reached', '', ''),
  warning(606, 'UNUSED_VARIABLE', '%1 is never used', '', 'remove it'),
  error(607, 'RETURN_OUTSIDE', 'return outside of a function', '', ''),
  // Kernel
  error(701, 'HANDLER_SIGNATURE', 'a device cannot call %1 like this', '%3', '%2'),
  error(702, 'NOT_IN_THIS_HOME', '%1 is not available %2', '', ''),
  error(
    703,
    'BAD_DEVICE_NAME',
    'not a device name: %1',
    '',
    'use 1 to 31 letters, digits, - and _, beginning with a letter',
  ),
  error(704, 'BAD_SETTING', '%1 cannot be %2', '', '%3'),
  error(705, 'NO_STATE', '%1 needs an open handler that returns %2', '', '%3'),
  warning(706, 'NO_SUCH_OPERATION', 'no operation of a device is called %1: nobody calls it from outside', '', '%2'),
  error(707, 'BAD_STRUCT_FIELD', 'field %1 has no place in a C struct', '%3', '%2'),
  error(708, 'IOCTL_TWICE', 'number %1 is used by another ioctl of this device', '', '%2'),
  error(709, 'BAD_STRUCT', 'class %1 cannot be a C struct', '%3', '%2'),
  error(
    711,
    'NOT_IN_BINDING',
    '%1 cannot stand in the declarations of a binding',
    '',
    'they are classes like @Native class Dice { @Static int roll(int sides); }: methods without bodies, no fields',
  ),
  error(
    712,
    'BINDING_TYPE',
    'a bound method cannot %1',
    '',
    'it takes int, boolean, String, String?, Object, Object? and bound classes, and gives these but Object',
  ),
  // Limits
  error(901, 'TOO_DEEP', 'nested too deep', 'more than %1 levels', 'take a part out into a variable or a function'),
  error(902, 'TOO_MANY', 'too many %1', 'at most %2', ''),
  error(903, 'TOO_MANY_ERRORS', 'too many errors; the rest is not shown', '', ''),
];
