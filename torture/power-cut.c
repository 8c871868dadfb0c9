/*
 * 停電の模擬。LD_PRELOAD で差し込み、POWER_CUT_DIR の下のファイルについて、
 * fsync・fdatasync で書き終えた範囲だけを POWER_CUT_SHADOW の下の同じ名の影に写す。
 * プロセスを殺した後の影が、「電源が切れたときディスクに確かにあったもの」になる。
 * POWER_CUT_FAIL のファイルがある間は、fsync・fdatasync が EIO で失敗し、影にも写らない（壊れかけたディスク）。
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 64

struct range { off_t from, to; };
struct file {
  dev_t dev;
  ino_t ino;
  struct range *dirty;
  size_t count, room;
};

static struct file files[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  const char *dir = getenv("POWER_CUT_DIR");
  return dir && strncmp(path, dir, strlen(dir)) == 0 && path[strlen(dir)] == '/';
}

static struct file *file_of(int fd) {
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return NULL;
  struct file *empty = NULL;
  for (int i = 0; i < FILES; i++) {
    if (files[i].ino == st.st_ino && files[i].dev == st.st_dev) return &files[i];
    if (!empty && files[i].ino == 0) empty = &files[i];
  }
  if (empty) { empty->ino = st.st_ino; empty->dev = st.st_dev; }
  return empty;
}

static void note(int fd, off_t from, ssize_t size) {
  char path[PATH_MAX];
  if (size <= 0 || !path_of(fd, path)) return;
  pthread_mutex_lock(&lock);
  struct file *f = file_of(fd);
  if (f) {
    if (f->count == f->room) {
      f->room = f->room ? f->room * 2 : 64;
      f->dirty = realloc(f->dirty, f->room * sizeof *f->dirty);
    }
    f->dirty[f->count++] = (struct range){from, from + size};
  }
  pthread_mutex_unlock(&lock);
}

#define REAL(name, type) \
  static type real = NULL; \
  if (!real) real = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
typedef ssize_t (*write_t)(int, const void *, size_t);
typedef int (*sync_t)(int);

static void settle(int fd) {
  char path[PATH_MAX], shadow[PATH_MAX * 2];
  if (!path_of(fd, path)) return;
  const char *to = getenv("POWER_CUT_SHADOW");
  snprintf(shadow, sizeof shadow, "%s%s", to, path + strlen(getenv("POWER_CUT_DIR")));
  pthread_mutex_lock(&lock);
  struct file *f = file_of(fd);
  struct stat st;
  if (f && fstat(fd, &st) == 0) {
    REAL("pwrite64", pwrite_t);
    int from = open(path, O_RDONLY | O_CLOEXEC), out = open(shadow, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    char block[65536];
    for (size_t i = 0; from >= 0 && out >= 0 && i < f->count; i++)
      for (off_t at = f->dirty[i].from; at < f->dirty[i].to;) {
        size_t want = f->dirty[i].to - at > (off_t)sizeof block ? sizeof block : (size_t)(f->dirty[i].to - at);
        ssize_t got = pread(from, block, want, at);
        if (got <= 0 || real(out, block, got, at) != got) break;
        at += got;
      }
    if (out >= 0 && ftruncate(out, st.st_size) != 0) perror("power-cut: truncate");
    if (from >= 0) close(from);
    if (out >= 0) close(out);
    f->count = 0;
  }
  pthread_mutex_unlock(&lock);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) {
  REAL("pwrite64", pwrite_t);
  ssize_t done = real(fd, data, size, at);
  note(fd, at, done);
  return done;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

ssize_t write(int fd, const void *data, size_t size) {
  REAL("write", write_t);
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t done = real(fd, data, size);
  if (at >= 0) note(fd, at, done);
  return done;
}

/* 壊れかけたディスクのふりをしているか。事務所のファイルだけで失敗する。 */
static int broken(int fd) {
  char path[PATH_MAX];
  const char *fail = getenv("POWER_CUT_FAIL");
  if (!fail || !path_of(fd, path) || access(fail, F_OK) != 0) return 0;
  errno = EIO;
  return 1;
}

int fdatasync(int fd) {
  if (broken(fd)) return -1;
  REAL("fdatasync", sync_t);
  int failed = real(fd);
  if (!failed) settle(fd);
  return failed;
}

int fsync(int fd) {
  if (broken(fd)) return -1;
  REAL("fsync", sync_t);
  int failed = real(fd);
  if (!failed) settle(fd);
  return failed;
}
