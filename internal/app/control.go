package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"parvis/internal/problem"
)

// controlFile is the socket in the data folder through which commands of the same machine reach the program that serves.
// Its mode lets in who may read the stores beside it, and nobody else; no other machine can reach it.
const controlFile = "parvis.sock"

// controlBody is the most that an order may hold, in bytes.
const controlBody = 64 << 10

// order is one command about the people of a territory.
type order struct {
	Territory string   `json:"territory"`
	Do        string   `json:"do"` // list, add, role, close, link
	Args      []string `json:"args"`
}

// reply is what the command prints, or why it failed.
type reply struct {
	Lines []string `json:"lines"`
	Wrong string   `json:"wrong"`
}

// control answers orders until ctx ends. Without it everything else works: commands then ask for the service to stop.
func (a *App) control(ctx context.Context) {
	path := filepath.Join(a.options.Config.Data, controlFile)
	listener, err := listenControl(ctx, path)
	if err != nil {
		a.options.Log.Warn("`parvis user` cannot reach this program while it serves", "socket", path, "cause", err)
		return
	}
	server := &http.Server{Handler: http.HandlerFunc(a.answer), ReadTimeout: 10 * time.Second, WriteTimeout: time.Minute}
	a.running.Go(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			a.options.Log.Error("orders are answered no more", "cause", err)
		}
	})
	a.running.Go(func() {
		<-ctx.Done()
		_ = server.Close()
	})
}

// listenControl takes the place of a socket that nobody listens on any more.
func listenControl(ctx context.Context, path string) (net.Listener, error) {
	if other, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", path); err == nil {
		return nil, errors.Join(errors.New("another program listens there"), other.Close())
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() == os.ModeSocket {
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// answer does one order.
func (a *App) answer(w http.ResponseWriter, r *http.Request) {
	var o order
	var out reply
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, controlBody)).Decode(&o)
	if err == nil {
		if h := a.House(o.Territory); h == nil {
			err = fmt.Errorf("%s is not served by the program that runs: start it anew", o.Territory)
		} else {
			users := &Users{ctx: r.Context(), pack: h.Pack, store: h.Store, accounts: h.Accounts}
			out.Lines, err = users.do(o.Do, o.Args)
		}
	}
	if err != nil {
		out.Wrong = err.Error()
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(out); err != nil {
		a.options.Log.Debug("an order's answer was not taken", "cause", err)
	}
}

// ask gives an order to the program that serves the data folder; asked is false when there is none to be reached.
func (o *Options) ask(ctx context.Context, what order) (lines []string, asked bool, err error) {
	path := filepath.Join(o.Config.Data, controlFile)
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", path)
	}}
	defer transport.CloseIdleConnections()
	body, err := json.Marshal(what)
	if err != nil {
		return nil, false, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://parvis/", bytes.NewReader(body))
	if err != nil {
		return nil, false, err
	}
	answer, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		return nil, false, err
	}
	defer answer.Body.Close()
	var got reply
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		return nil, true, fmt.Errorf("read the answer of the program that serves: %w", err)
	}
	if got.Wrong != "" {
		return nil, true, errors.New(got.Wrong)
	}
	return got.Lines, true, nil
}

// User does one thing with the people of a territory and gives the lines to print: list; add MAIL ROLE; role MAIL ROLE;
// close MAIL; link MAIL. Where a program serves the territory from files, that program does it.
func User(ctx context.Context, o Options, territory, do string, args []string) ([]string, error) {
	users, err := OpenUsers(ctx, o, territory)
	if problem.Is(err, problem.Unavailable) && o.Config.Database.URL == "" {
		if lines, asked, failed := o.ask(ctx, order{territory, do, args}); asked {
			return lines, failed
		}
	}
	if err != nil {
		return nil, err
	}
	lines, err := users.do(do, args)
	return lines, errors.Join(err, users.Close())
}

// do does one thing and gives the lines to print.
func (u *Users) do(what string, args []string) ([]string, error) {
	args = append(args, "", "") // who asks counts them
	one := func(line string, err error) ([]string, error) {
		if err != nil {
			return nil, err
		}
		return []string{line}, nil
	}
	switch what {
	case "list":
		return u.List()
	case "add":
		return one(u.Invite(args[0], args[1]))
	case "link":
		return one(u.Link(args[0]))
	case "role":
		return nil, u.SetRole(args[0], args[1])
	case "close":
		return nil, u.Deactivate(args[0])
	}
	return nil, fmt.Errorf("%q is none of list, add, role, close, link", what)
}
