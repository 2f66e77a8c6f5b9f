package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// inBrowser makes a proof of browser tests: it runs those whose names begin so, against demos that they start, and
// reads what node's test runner counted. A planted fault is made by the tests themselves when PARVIS_PLANT names it.
func inBrowser(name string, begins string) func(context.Context, *trial) error {
	return func(ctx context.Context, t *trial) error {
		dir, err := root()
		if err != nil {
			return err
		}
		if _, err := os.Stat(filepath.Join(dir, "test", "browser", "node_modules", "playwright-core")); err != nil {
			return lack{"the browser tests' packages (test/prepare installs them)"}
		}
		if t.engine == "postgres" && os.Getenv("PARVIS_TEST_POSTGRES") == "" {
			return lack{"PARVIS_TEST_POSTGRES, the address of a PostgreSQL server to try it on"}
		}
		build := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join("bin", "parvis"), "./cmd/parvis")
		build.Dir = dir
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build the program: %w: %s", err, out)
		}
		cmd := exec.CommandContext(ctx, "node", filepath.Join("test", "browser", "run.mjs"), begins)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PARVIS_ENGINES="+t.engine)
		if name == "nojs" {
			cmd.Env = append(cmd.Env, "PARVIS_SCRIPTS=off")
		}
		if t.planted {
			cmd.Env = append(cmd.Env, "PARVIS_PLANT="+name, "PARVIS_PLANT_QUICK=1")
		} else if t.cycles > 1 {
			cmd.Env = append(cmd.Env, "PARVIS_FULL=1")
		}
		out, failed := cmd.CombinedOutput()
		first := t.read(string(out))
		if failed != nil && number(t.figures["failed"]) > 0 {
			return broken{fmt.Sprintf("%d of %d tests failed: %s", t.figures["failed"], t.figures["tests"], first)}
		} else if failed != nil {
			return fmt.Errorf("the browser tests did not run: %w: %s", failed, tail(string(out)))
		}
		return nil
	}
}

// read takes the figures from what node's test runner printed, and gives what failed first.
func (t *trial) read(out string) string {
	first := ""
	lines := bufio.NewScanner(strings.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		words := strings.Fields(strings.TrimPrefix(line, "ℹ"))
		if strings.HasPrefix(line, "✖") && first == "" && !strings.Contains(line, "failing tests") {
			first = strings.TrimSpace(strings.TrimPrefix(line, "✖"))
		}
		if !strings.HasPrefix(line, "ℹ") || len(words) != 2 {
			continue
		}
		if n, err := strconv.Atoi(words[1]); err == nil {
			switch words[0] {
			case "tests", "pass":
				t.figures[map[string]string{"tests": "tests", "pass": "passed"}[words[0]]] = n
			case "fail", "cancelled":
				t.add("failed", n)
			}
		}
	}
	return first
}

// tail is the end of a long text.
func tail(text string) string {
	text = strings.TrimSpace(text)
	return text[max(0, len(text)-600):]
}
