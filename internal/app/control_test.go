package app_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parvis/internal/app"
)

// serving serves a territory of its own in the background and gives what ends it.
func serving(t *testing.T, o app.Options) (stop func()) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, listener) }()
	return func() {
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

// short gives a data folder whose path is short enough for a socket (108 bytes, unix(7)).
func short(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "pv")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// A colleague is let in while the territory is served: nobody stops the service for it.
func TestPeopleAreKeptWhileServing(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		o.Config.Data = short(t)
		if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
			t.Fatal(err)
		}
		user := func(do string, args ...string) (string, error) {
			lines, err := app.User(t.Context(), o, "vald", do, args)
			return strings.Join(lines, "\n"), err
		}
		stop := serving(t, o)
		socket := filepath.Join(o.Config.Data, "parvis.sock")
		waitFor(t, func() bool {
			info, err := os.Stat(socket)
			return err == nil && info.Mode().Perm() == 0o600
		})
		if link, err := user("add", "bo@vald.example", "agent"); err != nil || !strings.HasPrefix(link, "http://vald.localhost/invitation/") {
			t.Errorf("add: %q, %v", link, err)
		}
		if _, err := user("role", "bo@vald.example", "coordinator"); err != nil {
			t.Error(err)
		}
		if list, err := user("list"); err != nil || !strings.Contains(list, "bo@vald.example") || !strings.Contains(list, "coordinator") {
			t.Errorf("list: %q, %v", list, err)
		}
		if link, err := user("link", "bo@vald.example"); err != nil || !strings.Contains(link, "http") {
			t.Errorf("link: %q, %v", link, err)
		}
		_, err := user("add", "nobody", "agent")
		if err == nil || strings.Contains(err.Error(), "⟦") {
			t.Errorf("a wrong address: %v", err)
		}
		_, err = user("marry")
		told(t, "an order that does not exist", err, "none of list, add")
		stop()
		if list, err := user("list"); err != nil || !strings.Contains(list, "bo@vald.example") {
			t.Errorf("afterwards: %q, %v", list, err)
		}
	})
}

func waitFor(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it never came to that")
		}
	}
}

// What a killed program left behind stands in nobody's way, and what is no socket is not touched.
func TestALeftSocketIsReplaced(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	o.Config.Data = short(t)
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(o.Config.Data, "parvis.sock")
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	if err := left.Close(); err != nil {
		t.Fatal(err)
	}
	stop := serving(t, o)
	waitFor(t, func() bool {
		lines, err := app.User(t.Context(), o, "vald", "list", nil)
		return err == nil && len(lines) == 1
	})
	stop()
	if err := os.WriteFile(socket, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	serving(t, o)()
	if text, err := os.ReadFile(socket); string(text) != "mine" {
		t.Errorf("a file of somebody's is gone: %q, %v", text, err)
	}
}
