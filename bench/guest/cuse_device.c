/*
 * cuse_device NAME
 *
 * The device of module/c_io_device.c in user space: it speaks the kernel's
 * CUSE protocol on /dev/cuse by itself, without a library. Goes on in the
 * background when /dev/NAME is there; ends when the machine does.
 *
 * Exit status of what was typed: 0; 1 if there is no CUSE or it refused.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define IO_PAGE 4096
/* The kernel wants room for its largest request, and a head in front. */
#define REQUEST_BYTES (FUSE_MIN_READ_BUFFER + 65536)

struct pair {
	int64_t first;
	int64_t second;
};

#define IO_COUNT _IO(0xe7, 1)
#define IO_TURN _IOWR(0xe7, 2, struct pair)
#define IO_KEPT _IO(0xe7, 3)

static int cuse;
static char request[REQUEST_BYTES] __attribute__((aligned(8)));

static int opened;
static uint32_t uid;
static uint8_t reads;
static int calls;
static char kept[IO_PAGE];
static size_t kept_size;
static char page[IO_PAGE];

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* One answer; an error takes no data. */
static void answer(const struct fuse_in_header *in, int error, const void *data, size_t size)
{
	static char text[sizeof(struct fuse_out_header) + sizeof(struct fuse_ioctl_out) + IO_PAGE]
		__attribute__((aligned(8)));
	struct fuse_out_header head = { sizeof(head) + size, error, in->unique };

	memcpy(text, &head, sizeof(head));
	memcpy(text + sizeof(head), data, size);
	/* ENOENT: who asked has been interrupted. */
	if (write(cuse, text, head.len) < 0 && errno != ENOENT)
		fail("/dev/cuse");
}

static void on_read(const struct fuse_in_header *in, const struct fuse_read_in *read_in)
{
	reads++;
	if (read_in->size == 1)
		answer(in, 0, &reads, 1);
	else
		answer(in, 0, page, read_in->size < IO_PAGE ? read_in->size : IO_PAGE);
}

static void on_write(const struct fuse_in_header *in, const struct fuse_write_in *write_in)
{
	struct fuse_write_out out = { 0 };

	out.size = write_in->size < IO_PAGE ? write_in->size : IO_PAGE;
	memcpy(kept, write_in + 1, out.size);
	kept_size = out.size;
	answer(in, 0, &out, sizeof(out));
}

static void on_ioctl(const struct fuse_in_header *in, const struct fuse_ioctl_in *ioctl_in)
{
	struct {
		struct fuse_ioctl_out head;
		struct pair pair;
	} out = { 0 };
	const struct pair *pair = (const struct pair *)(ioctl_in + 1);

	switch (ioctl_in->cmd) {
	case IO_COUNT:
		out.head.result = ++calls;
		break;
	case IO_KEPT:
		out.head.result = kept_size;
		break;
	case IO_TURN:
		out.pair.first = pair->second;
		out.pair.second = pair->first;
		answer(in, 0, &out, sizeof(out));
		return;
	default:
		answer(in, -ENOTTY, NULL, 0);
		return;
	}
	answer(in, 0, &out.head, sizeof(out.head));
}

static void on_open(const struct fuse_in_header *in)
{
	struct fuse_open_out out = { 0 };

	opened++;
	uid = in->uid;
	out.open_flags = FOPEN_DIRECT_IO | FOPEN_NONSEEKABLE;
	answer(in, 0, &out, sizeof(out));
}

static void serve(void)
{
	const struct fuse_in_header *in = (const struct fuse_in_header *)request;
	const void *body = in + 1;

	switch (in->opcode) {
	case FUSE_OPEN:
		on_open(in);
		return;
	case FUSE_READ:
		on_read(in, body);
		return;
	case FUSE_WRITE:
		on_write(in, body);
		return;
	case FUSE_IOCTL:
		on_ioctl(in, body);
		return;
	case FUSE_RELEASE:
	case FUSE_FLUSH:
		answer(in, 0, NULL, 0);
		return;
	case FUSE_INTERRUPT:
		return;
	default:
		answer(in, -ENOSYS, NULL, 0);
	}
}

/* Waits for a request. */
static void next(void)
{
	while (read(cuse, request, sizeof(request)) < 0)
		if (errno != EINTR && errno != ENOENT)
			fail("/dev/cuse");
}

/* Tells the kernel the device's name. */
static void introduce(const char *name)
{
	const struct fuse_in_header *in = (const struct fuse_in_header *)request;
	struct {
		struct cuse_init_out head;
		char info[64];
	} out = { 0 };
	size_t length;

	next();
	if (in->opcode != CUSE_INIT) {
		fprintf(stderr, "/dev/cuse asks %u in place of CUSE_INIT\n", in->opcode);
		exit(1);
	}
	out.head.major = FUSE_KERNEL_VERSION;
	out.head.minor = FUSE_KERNEL_MINOR_VERSION;
	out.head.max_read = 65536;
	out.head.max_write = 65536;
	length = snprintf(out.info, sizeof(out.info), "DEVNAME=%s", name) + 1;
	answer(in, 0, &out, sizeof(out.head) + length);
}

int main(int argc, char **argv)
{
	if (argc != 2 || strlen(argv[1]) > 31) {
		fprintf(stderr, "usage: cuse_device NAME\n");
		return 2;
	}
	for (int i = 0; i < IO_PAGE; i++)
		page[i] = "0123456789abcdef"[i % 16];
	cuse = open("/dev/cuse", O_RDWR);
	if (cuse < 0)
		fail("/dev/cuse");
	introduce(argv[1]);
	if (daemon(1, 0) != 0)
		fail("daemon");
	for (;;) {
		next();
		serve();
	}
}
