package blob_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"parvis/internal/blob"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/jobs"
	"parvis/internal/problem"
)

var ctx = context.Background()

// shelf is a territory's files on disk.
type shelf struct {
	*testing.T
	*blob.Files
	db     *db.DB
	disk   *blob.Disk
	folder string
	clock  *clock.Manual
	runner *jobs.Runner
}

func each(t *testing.T, f func(s *shelf)) {
	t.Helper()
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := clock.At(time.Now()) // files on the disk bear the machine's time
			d := dbtest.Open(t, address(t), db.Options{Clock: c})
			disk, folder := openDisk(t)
			s := &shelf{T: t, Files: blob.NewFiles(d, disk), db: d, disk: disk, folder: folder, clock: c,
				runner: jobs.NewRunner(d, jobs.RunnerOptions{Clock: c})}
			s.runner.Handle(s.Sweep())
			f(s)
		})
	}
}

func (s *shelf) put(content, name string) blob.File {
	s.Helper()
	file, err := s.Put(ctx, strings.NewReader(content), 1<<20, name)
	if err != nil {
		s.Fatal(err)
	}
	return file
}

func (s *shelf) write(f func(tx *db.Tx) error) error { return s.db.Write(ctx, f) }

func (s *shelf) sweep() {
	s.Helper()
	if err := s.write(func(tx *db.Tx) error { _, err := jobs.Enqueue(tx, "blob.sweep", nil, jobs.Options{}); return err }); err != nil {
		s.Fatal(err)
	}
	if n, err := s.runner.RunDue(ctx); n != 1 || err != nil {
		s.Fatal(n, err)
	}
}

func (s *shelf) opens(name string) bool {
	s.Helper()
	_, r, err := s.Open(ctx, name)
	if problem.Is(err, problem.NotFound) {
		return false
	}
	if err != nil {
		s.Fatal(err)
	}
	_ = r.Close()
	return true
}

func TestAFileComesBackWithWhatIsKnown(t *testing.T) {
	each(t, func(s *shelf) {
		png := "\x89PNG\x0D\x0A\x1A\x0A" + strings.Repeat("x", 2000)
		file, err := s.Put(ctx, iotest.HalfReader(strings.NewReader(png)), 1<<20, `C:\scans\Hộ khẩu.png`)
		if err != nil || file.Media != "image/png" || file.Filename != "Hộ khẩu.png" || file.Size != int64(len(png)) || file.Expires.IsZero() {
			s.Fatalf("%+v, %v", file, err)
		}
		got, r, err := s.Open(ctx, file.Name)
		if err != nil || got.SHA256 != file.SHA256 || got.Filename != file.Filename {
			s.Fatalf("%+v, %v", got, err)
		}
		content, err := io.ReadAll(r)
		if err != nil || string(content) != png || r.Close() != nil {
			s.Errorf("%d bytes, %v", len(content), err)
		}
		if _, _, err := s.Open(ctx, "nothing of the kind"); !problem.Is(err, problem.NotFound) {
			s.Errorf("%v", err)
		}
	})
}

func TestAFileBelongsToOneThing(t *testing.T) {
	each(t, func(s *shelf) {
		a, b := s.put("a", "a.txt"), s.put("b", "b.txt")
		err := s.write(func(tx *db.Tx) error {
			for range 2 { // twice is once
				if err := errors.Join(blob.Attach(tx, a.Name, "case", "7"), blob.Attach(tx, b.Name, "case", "7")); err != nil {
					return err
				}
			}
			all, err := blob.Of(tx, "case", "7")
			if len(all) != 2 || !all[0].Expires.IsZero() || all[0].Subject != "case" {
				s.Errorf("%+v", all)
			}
			return err
		})
		if err != nil {
			s.Fatal(err)
		}
		for _, name := range []string{a.Name, strings.Repeat("0", 40)} {
			if err := s.write(func(tx *db.Tx) error { return blob.Attach(tx, name, "case", "8") }); !problem.Is(err, problem.NotFound) {
				s.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestWhatIsTooLargeLeavesNothing(t *testing.T) {
	each(t, func(s *shelf) {
		if _, err := s.Put(ctx, bytes.NewReader(make([]byte, 1000)), 999, "x"); !problem.Is(err, problem.TooLarge) {
			s.Errorf("%v", err)
		}
		broken := errors.New("the line went dead")
		if _, err := s.Put(ctx, iotest.ErrReader(broken), 999, "x"); !errors.Is(err, broken) {
			s.Errorf("%v", err)
		}
		if left := names(s.T, s.disk); len(left) != 0 {
			s.Errorf("left: %v", left)
		}
	})
}

func TestBytesGoWithTheirRow(t *testing.T) {
	each(t, func(s *shelf) {
		file := s.put("a", "a.txt")
		undo := errors.New("undo")
		err := s.write(func(tx *db.Tx) error { return errors.Join(s.Remove(tx, file.Name), undo) })
		if !errors.Is(err, undo) || !s.opens(file.Name) {
			s.Errorf("a removal that did not happen: %v", err)
		}
		if err := s.write(func(tx *db.Tx) error { return s.Remove(tx, file.Name) }); err != nil {
			s.Fatal(err)
		}
		if s.opens(file.Name) || len(names(s.T, s.disk)) != 0 {
			s.Error("it is still there")
		}
		if err := s.write(func(tx *db.Tx) error { return s.Remove(tx, file.Name) }); !problem.Is(err, problem.NotFound) {
			s.Errorf("twice: %v", err)
		}
	})
}

func TestWhatBelongsToNothingIsSwept(t *testing.T) {
	each(t, func(s *shelf) {
		attached, waiting := s.put("a", "a.txt"), s.put("b", "b.txt")
		if err := s.write(func(tx *db.Tx) error { return blob.Attach(tx, attached.Name, "case", "7") }); err != nil {
			s.Fatal(err)
		}
		stray, err := s.disk.Put(ctx, strings.NewReader("its program was killed"), 100)
		if err != nil {
			s.Fatal(err)
		}
		s.sweep()
		if all := names(s.T, s.disk); len(all) != 3 {
			s.Errorf("too early: %d left", len(all))
		}
		s.clock.Advance(24*time.Hour + time.Minute)
		s.sweep()
		all := names(s.T, s.disk)
		_, strayThere := all[stray.Name]
		if len(all) != 1 || strayThere || s.opens(waiting.Name) || !s.opens(attached.Name) {
			s.Errorf("left: %v", all)
		}
	})
}

func TestCheckFindsWhatIsRottenOrGone(t *testing.T) {
	each(t, func(s *shelf) {
		at := func(f blob.File) string { return filepath.Join(s.folder, f.Name[:2], f.Name[2:4], f.Name) }
		s.put("well", "a.txt")
		rotten, gone := s.put("rotten", "b.txt"), s.put("gone", "c.txt")
		if err := errors.Join(os.WriteFile(at(rotten), []byte("r0tten"), 0o600), os.Remove(at(gone))); err != nil {
			s.Fatal(err)
		}
		faults := map[string]error{}
		n, err := s.Check(ctx, func(f blob.File, err error) { faults[f.Filename] = err })
		if err != nil || n != 3 || len(faults) != 2 || !errors.Is(faults["b.txt"], blob.ErrChanged) || !problem.Is(faults["c.txt"], problem.NotFound) {
			s.Errorf("read %d, %v, %v", n, faults, err)
		}
	})
}

func TestFileNamesAreCleaned(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"giấy khai sinh.pdf": "giấy khai sinh.pdf", "../../etc/passwd": "passwd", `..\..\x.exe`: "x.exe", "": "file", "...": "file", "/": "file",
		"a\x00b\r\n.txt": "ab.txt", "invoice\u202etxt.exe": "invoicetxt.exe", "\xff\xfe.txt": "txt",
		strings.Repeat("é", 300) + ".jpeg": strings.Repeat("é", 145) + ".jpeg",
	} {
		if got := blob.CleanName(given); got != want {
			t.Errorf("%q is kept as %q, want %q", given, got, want)
		}
	}
}
