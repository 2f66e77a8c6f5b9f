package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
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
	if err := c.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
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
