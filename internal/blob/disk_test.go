package blob_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/blob"
	"parvis/internal/problem"
)

func openDisk(t *testing.T) (*blob.Disk, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	disk, err := blob.OpenDisk(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = disk.Close() })
	return disk, folder
}

func TestDisk(t *testing.T) {
	t.Parallel()
	disk, _ := openDisk(t)
	suite(t, disk)
}

func TestDiskKeepsFilesToItself(t *testing.T) {
	t.Parallel()
	disk, folder := openDisk(t)
	kept, err := disk.Put(t.Context(), strings.NewReader("private"), 100)
	if err != nil {
		t.Fatal(err)
	}
	want := filepath.Join(folder, kept.Name[:2], kept.Name[2:4], kept.Name)
	info, err := os.Stat(want)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: only its owner may read it", info, err)
	}
	if info, err := os.Stat(filepath.Dir(want)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v: only its owner may list it", info, err)
	}
}

func TestDiskSeesARottenFile(t *testing.T) {
	t.Parallel()
	disk, folder := openDisk(t)
	for _, rot := range []func([]byte) []byte{
		func(b []byte) []byte { b[3] ^= 1; return b },
		func(b []byte) []byte { return b[:len(b)-1] },
		func(b []byte) []byte { return append(b, 0) },
	} {
		kept, err := disk.Put(t.Context(), strings.NewReader("a certificate"), 100)
		if err != nil {
			t.Fatal(err)
		}
		at := filepath.Join(folder, kept.Name[:2], kept.Name[2:4], kept.Name)
		content, err := os.ReadFile(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, rot(bytes.Clone(content)), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := disk.Open(t.Context(), kept.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(blob.Verify(r, kept)); !errors.Is(err, blob.ErrChanged) {
			t.Errorf("rot passes: %v", err)
		}
		_ = r.Close()
	}
}

func TestDiskDoesNotFollowALinkOut(t *testing.T) {
	t.Parallel()
	disk, folder := openDisk(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("not yours"), 0o600); err != nil {
		t.Fatal(err)
	}
	name := strings.Repeat("ab", 20)
	if err := os.MkdirAll(filepath.Join(folder, "ab", "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(folder, "ab", "ab", name)); err != nil {
		t.Fatal(err)
	}
	if r, err := disk.Open(t.Context(), name); err == nil {
		content, _ := io.ReadAll(r)
		t.Errorf("a link leads out to %q", content)
	}
}

func TestDiskWithoutSpace(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("this system has no /dev/full")
	}
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = f.Close() }()
	_, full := f.Write([]byte("x"))
	if err := blob.DiskError("keep a file", full); !problem.Is(err, problem.Full) {
		t.Errorf("a full disk is %v", err)
	}
}

func TestDiskForgetsWhatNeverArrived(t *testing.T) {
	t.Parallel()
	disk, folder := openDisk(t)
	half := strings.Repeat("cd", 20)
	if err := os.WriteFile(filepath.Join(folder, "coming", half), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, there := names(t, disk)[half]; !there {
		t.Error("what a killed program left is not shown")
	}
	if _, err := disk.Open(t.Context(), half); !problem.Is(err, problem.NotFound) {
		t.Errorf("half a file opens: %v", err)
	}
	if err := disk.Remove(t.Context(), half); err != nil {
		t.Error(err)
	}
	if left := names(t, disk); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
