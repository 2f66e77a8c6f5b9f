package notify

import (
	"context"
	"errors"
	"time"

	"parvis/internal/db"
	"parvis/internal/jobs"
)

// Keep is how long messages are kept after they ended when the territory says nothing else.
const Keep = 90 * 24 * time.Hour

// Sender takes a message to a person.
type Sender interface {
	// Send delivers a message and gives the state it is in then, Sent or Captured. An error that no further try will
	// heal is marked with jobs.Dead. No error holds an address.
	Send(ctx context.Context, m Message) (State, error)
}

// Capture is the sender of a demo: it keeps every message to be shown, and sends none.
type Capture struct{}

// Send captures.
func (Capture) Send(context.Context, Message) (State, error) { return Captured, nil }

// Unset is the sender where no mail server is set: every message waits, until there is one or it is too old.
type Unset struct{}

// unsetWait is after how long a message looks again whether there is a mail server: soon enough for one that was just
// set, and for a code to be blanked in its time.
const unsetWait = 5 * time.Minute

// Send puts off.
func (Unset) Send(context.Context, Message) (State, error) {
	return "", jobs.Later(unsetWait, errors.New("no mail server is set"))
}

// Sending is the kind of job that sends messages.
func Sending(d *db.DB, sender Sender) jobs.Kind {
	return jobs.Kind{
		Name: sendKind, Timeout: 2 * time.Minute,
		Do: func(ctx context.Context, j *jobs.Job) error { return send(ctx, d, sender, j) },
		Dead: func(tx *db.Tx, j *jobs.Job) error {
			var id string
			if err := j.Read(&id); err != nil {
				return err
			}
			_, err := tx.Exec(`UPDATE message SET state = 'failed', ended = $1, attempts = $2,
				body = CASE WHEN secret THEN '' ELSE body END WHERE id = $3 AND state = 'waiting'`, tx.Now(), j.Attempt, id)
			return err
		},
	}
}

func send(ctx context.Context, d *db.DB, sender Sender, j *jobs.Job) error {
	var id string
	if err := j.Read(&id); err != nil {
		return err
	}
	var m Message
	var now db.Time
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		now = tx.Now()
		m, err = Get(tx, id)
		return err
	})
	switch {
	case err != nil:
		return err
	case m.State == Sent || m.State == Captured || m.State == Expired:
		return nil
	case m.Text == "" || !m.Expires.IsZero() && now.After(m.Expires.Time):
		j.Then(func(tx *db.Tx) error { return m.end(tx, Expired, j.Attempt) })
		return nil
	}
	state, err := sender.Send(ctx, m)
	if err != nil {
		return errors.Join(err, d.Write(context.WithoutCancel(ctx), func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE message SET attempts = $1, last_error = $2 WHERE id = $3`, j.Attempt, short(err.Error()), m.ID)
			return err
		}))
	}
	j.Then(func(tx *db.Tx) error { return m.end(tx, state, j.Attempt) })
	return nil
}

// end writes down how a message ended. What opens something is blanked, except where a demo shows it.
func (m *Message) end(tx *db.Tx, state State, attempts int) error {
	text := m.Text
	if m.Secret && state != Captured {
		text = ""
	}
	_, err := tx.Exec(`UPDATE message SET state = $1, ended = $2, attempts = $3, body = $4, last_error = '' WHERE id = $5`,
		string(state), tx.Now(), attempts, text, m.ID)
	return err
}

func short(text string) string {
	if r := []rune(text); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return text
}

// Forgetting is the kind of job that takes out, day by day, what ended longer ago than keep.
func Forgetting(d *db.DB, keep time.Duration) jobs.Kind {
	return jobs.Kind{Name: "notify.forget", Do: func(ctx context.Context, _ *jobs.Job) error {
		return d.Write(ctx, func(tx *db.Tx) error {
			_, err := Forget(tx, tx.Now().Add(-keep))
			return err
		})
	}}
}
