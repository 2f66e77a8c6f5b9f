package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// powercut puts the store on a file system inside an image file, stops the writer at a random moment, copies the image
// as it is (it holds what has reached the disk, nothing of what the kernel still meant to write), and looks at the copy
// as the machine would when the power is back.
func powercut(ctx context.Context, t *trial) error {
	t.figures["fs"] = t.system
	var total account
	for cycle := range t.cycles {
		a, err := t.cut(ctx, fmt.Sprint(cycle))
		total.Acknowledged += a.Acknowledged
		total.Rows += a.Rows
		total.Lost += a.Lost
		t.add("cycles", 1)
		if err != nil {
			t.count(total)
			return fmt.Errorf("power cut %d: %w", cycle+1, err)
		}
	}
	t.count(total)
	return nil
}

// cut is one power cut.
func (t *trial) cut(ctx context.Context, run string) (account, error) {
	disk := &disk{image: filepath.Join(t.place, "disk"), at: filepath.Join(t.place, "at"), system: t.system}
	if err := disk.make(); err != nil {
		return account{}, err
	}
	if err := disk.mount(disk.image); err != nil {
		return account{}, err
	}
	defer disk.unmount()
	notes := filepath.Join(t.place, "notes-"+run)
	defer os.Remove(notes)
	address := "sqlite:" + filepath.Join(disk.at, "territory.db")
	args := []string{"-db", address, "-notes", notes, "-run", run}
	if t.planted {
		args = append(args, "-normal")
	}
	c, err := spawn(ctx, nil, args...)
	if err != nil {
		return account{}, err
	}
	defer c.kill()
	time.Sleep(time.Duration(100+t.rand.IntN(400)) * time.Millisecond)
	if err := halt(c.cmd.Process.Pid); err != nil {
		return account{}, err
	}
	l, err := readLedger(notes)
	if err != nil {
		return account{}, err
	}
	if err := disk.copy(); err != nil {
		return account{}, err
	}
	c.kill()
	disk.unmount()
	if err := disk.mount(disk.image + ".cut"); err != nil {
		return account{}, broken{"the file system does not mount after the cut: " + err.Error()}
	}
	return verify(ctx, address, l)
}

// halt stops a process and waits until none of its threads runs any more. The signal alone is not enough: on a busy
// machine a thread may go on for a while, and note and commit a row after the notes were read.
func halt(pid int) error {
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		return err
	}
	for range 5000 {
		if still, err := halted(pid); still || err != nil {
			return err
		}
		time.Sleep(2 * time.Millisecond)
	}
	return fmt.Errorf("process %d does not stop", pid)
}

// halted reports whether all threads of a process are stopped.
func halted(pid int) (bool, error) {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	if err != nil || len(tasks) == 0 {
		return false, fmt.Errorf("process %d has no threads: %w", pid, cmp.Or(err, os.ErrNotExist))
	}
	for _, task := range tasks {
		text, err := os.ReadFile(task)
		if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ESRCH) {
			continue // a thread that has ended
		}
		if err != nil {
			return false, err
		}
		// "123 (name) T ...": the state follows the name, which may hold anything (proc(5)).
		if _, after, _ := strings.Cut(string(text[bytes.LastIndexByte(text, ')'):]), " "); !strings.HasPrefix(after, "T") {
			return false, nil
		}
	}
	return true, nil
}

// disk is a file system in an image file.
type disk struct {
	image, at, system string
	mounted           bool
}

const diskSize = 320 << 20 // XFS wants 300 MB; the image is sparse

func (d *disk) make() error {
	if err := os.MkdirAll(d.at, 0o755); err != nil {
		return err
	}
	_ = os.Remove(d.image)
	f, err := os.Create(d.image)
	if err != nil {
		return err
	}
	if err := f.Truncate(diskSize); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if d.system == "xfs" {
		if len(lacking([]string{"mkfs.xfs"})) > 0 {
			return lack{"mkfs.xfs"}
		}
		_, err = run("mkfs.xfs", "-q", "-f", d.image)
		return err
	}
	_, err = run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=1,lazy_journal_init=1", d.image)
	return err
}

func (d *disk) mount(image string) error {
	options := "loop"
	if d.system == "xfs" {
		options = "loop,nouuid"
	}
	if _, err := run("mount", "-o", options, image, d.at); err != nil {
		return lack{"a loop device to mount: " + err.Error()}
	}
	d.mounted = true
	return nil
}

func (d *disk) copy() error {
	_, err := run("cp", "--sparse=always", d.image, d.image+".cut")
	return err
}

// unmount may have to wait for the kernel to let go of a writer that was just killed.
func (d *disk) unmount() {
	for range 50 {
		if !d.mounted {
			return
		}
		if _, err := run("umount", d.at); err == nil {
			d.mounted = false
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	_, _ = run("umount", "-l", d.at)
	d.mounted = false
}
