// SPDX-License-Identifier: MIT
/*
 * Runs in the guest: loads the inputs of an archive one after the other, uses the devices that they make at random, and
 * unloads them.
 *
 *	fuzz-driver ARCHIVE FIRST COUNT
 *
 * The archive is a row of records: u32 bytes, u32 seed, then the text. Which operations are made depends on the seed
 * alone; how a race between two processes ends does not. It prints one line a broken rule ("! INPUT WHAT"), and in the
 * end counts ("loaded N", "native N", "errno E N", "operations N").
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILES 4
#define DEVICES 3
#define NAME_LENGTH 32
#define MOST_BYTES 4096
#define STATUS_BYTES (96 * 1024)
/* A call that sleeps is woken by a signal after so long. */
#define SLEEP_MS 30
/* Greatest errno that user space may see (EHWPOISON). */
#define LAST_ERRNO 133
#define LONGEST 0x7fffffffffffffff

struct record {
	uint32_t bytes;
	uint32_t seed;
};

struct script {
	char name[NAME_LENGTH];
	char devices[DEVICES][NAME_LENGTH];
	int count;
};

static uint32_t state;
static long input;
static unsigned long errnos[LAST_ERRNO + 1];
static unsigned long loaded, operations, native;

static uint32_t below(uint32_t bound)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % bound;
}

__attribute__((format(printf, 1, 2))) static void broken(const char *format, ...)
{
	va_list arguments;

	printf("! %ld ", input);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
	fflush(stdout);
}

/* Checks what a system call answered: at most `most`, or -1 and an errno that user space knows. */
static long checked(const char *what, long value, long most)
{
	operations++;
	if (value < -1 || value > most)
		broken("%s answers %ld, at most %ld", what, value, most);
	if (value == -1 && (errno < 1 || errno > LAST_ERRNO))
		broken("%s fails with errno %d", what, errno);
	else if (value == -1)
		errnos[errno]++;
	return value;
}

static void on_signal(int number)
{
	(void)number;
}

/* While on, a signal comes every so often, so that no call sleeps for ever. */
static void set_timer(int on)
{
	struct itimerval timer = {
		.it_value.tv_usec = on ? SLEEP_MS * 1000 : 0,
		.it_interval.tv_usec = on ? SLEEP_MS * 1000 : 0,
	};

	setitimer(ITIMER_REAL, &timer, NULL);
}

/* Mostly a command that a generated device may have: its structs have these bytes, by number (STRUCT_BYTES). */
static unsigned long any_command(void)
{
	static const unsigned int bytes[] = { 16, 32, 6, 8 };
	unsigned int number = below(4), direction = below(4);

	switch (below(8)) {
	case 0:
		return below(1 << 16);
	case 1:
		return _IOC(direction, 0xe7, number, below(64));
	default:
		return _IOC(direction, 0xe7, number, direction ? bytes[number] : 0);
	}
}

static int open_device(const struct script *script)
{
	static const int modes[] = { O_RDONLY, O_WRONLY, O_RDWR, O_RDWR };
	char path[NAME_LENGTH + 8];
	int flags = modes[below(4)] | (below(3) == 0 ? O_NONBLOCK : 0);

	if (!script->count)
		return -1;
	snprintf(path, sizeof(path), "/dev/%s", script->devices[below(script->count)]);
	return checked("open", open(path, flags), 1 << 20);
}

static void operate(const struct script *script, int files[FILES])
{
	static const char *const texts[] = { "", "\n", "12\n", "abc\n12\n", "x", "\xe6\x9c\xa8\n", "\xff\xfe", "-5 " };
	static char buffer[MOST_BYTES];
	int *file = &files[below(FILES)];
	struct pollfd poller = { .fd = *file, .events = POLLIN | POLLOUT };
	const char *text = texts[below(8)];
	long count = below(4) ? below(64) : MOST_BYTES;

	if (*file < 0) {
		*file = open_device(script);
		return;
	}
	switch (below(12)) {
	case 0:
	case 1:
	case 2:
		checked("read", read(*file, buffer, count), count);
		break;
	case 3:
	case 4:
		checked("write", write(*file, text, strlen(text)), strlen(text));
		break;
	case 5:
		checked("write", write(*file, buffer, count), count);
		break;
	case 6:
		checked("lseek", lseek(*file, (long)below(100) - 10, below(3)), LONGEST);
		break;
	case 7:
		checked("poll", poll(&poller, 1, 0), 1);
		break;
	case 8:
	case 11:
		memset(buffer, below(256), 256);
		checked("ioctl", ioctl(*file, any_command(), below(16) ? buffer : NULL), 0x7fffffff);
		break;
	case 9:
		checked("pread", pread(*file, buffer, count, below(64)), count);
		break;
	default:
		checked("close", close(*file), 0);
		*file = -1;
	}
}

static void use(const struct script *script, int rounds)
{
	int files[FILES] = { -1, -1, -1, -1 };

	while (rounds-- > 0)
		operate(script, files);
	for (int i = 0; i < FILES; i++)
		if (files[i] >= 0)
			checked("close", close(files[i]), 0);
}

/* A second process uses the devices at the same time; half of the times it is killed meanwhile. */
static void use_together(const struct script *script)
{
	uint32_t mine = state;
	pid_t child = fork();

	if (child < 0)
		return;
	if (child == 0) {
		state = mine ^ 0x5bd1e995;
		set_timer(1);
		use(script, 12);
		_exit(0);
	}
	use(script, 8);
	if (below(2))
		kill(child, SIGKILL);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
}

static int write_file(const char *path, const char *text, size_t bytes)
{
	int file = open(path, O_WRONLY);
	int error = 0;

	if (file < 0)
		return errno;
	for (size_t done = 0; done < bytes && !error;) {
		ssize_t count = write(file, text + done, bytes - done);

		if (count < 0)
			error = errno;
		else
			done += count;
	}
	if (close(file) < 0 && !error)
		error = errno;
	return error;
}

/* The last load's "ok NAME DEVICE...". */
static int read_status(struct script *script)
{
	static char text[STATUS_BYTES];
	int file = open("/proc/konoha/status", O_RDONLY);
	ssize_t count = 1;
	size_t used = 0;
	char *word, *rest;

	for (; file >= 0 && count > 0; used += count > 0 ? count : 0)
		count = read(file, text + used, sizeof(text) - 1 - used);
	if (file >= 0)
		close(file);
	text[used] = '\0';
	/* Warnings stand in front. */
	word = strncmp(text, "ok ", 3) ? strstr(text, "\nok ") : text;
	if (!word)
		return 0;
	word += word == text ? 3 : 4;
	*strchrnul(word, '\n') = '\0';
	word = strtok_r(word, " ", &rest);
	if (!word)
		return 0;
	snprintf(script->name, NAME_LENGTH, "%s", word);
	for (script->count = 0; script->count < DEVICES; script->count++) {
		word = strtok_r(NULL, " ", &rest);
		if (!word)
			break;
		snprintf(script->devices[script->count], NAME_LENGTH, "%s", word);
	}
	return 1;
}

static void unload(const struct script *script)
{
	int error = write_file("/proc/konoha/unload", script->name, strlen(script->name));

	if (error)
		broken("unload of %s fails with errno %d", script->name, error);
}

/* Does the text say that loading it must succeed, and how much fuel it takes ("// must load FUEL")? */
static int must_load(const char *text, size_t bytes, unsigned long long *fuel)
{
	static const char mark[] = "// must load ";

	if (bytes < sizeof(mark) || memcmp(text, mark, sizeof(mark) - 1))
		return 0;
	*fuel = strtoull(text + sizeof(mark) - 1, NULL, 10);
	return 1;
}

/* The only script that is loaded has taken that fuel. */
static void check_fuel(unsigned long long wanted)
{
	static char text[4096];
	unsigned long long fuel = 0;
	int file = open("/proc/konoha/stats", O_RDONLY);
	ssize_t count = file < 0 ? -1 : read(file, text, sizeof(text) - 1);
	const char *at;

	if (file >= 0)
		close(file);
	if (count < 0)
		return broken("/proc/konoha/stats cannot be read");
	text[count] = '\0';
	at = strstr(text, "\tfuel=");
	if (!at || sscanf(at, "\tfuel=%llu", &fuel) != 1)
		return broken("/proc/konoha/stats does not say what fuel it took: %s", text);
	if (fuel != wanted)
		broken("it took %llu units of fuel, on Node %llu", fuel, wanted);
	at = strstr(text, "\tnative=");
	if (at)
		native += strtoul(at + strlen("\tnative="), NULL, 10);
}

static void try_input(const char *text, const struct record *record)
{
	struct script script = { .count = 0 };
	int files[FILES] = { -1, -1, -1, -1 };
	unsigned long long fuel = 0;
	int error, is_program;

	state = record->seed | 1;
	is_program = must_load(text, record->bytes, &fuel);
	error = write_file("/dev/konoha", text, record->bytes);
	if (error) {
		if (error > LAST_ERRNO || is_program)
			broken("the load fails with errno %d", error);
		else
			errnos[error]++;
		return;
	}
	/* Nothing was written: nothing was loaded. */
	if (!record->bytes)
		return;
	loaded++;
	if (!read_status(&script))
		return broken("a load that succeeded has no status");
	if (is_program) {
		check_fuel(fuel);
		return unload(&script);
	}
	if (!script.count)
		return;
	set_timer(1);
	if (below(4) == 0)
		use_together(&script);
	else
		use(&script, 16);
	/* Files stay open over the unload, and are used afterwards. */
	for (int i = 0; i < 6; i++)
		operate(&script, files);
	set_timer(0);
	unload(&script);
	for (int i = 0; i < FILES; i++) {
		char byte;

		if (files[i] < 0)
			continue;
		if (read(files[i], &byte, 1) >= 0)
			broken("a device that is gone can be read");
		close(files[i]);
	}
}

static const char *map(const char *path, size_t *bytes)
{
	struct stat status;
	int file = open(path, O_RDONLY);
	void *at;

	if (file < 0 || fstat(file, &status) < 0)
		return NULL;
	at = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	close(file);
	*bytes = status.st_size;
	return at == MAP_FAILED ? NULL : at;
}

/* No script holds an object of samples/konoha_math any more. */
static void check_objects(void)
{
	char text[16] = "";
	int file = open("/sys/module/konoha_math/parameters/objects", O_RDONLY);

	if (file < 0 || read(file, text, sizeof(text) - 1) < 0)
		return broken("konoha_math does not say how many objects there are");
	close(file);
	if (strcmp(text, "0\n"))
		broken("objects of konoha_math are left: %s", text);
}

/* All that was loaded is unloaded again. */
static void check_list(void)
{
	char text[256];
	int file = open("/proc/konoha/list", O_RDONLY);
	ssize_t count = file < 0 ? -1 : read(file, text, sizeof(text) - 1);

	if (file >= 0)
		close(file);
	if (count < 0)
		return broken("/proc/konoha/list cannot be read");
	text[count] = '\0';
	*strchrnul(text, '\n') = '\0';
	if (text[0] && text[0] != '#')
		broken("still loaded: %s", text);
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_signal };
	const char *archive, *end;
	size_t bytes = 0;
	long first, count;

	if (argc != 4) {
		fprintf(stderr, "usage: fuzz-driver ARCHIVE FIRST COUNT\n");
		return 2;
	}
	archive = map(argv[1], &bytes);
	if (!archive) {
		fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
		return 2;
	}
	end = archive + bytes;
	first = atol(argv[2]);
	count = atol(argv[3]);
	sigaction(SIGALRM, &action, NULL);
	for (input = 0; archive < end && input < first + count; input++) {
		struct record record;

		memcpy(&record, archive, sizeof(record));
		archive += sizeof(record);
		if (input >= first)
			try_input(archive, &record);
		archive += record.bytes;
	}
	check_list();
	check_objects();
	printf("loaded %lu\nnative %lu\noperations %lu\n", loaded, native, operations);
	for (int i = 1; i <= LAST_ERRNO; i++)
		if (errnos[i])
			printf("errno %d %lu\n", i, errnos[i]);
	return 0;
}
