package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"parvis/internal/blob"
	"parvis/internal/problem"
)

// suite is what every store promises; disk and bucket both run it.
func suite(t *testing.T, store blob.Store) {
	t.Run("what is kept comes back", func(t *testing.T) { roundTrip(t, store) })
	t.Run("too large is not kept", func(t *testing.T) { tooLarge(t, store) })
	t.Run("a reader that fails leaves nothing", func(t *testing.T) { failingReader(t, store) })
	t.Run("remove", func(t *testing.T) { remove(t, store) })
	t.Run("a foreign name reaches nothing", func(t *testing.T) { foreignNames(t, store) })
	t.Run("a caller that gives up", func(t *testing.T) { givenUp(t, store) })
	t.Run("walk stops when told", func(t *testing.T) { walkStops(t, store) })
}

func roundTrip(t *testing.T, store blob.Store) {
	for _, size := range []int{0, 1, 4096, 6 << 20} {
		content := bytes.Repeat([]byte("Hải Vân 静安 "), size/16+1)[:size]
		kept, err := store.Put(t.Context(), iotest.OneByteReader(bytes.NewReader(content[:min(size, 4096)])), 1<<30)
		if size > 4096 {
			kept, err = store.Put(t.Context(), bytes.NewReader(content), 1<<30)
		}
		if err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		sum := sha256.Sum256(content)
		if kept.Size != int64(size) || kept.SHA256 != hex.EncodeToString(sum[:]) || !blob.ValidName(kept.Name) {
			t.Errorf("%d bytes are kept as %+v", size, kept)
		}
		r, err := store.Open(t.Context(), kept.Name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(blob.Verify(r, kept))
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes come back as %d, %v", size, len(got), err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func tooLarge(t *testing.T, store blob.Store) {
	before := names(t, store)
	for _, size := range []int{11, 6 << 20} {
		if _, err := store.Put(t.Context(), bytes.NewReader(make([]byte, size)), int64(size)-1); !problem.Is(err, problem.TooLarge) {
			t.Errorf("%d bytes where %d may be: %v", size, size-1, err)
		}
	}
	if _, err := store.Put(t.Context(), strings.NewReader("eleven byte"), 11); err != nil {
		t.Errorf("just the limit: %v", err)
	}
	if after := names(t, store); len(after) != len(before)+1 {
		t.Errorf("%d files more, want 1", len(after)-len(before))
	}
}

func failingReader(t *testing.T, store blob.Store) {
	before := names(t, store)
	broken := errors.New("the line went dead")
	_, err := store.Put(t.Context(), io.MultiReader(strings.NewReader("half of it"), iotest.ErrReader(broken)), 100)
	if err == nil {
		t.Error("half a file passes for one")
	}
	if after := names(t, store); len(after) != len(before) {
		t.Errorf("left behind: %d", len(after)-len(before))
	}
}

func remove(t *testing.T, store blob.Store) {
	kept, err := store.Put(t.Context(), strings.NewReader("soon gone"), 100)
	if err != nil {
		t.Fatal(err)
	}
	if at, there := names(t, store)[kept.Name]; !there || time.Since(at) > time.Hour {
		t.Errorf("walk does not show it, or as of %v", at)
	}
	for range 2 {
		if err := store.Remove(t.Context(), kept.Name); err != nil {
			t.Errorf("remove: %v", err)
		}
	}
	if _, err := store.Open(t.Context(), kept.Name); !problem.Is(err, problem.NotFound) {
		t.Errorf("open what is gone: %v", err)
	}
	if _, there := names(t, store)[kept.Name]; there {
		t.Error("walk still shows it")
	}
}

func foreignNames(t *testing.T, store blob.Store) {
	for _, name := range []string{"", "a", "../../etc/passwd", strings.Repeat("a", 39), strings.Repeat("A", 40),
		strings.Repeat("../", 13) + "a", strings.Repeat("a", 38) + "/b", strings.Repeat("a", 39) + "\x00"} {
		if _, err := store.Open(t.Context(), name); !problem.Is(err, problem.NotFound) {
			t.Errorf("open %q: %v", name, err)
		}
		if err := store.Remove(t.Context(), name); !problem.Is(err, problem.NotFound) {
			t.Errorf("remove %q: %v", name, err)
		}
	}
}

func givenUp(t *testing.T, store blob.Store) {
	before := names(t, store)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Put(ctx, strings.NewReader("never mind"), 100); err == nil {
		t.Error("kept for somebody who is gone")
	}
	if after := names(t, store); len(after) != len(before) {
		t.Errorf("left behind: %d", len(after)-len(before))
	}
}

func walkStops(t *testing.T, store blob.Store) {
	for range 2 {
		if _, err := store.Put(t.Context(), strings.NewReader("x"), 1); err != nil {
			t.Fatal(err)
		}
	}
	enough, calls := errors.New("enough"), 0
	err := store.Walk(t.Context(), func(string, time.Time) error { calls++; return enough })
	if !errors.Is(err, enough) || calls != 1 {
		t.Errorf("%d calls, %v", calls, err)
	}
}

func names(t *testing.T, store blob.Store) map[string]time.Time {
	t.Helper()
	all := map[string]time.Time{}
	if err := store.Walk(t.Context(), func(name string, at time.Time) error { all[name] = at; return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}
