package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
)

// listen opens a free port of this machine.
func listen(ctx context.Context) (net.Listener, error) {
	var l net.ListenConfig
	return l.Listen(ctx, "tcp", "127.0.0.1:0")
}

// anonymous is how many bytes of a process's memory are its own, not files that the system can drop (Linux's RssAnon).
func anonymous(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("memory of process %d: %w", pid, err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kilobytes << 10, err
		}
	}
	return 0, fmt.Errorf("memory of process %d: this system does not say", pid)
}
