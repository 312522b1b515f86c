/* A disk with faults: while the file named by FAULTY_DISK_NOW holds the number of an error, writing to a file whose path
 * contains FAULTY_DISK_PATH fails with it. Loaded before the C library, by LD_PRELOAD. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* The error that is in force; 0 when there is none. */
static int error_now(void) {
    const char *control = getenv("FAULTY_DISK_NOW");
    if (control == NULL) return 0;
    int file = (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char text[16] = {0};
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    return length > 0 ? atoi(text) : 0;
}

static int is_meant(const char *path) {
    const char *meant = getenv("FAULTY_DISK_PATH");
    return meant != NULL && strstr(path, meant) != NULL;
}

static int error_of(int file) {
    int error = error_now();
    if (error == 0) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_meant(path) ? error : 0;
}

static int failed(int error) {
    errno = error;
    return -1;
}

/* A disk that is full takes the first part of what it is given. */
static ssize_t written(int file, const void *bytes, size_t size, off_t at) {
    int error = error_of(file);
    if (error == ENOSPC && size > 512) size /= 2;
    else if (error != 0) return failed(error);
    return syscall(SYS_pwrite64, file, bytes, size, at);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) { return written(file, bytes, size, at); }
ssize_t pwrite64(int file, const void *bytes, size_t size, off_t at) { return written(file, bytes, size, at); }

/* What is full or may only be read can still be brought to the disk; a broken one can't. */
static int synced(int file, long call) {
    if (error_of(file) == EIO) return failed(EIO);
    return (int)syscall(call, file);
}

int fsync(int file) { return synced(file, SYS_fsync); }
int fdatasync(int file) { return synced(file, SYS_fdatasync); }

/* What may only be read is not opened for writing. */
static int opened(const char *path, int flags, mode_t mode) {
    if ((flags & O_ACCMODE) != O_RDONLY && is_meant(path) && error_now() == EROFS) return failed(EROFS);
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static mode_t mode_in(int flags, va_list rest) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t)va_arg(rest, int) : 0;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_in(flags, rest);
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_in(flags, rest);
    va_end(rest);
    return opened(path, flags | O_LARGEFILE, mode);
}
