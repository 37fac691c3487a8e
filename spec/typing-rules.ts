/**
 * The typing rules of the language. A corpus file names the rule that it tests: `// rule: T12 accepts` or
 * `// rule: T12 rejects`; `tests/rules-coverage.test.ts` fails for a rule that has not both. Numbers are never reused.
 */
export interface TypingRule {
  readonly id: string;
  readonly text: string;
}

const rule = (id: string, text: string): TypingRule => ({ id, text });

export const typingRules: readonly TypingRule[] = [
  // Names
  rule('T01', 'A name used as a value is a variable, a constant or a field in scope.'),
  rule('T02', 'A variable is visible from its declaration to the end of its block.'),
  rule('T03', 'A block declares no name that an enclosing block of the same function has; a local may hide a global.'),
  rule('T04', 'A local variable has a value on every path before it is read.'),
  rule('T05', 'A constant (UPPER case) is assigned once.'),
  rule('T06', 'A class named in a type exists; it may be defined further below.'),
  rule('T07', 'A class name begins with a capital letter.'),
  rule('T08', 'Two functions, two classes, two members of a class or two parameters do not share a name.'),
  rule('T09', 'A function that is called exists; it may be defined further below.'),
  // Inference
  rule('T10', '`var x = e` gives x the type of e for good.'),
  rule('T11', 'The value of a `var` says its type: null alone and [] alone do not.'),
  rule('T12', 'The first assignment to a new name declares it with the type of the value.'),
  rule('T13', '`foreach(var x in e)` gives x the type of the elements of e, a declared type must take them.'),
  // What fits where
  rule(
    'T14',
    'A value fits a place of its own type; int, boolean, float and String do not turn into one another, but for T121.',
  ),
  rule('T15', 'An object of a class fits a place of a class above it, not the other way round.'),
  rule('T16', 'T fits T?; T? does not fit T.'),
  rule('T17', 'null fits T? only.'),
  rule('T18', 'T[] fits T[] only: arrays do not convert, whatever their elements do.'),
  rule(
    'T19',
    'int, boolean and float fit Object (as objects of Int, Boolean and Float); Object fits none of them without a cast.',
  ),
  rule('T20', 'A call of a void function is no value.'),
  rule('T21', 'A condition (if, while, do, for, ?:, assert) is boolean.'),
  rule('T22', 'A T? may be a condition: it means that it is not null; a T may not.'),
  // Operators
  rule('T23', '- * / % take two ints, or floats as T120 says.'),
  rule(
    'T24',
    '+ takes two ints, floats as T120 says, or a String and any value on either side, and gives a String then.',
  ),
  rule('T25', '< <= > >= take two numbers, of which either may be a float, or two Strings.'),
  rule('T26', '== and != take two values of which one fits the type of the other.'),
  rule('T27', 'Only a T? is compared with null.'),
  rule('T28', '&& || ! (and, or, not) take booleans.'),
  rule('T29', '& | ^ take two ints or two booleans.'),
  rule('T30', '<< >> >>> take two ints.'),
  rule('T31', 'stream << e takes any value; array << e one that fits its elements; both can go on with <<.'),
  rule('T32', 'Unary - + take an int or a float, ~ an int.'),
  rule('T33', '++ and -- take a variable, field or element of type int or float.'),
  rule('T34', 'A compound assignment takes what its operator takes, and the result fits the target.'),
  rule(
    'T35',
    'The two values of ?: have a common type: one fits the type of the other, or a class other than Object is above both.',
  ),
  rule('T36', 'a ?? b takes a T? and a T, and gives a T.'),
  rule('T37', '${e} takes any value.'),
  rule('T38', 'Only variables, fields and array elements are assigned to.'),
  // Calls and members
  rule(
    'T39',
    'A call gives as many arguments as there are parameters; those with a default may be left out from the right.',
  ),
  rule('T40', 'An argument fits its parameter.'),
  rule('T41', 'A default value fits its parameter.'),
  rule('T42', 'A method that is called is one of the class of the object or of a class above.'),
  rule('T43', 'A field that is used is one of the class of the object or of a class above.'),
  rule('T44', 'Methods and fields of a T? are used after a test against null only.'),
  rule('T45', 'A method that needs an object is called on an object, a static one on its class.'),
  rule('T46', 'Only functions and methods are called.'),
  rule('T47', 'this, super and _x are used inside of methods only.'),
  rule('T48', 'An int, a boolean or a float has no fields.'),
  // Arrays
  rule('T49', 'The elements of an array literal have a common type, as the two values of ?: have.'),
  rule('T50', '[] takes its element type from the place it goes to.'),
  rule('T51', 'An index is an int.'),
  rule('T52', 'Only arrays, strings and maps are indexed.'),
  rule('T53', 'A value assigned to an element fits the element type; the characters of a string are not assigned.'),
  rule('T54', 'new T[n] takes an int; T is int, boolean, float or a type that may be null.'),
  rule('T55', 'foreach takes an array, a String, a range, an Iterator, or an object whose iterator() gives one.'),
  rule('T56', 'sort takes arrays of ints, floats or Strings.'),
  // Casts
  rule('T57', '(T)x goes up or down a line of classes, not across.'),
  rule(
    'T58',
    'An int or a boolean is cast to String (its text), a String to int (the number it holds); int and boolean are not cast into one another.',
  ),
  rule('T59', 'x instanceof C takes a class on the line of classes of x.'),
  rule('T60', '(T?)x gives a T?: null if x is no T.'),
  // Narrowing
  rule('T61', 'x != null makes a local x a T where it holds: in the branch, behind &&, in the second value of ?:.'),
  rule('T62', 'x == null makes x a T where it does not hold: in the else branch, behind ||.'),
  rule('T63', 'A branch that leaves (return, throw, break, continue) narrows what follows.'),
  rule('T64', 'An assignment of a T? ends the narrowing, one of a T makes it.'),
  rule('T65', 'A loop body that assigns a T? to x ends the narrowing from before the loop.'),
  rule('T66', 'Fields and globals are not narrowed: take them into a local first.'),
  // Functions and flow
  rule('T67', 'The value of a return fits the result type.'),
  rule('T68', 'A void function returns no value.'),
  rule('T69', 'A function with a result returns a value, on every path.'),
  rule('T70', 'A statement behind return, throw, break or continue, or behind an endless loop, is an error.'),
  rule('T71', 'break stands in a loop or switch, continue in a loop; a label names a loop around it.'),
  rule('T72', 'return stands in a function or method.'),
  rule('T73', 'A case is a constant expression of the type of the value; no value stands twice.'),
  rule('T74', 'Only objects of Exception and of classes below it are thrown.'),
  rule('T75', 'Only Exception and classes below it are caught.'),
  // Classes
  rule('T76', 'A class extends one that exists, and not itself.'),
  rule(
    'T77',
    'A class of the library is extended only if it is open (Object, Exception and those below, Device); a @Final class is not.',
  ),
  rule('T78', 'A method with the name of one above has its parameter and result types.'),
  rule('T79', '@Override stands at a method that overrides one.'),
  rule('T80', 'A @Final method is not overridden.'),
  rule('T81', 'A class declares no field that a class above has.'),
  rule('T82', 'new C(…) gives arguments that fit the constructor.'),
  rule('T83', 'A constructor calls super(…) as its first statement when the class above needs arguments.'),
  rule(
    'T84',
    'A field of type T that is not int or boolean has a value when the constructor ends; a T? may be without.',
  ),
  rule(
    'T85',
    'A class that has a method without body, its own or one from above, is @Abstract, and no object is made of it.',
  ),
  rule('T86', 'A method without body stands only in an @Abstract class.'),
  rule('T87', 'new takes a class that has a constructor; objects such as Task come from elsewhere.'),
  rule('T88', 'A method is added from outside to a class that exists and has no method of that name.'),
  rule('T89', 'Fields that belong to the system are not assigned.'),
  // Homes
  rule('T90', 'A handler of Device has one of the forms that the kernel calls.'),
  rule('T91', 'Kernel, Device and File are there in the kernel only.'),
  rule('T92', 'The type float, and all that has it, is there in user space only.'),
  // Waiting
  rule('T93', 'x.wait(c) and x.notify() take an object as x: no int, no boolean, no String.'),
  rule('T94', 'The condition of wait is a condition; wait(c) is no value, wait(c, ms) is a boolean.'),
  rule('T95', 'A class may have a wait or notify of its own in place of those of Object; it overrides nothing.'),
  // ioctl
  rule(
    'T96',
    '@Ioctl(n) marks a method of a device: it may take a @Struct object, the File and the state, and returns nothing, an int or a @Struct object; n is used once.',
  ),
  rule(
    'T97',
    'A @Struct class extends nothing; its fields are ints with at most one size, booleans and texts with @Size.',
  ),
  // Bindings
  rule('T98', 'A method of a bound class takes and gives what its declaration says.'),
  rule('T99', 'A bound class is not extended, and new takes it only if it declares a constructor.'),
  // Interfaces
  rule(
    'T100',
    'An object of a class fits a place of an interface that the class implements, itself, through a class above or through another interface.',
  ),
  rule('T101', 'A class that is not abstract has every method of its interfaces, with the signature that they say.'),
  // Generic classes and methods
  rule('T102', 'A generic class is named with as many type arguments as it declares, others with none.'),
  rule('T103', 'A type argument fits the bound of its variable.'),
  rule('T104', 'Types with type arguments fit only where all of these are the same.'),
  rule(
    'T105',
    'What the type variables of a call or of new stand for is told by its arguments, or by what is expected of its result.',
  ),
  rule('T106', 'The type variables of a class stand for nothing in its static members.'),
  rule(
    'T107',
    'A value of a type variable may be null, unless its bound is a type that never is, or a test said that it is not.',
  ),
  rule(
    'T108',
    'Nothing is tested for, cast to or made of a type variable; nothing is tested for a type with type arguments.',
  ),
  // Functions as values
  rule(
    'T109',
    "The name of a function is a value that takes and gives the same as the function; it is not a generic function's.",
  ),
  rule(
    'T110',
    'A call of a value is one of a function that is not null, with as many arguments as it takes, which fit.',
  ),
  // Formats
  rule(
    'T111',
    'A format that is a constant has as many directives as values: %d %x %X %o %b %c take an int, %s any value.',
  ),
  // Results and defaults that are told
  rule(
    'T112',
    'The result of a def is the common type of all that it returns, or nothing; where functions call one another, and nothing else tells it, and where it is overridden, it is written. A parameter without a type has that of its constant default, or is an Any.',
  ),
  rule(
    'T113',
    'The default of a parameter may be any expression of its type that knows the parameters in front; in a constructor there is no this yet.',
  ),
  // Lambdas
  rule(
    'T114',
    "A lambda's parameters have the types that are written, or those of the function type that is expected; other ones cannot be told.",
  ),
  rule('T115', "A lambda's result is of the type that is expected, else of the common type of all that it returns."),
  rule(
    'T116',
    'In a generic call the other arguments tell what type variables stand for before lambdas do; what is left, their results tell.',
  ),
  rule(
    'T117',
    'A lambda uses only variables that have a value where it stands; besides them, the variable that it is assigned to.',
  ),
  rule(
    'T118',
    'A variable that a lambda assigns is never known not to be null; in a lambda, none is that is assigned behind its declaration.',
  ),
  // Floats
  rule('T119', 'A literal with a point or an exponent is a float; in the kernel an error.'),
  rule('T120', '+ - * / % of two numbers of which one is a float give a float; the int becomes one first.'),
  rule(
    'T121',
    'An int fits a place for a float or float?; a float fits none for an int, nor does an int? one for a float?.',
  ),
  rule('T122', 'int and float are cast to each other, and a String to either; boolean and objects are not.'),
  rule(
    'T123',
    'Where Math has a method for ints and one for floats, an argument that is a float, or a float that is wanted, decides for the latter.',
  ),
  // Functions as values
  rule(
    'T124',
    "A method named behind an object, and a method named behind its class, is a function: without its class's type variables left open, not generic, and, behind the class, with the object as its first parameter unless it is static.",
  ),
  // Maps
  rule(
    'T125',
    'The keys of a map literal have a common type that is never null, its values have one; {} takes both from the place it goes to.',
  ),
  // Operators of texts, values that may be null
  rule('T126', 's * n takes a String and an int, s / separator two Strings; |x| is x.size().'),
  rule(
    'T127',
    'An int? or boolean? is compared with a value of that type, which may be null too; null equals null only.',
  ),
  // Access
  rule('T128', 'What is @Private is used in methods of its class only, and not overridden.'),
  // Values in time
  rule(
    'T129',
    'What an item of the top level may run, and the value of a static field, reads no variable or static field that is declared further down, unless that may be null, or is an int, boolean or float. What makes a lambda or a function value may run it.',
  ),
  // Tuples
  rule(
    'T130',
    'A tuple (a, b) of two to six values has the type (A, B), or the one that is expected, element by element; t[n] with a literal n is its element, which is not assigned to. Types of tuples fit where they are the same.',
  ),
  rule('T131', 'Tuples are equal if their elements are; of other types they are not compared.'),
  rule(
    'T132',
    'What is taken apart is a tuple of as many elements as there are places or variables, each of which takes its element.',
  ),
  rule(
    'T133',
    'a, b = c, d gives each place its value, as an assignment of its own would; there are as many values as places.',
  ),
  // Any
  rule(
    'T134',
    'A value of every type fits a place of type Any; every operation on an Any is allowed and gives an Any.',
  ),
  rule(
    'T135',
    'An Any fits a place of every type that can be told when the script runs; not one for arrays of arrays and functions.',
  ),
  // Regular expressions, parts
  rule('T136', '/pattern/flags is a Regex, the same one wherever pattern and flags are the same.'),
  rule(
    'T137',
    'xs[r] and s[r] with a Range r are a part of the array or String, of the same type; nothing is assigned to them.',
  ),
  rule('T138', 'split and replace of String take a Regex in place of their first text.'),
  // Translators, elements
  rule(
    'T139',
    'A cast to a type that a value does not fit calls the translator for them; one that is @Semantic is called wherever such a value is wanted. The one for the nearest class counts.',
  ),
  rule('T140', 'x[i] of an object with a method get(i) is what that gives; x[i] = v is set(i, v), where there is one.'),
  rule('T141', 'The name of a class, where a value is wanted and nothing else has the name, is a value of type Class.'),
  rule(
    'T142',
    'Functions and methods that are @Overload share a name; a call means the form that takes its arguments and is narrower than all others that do.',
  ),
];
