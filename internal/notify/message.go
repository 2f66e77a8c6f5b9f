package notify

import (
	"fmt"
	"net/mail"
	"strings"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/jobs"
	"parvis/internal/problem"
)

// State is where a message stands.
type State string

// The states.
const (
	Waiting  State = "waiting"
	Sent     State = "sent"     // the mail server took it over
	Captured State = "captured" // in a demo: shown, not sent
	Expired  State = "expired"  // too old to be of use before it could be sent
	Failed   State = "failed"   // given up; LastError says why
)

// Message is something told to a person.
type Message struct {
	ID      string
	To      string // address
	Account string // id of the account it is for; empty when there is none
	Lang    string // language it is written in
	Kind    string // which text it is: account.code
	Subject string
	Text    string  // plain text, lines of any length; empty once blanked
	Secret  bool    // it opens something
	Expires db.Time // after this it is of no use; zero: never

	State     State
	Attempts  int
	LastError string
	Created   db.Time
	Ended     db.Time
}

// sendKind is the kind of the jobs that send.
const sendKind = "notify.send"

// Write writes a message into a transaction and has it sent after the commit. It gives the message's id.
func Write(tx *db.Tx, m Message) (string, error) {
	if err := checkMessage(m); err != nil {
		return "", problem.Because(problem.Internal, err)
	}
	m.ID = id.New()
	_, err := tx.Exec(`INSERT INTO message (id, channel, recipient, account, lang, kind, subject, body, secret, state, attempts,
		last_error, created, expires) VALUES ($1, 'mail', $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, '', $9, $10)`,
		m.ID, m.To, m.Account, m.Lang, m.Kind, m.Subject, m.Text, m.Secret, tx.Now(), m.Expires)
	if err != nil {
		return "", fmt.Errorf("write message %s: %w", m.Kind, err)
	}
	if _, err := jobs.Enqueue(tx, sendKind, m.ID, jobs.Options{Priority: priority(m)}); err != nil {
		return "", err
	}
	return m.ID, nil
}

// priority puts what somebody is waiting for before what can wait.
func priority(m Message) int {
	if m.Secret {
		return 10
	}
	return 0
}

func checkMessage(m Message) error {
	if _, err := mail.ParseAddress(m.To); err != nil {
		return fmt.Errorf("message %s has no address to go to", m.Kind) // without the address
	}
	if m.Kind == "" || m.Subject == "" || m.Text == "" || strings.ContainsAny(m.Subject, "\r\n") {
		return fmt.Errorf("message %q needs a kind, a text, and a subject of one line", m.Kind)
	}
	return nil
}

const columns = `id, recipient, account, lang, kind, subject, body, secret, expires, state, attempts, last_error, created, ended`

func scan(r *db.Rows) (Message, error) {
	var m Message
	return m, r.Scan(&m.ID, &m.To, &m.Account, &m.Lang, &m.Kind, &m.Subject, &m.Text, &m.Secret, &m.Expires,
		&m.State, &m.Attempts, &m.LastError, &m.Created, &m.Ended)
}

// Get gives one message.
func Get(tx *db.Tx, id string) (Message, error) {
	rows, err := tx.Query(`SELECT `+columns+` FROM message WHERE id = $1`, id)
	all, err := db.Collect(rows, err, scan)
	if err != nil {
		return Message{}, err
	}
	if len(all) == 0 {
		return Message{}, problem.Because(problem.NotFound, fmt.Errorf("message %s", id))
	}
	return all[0], nil
}

// List gives the newest messages in a state, the newest first.
func List(tx *db.Tx, state State, limit int) ([]Message, error) {
	rows, err := tx.Query(`SELECT `+columns+` FROM message WHERE state = $1 ORDER BY created DESC, id DESC LIMIT $2`, string(state), limit)
	return db.Collect(rows, err, scan)
}

// Queue counts the messages that wait and those that were given up.
func Queue(tx *db.Tx) (waiting, failed int, err error) {
	err = tx.QueryRow(`SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END), COUNT(CASE WHEN state = 'failed' THEN 1 END)
		FROM message WHERE state IN ('waiting', 'failed')`).Scan(&waiting, &failed)
	return waiting, failed, err
}

// Forget takes out the messages that ended before an instant and says how many they were.
func Forget(tx *db.Tx, before time.Time) (int64, error) {
	return tx.Exec(`DELETE FROM message WHERE ended < $1`, db.At(before))
}
