package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// machine is where a proof ran.
type machine struct {
	Kernel string `json:"kernel"`
	Cores  int    `json:"cores"`
	Go     string `json:"go"`
	Commit string `json:"commit,omitempty"`
}

func here() machine {
	m := machine{Kernel: "unknown", Cores: runtime.NumCPU(), Go: runtime.Version()}
	if text, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.Kernel = strings.TrimSpace(string(text))
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				m.Commit = s.Value
			}
		}
	}
	return m
}

// lack is something that this machine does not have.
type lack struct{ what string }

func (l lack) Error() string { return "needs " + l.what }

// lacking lists which of the needed programs, or root, are not here.
func lacking(needs []string) []string {
	var missing []string
	for _, need := range needs {
		if need == "root" {
			if os.Geteuid() != 0 {
				missing = append(missing, "root")
			}
		} else if _, err := exec.LookPath(need); err != nil {
			missing = append(missing, need)
		}
	}
	return missing
}

// run runs a program to its end and gives what it printed.
func run(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).CombinedOutput()
	text := string(bytes.TrimSpace(out))
	if err != nil {
		return text, fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, text)
	}
	return text, nil
}

// root is the project's folder, upwards from where the command was called.
func root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil && strings.HasPrefix(string(text), "module parvis\n") {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", lack{"the project's folder: call it from inside"}
		}
		dir = up
	}
}

// fresh is the address of an empty store on the trial's engine, and what lets go of it.
func (t *trial) fresh() (address string, stop func(), err error) {
	if t.engine == "postgres" {
		return postgres(t.place)
	}
	return "sqlite:" + filepath.Join(t.place, "territory.db"), func() {}, nil
}

// postgres starts a private server that waits for its disk, and gives its address and what stops it.
func postgres(place string) (address string, stop func(), err error) {
	dir, err := root()
	if err != nil {
		return "", nil, err
	}
	script, cluster := filepath.Join(dir, "test", "postgres"), filepath.Join(place, "postgres")
	cmd := exec.Command(script, "start", cluster)
	cmd.Env = append(os.Environ(), "PARVIS_POSTGRES_OPTIONS=-c fsync=on -c synchronous_commit=on -c full_page_writes=on")
	out, err := cmd.Output()
	if err != nil {
		return "", nil, lack{"a PostgreSQL server (test/prepare installs it)"}
	}
	stop = func() { _, _ = run(script, "stop", cluster) }
	return strings.TrimSpace(string(out)) + "&search_path=proof", stop, nil
}
