package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// child is a writer in a process of its own.
type child struct {
	cmd   *exec.Cmd
	stdin io.Closer
	mu    sync.Mutex
	said  []string
	news  chan struct{} // closed and made anew at each line
	ended chan struct{}
	err   error
}

// spawn starts a writer, under another program if one is given, and waits until it has begun.
func spawn(ctx context.Context, under []string, args ...string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	line := append(append(append([]string{}, under...), self, "writer"), args...)
	c := &child{cmd: exec.CommandContext(ctx, line[0], line[1:]...), news: make(chan struct{}), ended: make(chan struct{})}
	if c.stdin, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.cmd.Stderr = nil
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	go c.listen(out)
	if err := c.await("ready", 30*time.Second); err != nil {
		c.kill()
		return nil, fmt.Errorf("%w: %s", err, strings.Join(c.all(), " | "))
	}
	return c, nil
}

func (c *child) listen(out io.Reader) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		c.mu.Lock()
		c.said = append(c.said, lines.Text())
		close(c.news)
		c.news = make(chan struct{})
		c.mu.Unlock()
	}
	c.err = c.cmd.Wait()
	close(c.ended)
}

func (c *child) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string{}, c.said...)
}

// await waits until the writer has said a line that begins so.
func (c *child) await(begins string, most time.Duration) error {
	end := time.After(most)
	for {
		c.mu.Lock()
		news := c.news
		for _, line := range c.said {
			if strings.HasPrefix(line, begins) {
				c.mu.Unlock()
				return nil
			}
		}
		c.mu.Unlock()
		select {
		case <-news:
		case <-c.ended:
			if len(c.find(begins)) > 0 {
				return nil
			}
			return fmt.Errorf("the writer ended (%v) before it said %q", c.err, begins)
		case <-end:
			return fmt.Errorf("the writer did not say %q within %v", begins, most)
		}
	}
}

// find gives the lines that begin so.
func (c *child) find(begins string) []string {
	var found []string
	for _, line := range c.all() {
		if strings.HasPrefix(line, begins) {
			found = append(found, line)
		}
	}
	return found
}

// kill ends the writer as a power switch ends a program.
func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.stdin.Close()
	<-c.ended
}

// finish lets the writer end by itself.
func (c *child) finish(most time.Duration) error {
	_ = c.stdin.Close()
	select {
	case <-c.ended:
		return c.err
	case <-time.After(most):
		c.kill()
		return errors.New("the writer did not end by itself")
	}
}
