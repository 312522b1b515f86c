"""Reads pages from standard input and prints the nanoseconds that extruct took for each.

A page is a line with its length in bytes and its address, followed by the bytes.
"""

import sys
import time

import extruct


def middle(times):
    return sorted(times)[len(times) // 2]


def nanoseconds_for(page, url):
    start = time.perf_counter_ns()
    extruct.extract(page, base_url=url, errors="ignore")
    return time.perf_counter_ns() - start


def main():
    times = int(sys.argv[1])
    while line := sys.stdin.buffer.readline():
        length, url = line.decode().split(" ", 1)
        page = sys.stdin.buffer.read(int(length))
        print(middle([nanoseconds_for(page, url.strip()) for _ in range(times)]))


main()
