package notify_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/jobs"
	"parvis/internal/notify"
	"parvis/internal/problem"
)

// office is a store with a clock that stands still, and a sender that does as it is told.
type office struct {
	*testing.T
	db     *db.DB
	clock  *clock.Manual
	runner *jobs.Runner
	sent   []notify.Message
	fail   error
}

func (o *office) Send(_ context.Context, m notify.Message) (notify.State, error) {
	if o.fail != nil {
		return "", o.fail
	}
	o.sent = append(o.sent, m)
	return notify.Sent, nil
}

func each(t *testing.T, f func(o *office)) {
	t.Helper()
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := clock.At(noon)
			o := &office{T: t, db: dbtest.Open(t, address(t), db.Options{Clock: c}), clock: c}
			o.runner = o.with(o)
			f(o)
		})
	}
}

func (o *office) with(sender notify.Sender) *jobs.Runner {
	r := jobs.NewRunner(o.db, jobs.RunnerOptions{Clock: o.clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	r.Handle(notify.Sending(o.db, sender))
	return r
}

func (o *office) write(m notify.Message) (id string) {
	o.Helper()
	err := o.db.Write(context.Background(), func(tx *db.Tx) (err error) { id, err = notify.Write(tx, m); return err })
	if err != nil {
		o.Fatal(err)
	}
	return id
}

func (o *office) get(id string) (m notify.Message) {
	o.Helper()
	if err := o.db.Read(context.Background(), func(tx *db.Tx) (err error) { m, err = notify.Get(tx, id); return err }); err != nil {
		o.Fatal(err)
	}
	return m
}

func (o *office) run(want int) {
	o.Helper()
	if n, err := o.runner.RunDue(context.Background()); err != nil || n != want {
		o.Fatalf("%d jobs, %v; want %d", n, err, want)
	}
}

func TestAMessageIsSentAfterItsTransaction(t *testing.T) {
	each(t, func(o *office) {
		refused := errors.New("refused")
		err := o.db.Write(context.Background(), func(tx *db.Tx) error {
			if _, err := notify.Write(tx, letter()); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			o.Fatal(err)
		}
		o.run(0)
		id := o.write(letter())
		if m := o.get(id); m.State != notify.Waiting || len(o.sent) != 0 {
			o.Errorf("before: %+v, %d sent", m, len(o.sent))
		}
		o.clock.Advance(time.Second)
		o.run(1)
		m := o.get(id)
		if m.State != notify.Sent || m.Attempts != 1 || !m.Ended.Equal(noon.Add(time.Second)) || m.Text == "" {
			o.Errorf("after: %+v", m)
		}
		if len(o.sent) != 1 || o.sent[0].ID != id || o.sent[0].To != "ana@example.org" || o.sent[0].Text != letter().Text {
			o.Errorf("sent %+v", o.sent)
		}
	})
}

func TestASecretIsBlankedOnceSent(t *testing.T) {
	each(t, func(o *office) {
		m := letter()
		m.Secret = true
		id := o.write(m)
		o.run(1)
		if got := o.get(id); got.Text != "" || got.State != notify.Sent || !strings.Contains(o.sent[0].Text, "123 456") {
			o.Errorf("kept %q, sent %q", got.Text, o.sent[0].Text)
		}
	})
}

func TestASecretGoesFirst(t *testing.T) {
	each(t, func(o *office) {
		news, code := letter(), letter()
		code.Secret = true
		o.write(news)
		id := o.write(code)
		o.run(2)
		if o.sent[0].ID != id {
			o.Error("somebody waits for a code, and news go first")
		}
	})
}

func TestWhatIsTooOldIsNotSent(t *testing.T) {
	each(t, func(o *office) {
		m := letter()
		m.Secret, m.Expires = true, db.At(noon.Add(10*time.Minute))
		o.fail = errors.New("answered 451")
		id := o.write(m)
		o.run(1)
		if got := o.get(id); got.State != notify.Waiting || got.LastError != "answered 451" || got.Attempts != 1 {
			o.Errorf("after a failure: %+v", got)
		}
		o.fail = nil
		o.clock.Advance(11 * time.Minute)
		o.run(1)
		if got := o.get(id); got.State != notify.Expired || got.Text != "" || len(o.sent) != 0 {
			o.Errorf("too old: %+v, %d sent", got, len(o.sent))
		}
	})
}

func TestWhatCannotBeDeliveredStaysAndIsPutBack(t *testing.T) {
	each(t, func(o *office) {
		o.fail = jobs.Dead(errors.New("answered 550 5.1.1"))
		plain, secret := letter(), letter()
		secret.Secret = true
		kept, blanked := o.write(plain), o.write(secret)
		o.run(2)
		if m := o.get(kept); m.State != notify.Failed || m.Text == "" || m.LastError != "answered 550 5.1.1" || m.Ended.IsZero() {
			o.Errorf("given up: %+v", m)
		}
		if m := o.get(blanked); m.State != notify.Failed || m.Text != "" {
			o.Errorf("a secret given up: %+v", m)
		}
		o.queue(0, 2)
		o.fail = nil
		err := o.db.Write(context.Background(), func(tx *db.Tx) error {
			dead, err := jobs.List(tx, jobs.Buried, 10)
			for _, j := range dead {
				err = errors.Join(err, jobs.PutBack(tx, j.ID))
			}
			return err
		})
		if err != nil {
			o.Fatal(err)
		}
		o.run(2)
		if m := o.get(kept); m.State != notify.Sent || len(o.sent) != 1 {
			o.Errorf("put back: %+v, %d sent", m, len(o.sent))
		}
		if m := o.get(blanked); m.State != notify.Expired {
			o.Errorf("nothing is left to send of %+v", m)
		}
	})
}

func TestADemoCaptures(t *testing.T) {
	each(t, func(o *office) {
		o.runner = o.with(notify.Capture{})
		m := letter()
		m.Secret = true
		id := o.write(m)
		o.run(1)
		if got := o.get(id); got.State != notify.Captured || got.Text != m.Text {
			o.Errorf("captured: %+v", got)
		}
		o.clock.Advance(time.Second)
		later := o.write(letter())
		o.run(1)
		err := o.db.Read(context.Background(), func(tx *db.Tx) error {
			all, err := notify.List(tx, notify.Captured, 10)
			if len(all) != 2 || all[0].ID != later {
				o.Errorf("listed %+v", all)
			}
			return err
		})
		if err != nil {
			o.Error(err)
		}
	})
}

func TestWithoutAServerMessagesWait(t *testing.T) {
	each(t, func(o *office) {
		o.runner = o.with(notify.Unset{})
		code := letter()
		code.Secret, code.Expires = true, db.At(noon.Add(10*time.Minute))
		kept, old := o.write(letter()), o.write(code)
		o.run(2)
		if m := o.get(kept); m.State != notify.Waiting || m.LastError != "no mail server is set" {
			o.Errorf("it is %+v", m)
		}
		for range 40 { // more than the tries of a job
			o.clock.Advance(5 * time.Minute)
			if _, err := o.runner.RunDue(context.Background()); err != nil {
				o.Fatal(err)
			}
		}
		if m := o.get(old); m.State != notify.Expired || m.Text != "" {
			o.Errorf("a code that nobody was sent is kept: %+v", m)
		}
		o.queue(1, 0)
		o.runner = o.with(o) // a server is set
		o.clock.Advance(5 * time.Minute)
		o.run(1)
		if m := o.get(kept); m.State != notify.Sent || len(o.sent) != 1 {
			o.Errorf("it is %+v, %d sent", m, len(o.sent))
		}
		o.queue(0, 0)
	})
}

func (o *office) queue(waiting, failed int) {
	o.Helper()
	err := o.db.Read(context.Background(), func(tx *db.Tx) error {
		w, f, err := notify.Queue(tx)
		if w != waiting || f != failed {
			o.Errorf("%d wait and %d failed, want %d and %d", w, f, waiting, failed)
		}
		return err
	})
	if err != nil {
		o.Error(err)
	}
}

func TestAMessageHasWhatItNeeds(t *testing.T) {
	each(t, func(o *office) {
		for name, spoil := range map[string]func(*notify.Message){
			"address": func(m *notify.Message) { m.To = "nobody" }, "kind": func(m *notify.Message) { m.Kind = "" },
			"text": func(m *notify.Message) { m.Text = "" }, "subject": func(m *notify.Message) { m.Subject = "a\nBcc: b" },
		} {
			m := letter()
			spoil(&m)
			err := o.db.Write(context.Background(), func(tx *db.Tx) error { _, err := notify.Write(tx, m); return err })
			if !problem.Is(err, problem.Internal) || strings.Contains(err.Error(), "ana@") {
				o.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestMessagesAreForgottenInTheirTime(t *testing.T) {
	each(t, func(o *office) {
		o.runner.Handle(notify.Forgetting(o.db, 24*time.Hour))
		id := o.write(letter())
		o.run(1)
		for i, there := range []bool{true, false} {
			o.clock.Advance(time.Duration(i)*time.Millisecond + 24*time.Hour*time.Duration(1-i))
			err := o.db.Write(context.Background(), func(tx *db.Tx) error {
				_, err := jobs.Enqueue(tx, "notify.forget", nil, jobs.Options{})
				return err
			})
			if err != nil {
				o.Fatal(err)
			}
			o.run(1)
			err = o.db.Read(context.Background(), func(tx *db.Tx) error { _, err := notify.Get(tx, id); return err })
			if there != (err == nil) {
				o.Errorf("after %v it is there: %v", o.clock.Now().Sub(noon), err == nil)
			}
		}
	})
}
