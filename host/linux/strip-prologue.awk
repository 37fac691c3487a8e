# SPDX-License-Identifier: (MIT OR GPL-2.0)
#
# Takes wasm2c's libc- and float-based prologue out of a translated module and
# puts "wasm-prologue.h" in its place. Usage: awk -v name=vm -f strip-prologue.awk vm.c
# Loads and stores get their offset as an argument of its own: wasm-prologue.h asks for its size.
#
# The prologue begins at its first #include and ends with the #endif behind the
# second definition of WEAK_FUNC_DECL. A translator whose output has another
# shape fails the build here.

BEGIN { state = 0 }

state == 0 && /^#include </ {
	state = 1
	print "#include \"engine-" name ".h\""
	print "#include \"wasm-prologue.h\""
	next
}

state == 0 { print; next }

state == 1 {
	if (/define WEAK_FUNC_DECL/)
		definitions++
	if (definitions == 2 && /^#endif/)
		state = 2
	next
}

/_default32\(/ {
	if (!/_default32\(&instance->w2c_memory, \(u64\)\(var_i[0-9]+\)( \+ [0-9]+u?)?[,)]/) {
		state = 3
		exit
	}
	if (!sub(/\) \+ /, "), "))
		sub(/\(u64\)\(var_i[0-9]+\)/, "&, 0u")
}

{ lines++; print }

END {
	if (state != 2 || !lines) {
		print "strip-prologue.awk: " name ".c is not the output of wasm2c 1.0.39" > "/dev/stderr"
		exit 1
	}
}
