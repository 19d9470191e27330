/* Makes the n-th call on files below a folder fail, for evals/faults.py: loaded before the C library (LD_PRELOAD).
 *
 * Counts calls that open, read, write, sync, rename, cut, remove or make something below the folder. The n-th fails with
 * ENOSPC or EIO, or writes half of what it should; later ones go on, or fail as well. Not for several threads. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { NO_ROOM = 1, FAULT = 2, HALF = 3 };
enum { HANDLES = 4096, LONGEST = 4096, MOST_CALLS = 100000 };

static char folder[LONGEST], kinds[MOST_CALLS + 1];
static char ours[HANDLES];
static long count, wanted, fired;
static int how, lasting;

void faults_below(const char *path) { strncpy(folder, path, LONGEST - 1); }

void faults_arm(long number, int mode, int all_later) {
    count = fired = 0;
    wanted = number, how = mode, lasting = all_later;
    memset(kinds, 0, sizeof kinds);
}

long faults_count(void) { return count; }
long faults_fired(void) { return fired; }
/* A letter for each call since: o pen, c reate, r ead, w rite, s ync, re n ame, t runcate, u nlink, m kdir, l ink, p ermit. */
const char *faults_kinds(void) { return kinds; }

static int below(const char *path) {
    size_t length = strlen(folder);
    return length && path && strncmp(path, folder, length) == 0;
}

static int known(int handle) { return handle >= 0 && handle < HANDLES && ours[handle]; }

/* Whether this call fails. A full disk still lets files be read, cut and removed. */
static int fails(char kind, int needs_room) {
    if (count < MOST_CALLS) kinds[count] = kind;
    count++;
    int is_it = wanted && count == wanted;
    int later = wanted && lasting && count > wanted && (how == FAULT || needs_room);
    if (!is_it && !later) return 0;
    fired++;
    errno = how == FAULT ? EIO : ENOSPC;
    return 1;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static void note(int handle, const char *path) {
    if (handle >= 0 && handle < HANDLES) ours[handle] = below(path);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (below(path) && fails(flags & O_CREAT ? 'c' : 'o', flags & O_CREAT)) return -1; \
        int handle = real(path, flags, mode); \
        note(handle, path); \
        return handle; \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (below(path) && fails(flags & O_CREAT ? 'c' : 'o', flags & O_CREAT)) return -1; \
        int handle = real(at, path, flags, mode); \
        note(handle, path); \
        return handle; \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int handle) {
    REAL(close);
    if (handle >= 0 && handle < HANDLES) ours[handle] = 0;
    return real(handle);
}

/* Writes half if this is the call that should, and lets the next write find no room. */
static size_t cut(size_t length) { return fired == 1 && count == wanted && how == HALF ? length / 2 : 0; }

ssize_t write(int handle, const void *data, size_t length) {
    REAL(write);
    if (known(handle) && fails('w', 1)) return cut(length) ? real(handle, data, cut(length)) : -1;
    return real(handle, data, length);
}

#define PWRITE(name, offset_type) \
    ssize_t name(int handle, const void *data, size_t length, offset_type at) { \
        REAL(name); \
        if (known(handle) && fails('w', 1)) return cut(length) ? real(handle, data, cut(length), at) : -1; \
        return real(handle, data, length, at); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t read(int handle, void *data, size_t length) {
    REAL(read);
    if (known(handle) && fails('r', 0)) return -1;
    return real(handle, data, length);
}

#define PREAD(name, offset_type) \
    ssize_t name(int handle, void *data, size_t length, offset_type at) { \
        REAL(name); \
        if (known(handle) && fails('r', 0)) return -1; \
        return real(handle, data, length, at); \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

#define ON_HANDLE(name, needs_room) \
    int name(int handle) { \
        REAL(name); \
        return known(handle) && fails('s', needs_room) ? -1 : real(handle); \
    }
ON_HANDLE(fsync, 1)
ON_HANDLE(fdatasync, 1)

#define CUT(name, offset_type) \
    int name(int handle, offset_type length) { \
        REAL(name); \
        return known(handle) && fails('t', 0) ? -1 : real(handle, length); \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
    REAL(rename);
    return (below(from) || below(to)) && fails('n', 0) ? -1 : real(from, to);
}

int link(const char *from, const char *to) {
    REAL(link);
    return below(to) && fails('l', 1) ? -1 : real(from, to);
}

int unlink(const char *path) {
    REAL(unlink);
    return below(path) && fails('u', 0) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    return below(path) && fails('m', 1) ? -1 : real(path, mode);
}

int chmod(const char *path, mode_t mode) {
    REAL(chmod);
    return below(path) && fails('p', 0) ? -1 : real(path, mode);
}
