package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"syscall"
	"time"

	"parvis/internal/problem"
)

// Disk keeps files in a folder: "ab/cd/abcd…", two levels of 256 folders, so that no folder grows past what tools can
// list. A file is written beside, flushed, renamed into its place, and its folder flushed: after a power cut it is there
// whole or not at all.
type Disk struct {
	root *os.Root
}

const coming = "coming" // the folder of files that are being written

// OpenDisk opens the folder, which is created where it is missing. Nothing outside of it can be reached through it.
func OpenDisk(folder string) (*Disk, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("open the folder of files: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open the folder of files: %w", err)
	}
	if err := root.MkdirAll(coming, 0o700); err != nil {
		_ = root.Close()
		return nil, fmt.Errorf("open the folder of files: %w", err)
	}
	return &Disk{root: root}, nil
}

// Close lets go of the folder.
func (d *Disk) Close() error { return d.root.Close() }

func place(name string) string { return path.Join(name[:2], name[2:4], name) }

// Put keeps r's bytes in a new file. It returns after file and folder are flushed.
func (d *Disk) Put(ctx context.Context, r io.Reader, limit int64) (Kept, error) {
	name := newName()
	kept, err := d.write(ctx, path.Join(coming, name), r, limit)
	if err == nil {
		err = d.settle(name)
	}
	if err != nil {
		_ = d.root.Remove(path.Join(coming, name))
		return Kept{}, diskError("keep a file", err)
	}
	kept.Name = name
	return kept, nil
}

func (d *Disk) write(ctx context.Context, at string, r io.Reader, limit int64) (Kept, error) {
	f, err := d.root.OpenFile(at, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return Kept{}, err
	}
	m := newMeter(&patient{ctx, r}, limit)
	if _, err = io.Copy(f, m); err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return m.kept(""), err
}

// settle moves a written file into its place and flushes every folder that changed on the way.
func (d *Disk) settle(name string) error {
	folder := path.Dir(place(name))
	if err := d.root.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := d.root.Rename(path.Join(coming, name), place(name)); err != nil {
		return err
	}
	for _, changed := range []string{folder, path.Dir(folder), "."} {
		if err := d.flushFolder(changed); err != nil {
			_ = d.root.Remove(place(name))
			return err
		}
	}
	return nil
}

func (d *Disk) flushFolder(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return f.Sync()
}

// Open gives the bytes of a file.
func (d *Disk) Open(_ context.Context, name string) (io.ReadCloser, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	f, err := d.root.Open(place(name))
	if err != nil {
		return nil, diskError("open file "+name, err)
	}
	return f, nil
}

// Remove deletes a file, and what is left of one that never came to its place.
func (d *Disk) Remove(_ context.Context, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	for _, at := range []string{place(name), path.Join(coming, name)} {
		if err := d.root.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return diskError("remove file "+name, err)
		}
	}
	return nil
}

// Walk calls f with every file that is in its place, and with every one that was being written when the program ended.
func (d *Disk) Walk(ctx context.Context, f func(string, time.Time) error) error {
	return fs.WalkDir(d.root.FS(), ".", func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !ValidName(entry.Name()) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed meanwhile
		}
		if err != nil {
			return err
		}
		return f(entry.Name(), info.ModTime())
	})
}

// patient stops reading when ctx ends.
type patient struct {
	ctx  context.Context
	from io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.from.Read(b)
}

// diskError gives an error of the file system its kind.
func diskError(doing string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = problem.Because(problem.NotFound, err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		err = problem.Because(problem.Full, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
