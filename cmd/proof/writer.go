package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/event"
	"parvis/internal/problem"
)

// The writer is the program under trial: it opens a store as the server does and writes to it from several callers. In
// a file on another disk it notes each row before it is sent and again once it is acknowledged:
//
//	s 3-17    sent
//	a 3-17    acknowledged
//	e 3-17    answered with an error
//
// It says "ready" when it has begun, "full" and "room" when the disk is full and when it is not any more, and how its
// reads went. It ends when its standard input does: it never outlives the one who started it.
const (
	exitFatal = 3 // the disk did not keep what it was given
	table     = `CREATE TABLE IF NOT EXISTS proof_row (id TEXT PRIMARY KEY, body TEXT NOT NULL)`
)

// scribe is a running writer.
type scribe struct {
	store *db.DB
	notes *os.File
	say   io.Writer
	run   string // begins every row's id
	size  int    // bytes of a row's body
	early bool   // planted: acknowledges before the commit
	deaf  bool   // planted: takes errors for success
	full  atomic.Bool
	clock clock.Clock
}

func writer(ctx context.Context, args []string, w io.Writer) int {
	flags := flag.NewFlagSet("writer", flag.ContinueOnError)
	address := flags.String("db", "", "address of the store")
	notes := flags.String("notes", "", "file of what was sent and acknowledged")
	run := flags.String("run", "0", "begins every row's id")
	callers := flags.Int("callers", 4, "how many write at a time")
	size := flags.Int("size", 200, "bytes of a row")
	normal := flags.Bool("normal", false, "planted: synchronous=NORMAL")
	early := flags.Bool("early", false, "planted: acknowledges before the commit")
	deaf := flags.Bool("deaf", false, "planted: takes errors for success")
	reads := flags.Bool("reads", false, "reads all the while, and says how often it could not")
	if flags.Parse(args) != nil {
		return 2
	}
	file, err := os.OpenFile(*notes, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		fmt.Fprintln(w, err)
		return 2
	}
	s := &scribe{notes: file, say: w, run: *run, size: *size, early: *early, deaf: *deaf, clock: clock.System{}}
	s.store, err = db.Open(ctx, *address, db.Options{SynchronousNormal: *normal, OnFatal: s.fatal})
	if err != nil {
		fmt.Fprintln(w, err)
		return 2
	}
	if err := s.prepare(ctx); err != nil {
		fmt.Fprintln(w, err)
		return 2
	}
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	var all sync.WaitGroup
	for i := range *callers {
		all.Go(func() { s.write(ctx, i) })
	}
	if *reads {
		all.Go(func() { s.read(ctx) })
	}
	fmt.Fprintln(w, "ready")
	all.Wait()
	if err := s.store.Close(); err != nil {
		fmt.Fprintln(w, err)
		return 1
	}
	return 0
}

func (s *scribe) prepare(ctx context.Context) error {
	if err := s.store.Migrate(ctx); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(table)
		return err
	})
}

// fatal ends the program at once, as the server does, unless it is planted to go on.
func (s *scribe) fatal(err error) {
	if !s.deaf {
		fmt.Fprintln(s.say, "fatal", err)
		os.Exit(exitFatal)
	}
}

// write sends rows one after the other until the end.
func (s *scribe) write(ctx context.Context, caller int) {
	body := make([]byte, s.size)
	for i := range body {
		body[i] = 'a' + byte(i%26)
	}
	for n := 0; ctx.Err() == nil; n++ {
		id := fmt.Sprintf("%s-%d-%d", s.run, caller, n)
		s.note("s", id)
		err := s.store.Write(context.WithoutCancel(ctx), func(tx *db.Tx) error {
			if _, err := tx.Exec(`INSERT INTO proof_row (id, body) VALUES ($1, $2)`, id, string(body)); err != nil {
				return err
			}
			if s.early {
				s.note("a", id)
			}
			return event.Append(tx, event.Event{Kind: "proof.written", Subject: "proof_row", SubjectID: id})
		})
		switch {
		case err == nil || s.deaf:
			s.note("a", id)
			s.room(true)
		case problem.Is(err, problem.Full):
			s.note("e", id)
			s.room(false)
			time.Sleep(5 * time.Millisecond)
		default:
			s.note("e", id)
			fmt.Fprintln(s.say, "error", err)
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// room says when the disk became full and when it had room again.
func (s *scribe) room(is bool) {
	if s.full.CompareAndSwap(is, !is) {
		fmt.Fprintln(s.say, map[bool]string{true: "room", false: "full"}[is])
	}
}

// note adds a line in one write, so that it is whole or absent, and survives the writer.
func (s *scribe) note(sign, id string) {
	if _, err := s.notes.WriteString(sign + " " + id + "\n"); err != nil {
		fmt.Fprintln(s.say, "notes", err)
		os.Exit(2)
	}
}

// read counts rows over and over.
func (s *scribe) read(ctx context.Context) {
	reads, failed := 0, 0
	for ctx.Err() == nil {
		var n int
		err := s.store.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(`SELECT COUNT(*) FROM proof_row`).Scan(&n) })
		if err != nil && !errors.Is(err, context.Canceled) {
			failed++
			fmt.Fprintln(s.say, "unread", err)
		}
		reads++
		time.Sleep(2 * time.Millisecond)
	}
	fmt.Fprintf(s.say, "reads %d %d\n", reads, failed)
}
