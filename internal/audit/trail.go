package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parvis/internal/db"
	"parvis/internal/problem"
)

// Entry is a line of the trail.
type Entry struct {
	Seq       int64 // its number, given by Record
	At        db.Time
	Actor     string // id of the account; empty for the program itself, or for somebody unknown
	Role      string // the role it acted in
	Action    string // what was done: account.sign-in
	Subject   string // what sort of thing it was done to
	SubjectID string // which one
	Data      string // JSON with ids and kinds only; {} when empty

	previous, hash string
}

// sequence is the name of the trail's counter.
const sequence = "audit"

// Record adds a line to the trail, in the transaction of what it tells of. It holds the trail until that commits, so it
// comes late in a transaction.
func Record(tx *db.Tx, e Entry) error {
	if e.Action == "" {
		return problem.Because(problem.Internal, fmt.Errorf("a line of the trail without an action: %+v", e))
	}
	if e.Data == "" {
		e.Data = "{}"
	}
	e.At = tx.Now()
	err := tx.QueryRow(`INSERT INTO counter (name, value) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value`, sequence).Scan(&e.Seq)
	if err != nil {
		return fmt.Errorf("number a line of the trail: %w", err)
	}
	err = tx.QueryRow(`SELECT hash FROM audit WHERE seq = $1`, e.Seq-1).Scan(&e.previous)
	if err != nil && !problem.Is(err, problem.NotFound) {
		return fmt.Errorf("read the trail: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO audit (seq, at, actor, role, action, subject, subject_id, data, previous, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		e.Seq, e.At, e.Actor, e.Role, e.Action, e.Subject, e.SubjectID, e.Data, e.previous, e.sum())
	if err != nil {
		return fmt.Errorf("write line %d of the trail: %w", e.Seq, err)
	}
	return nil
}

// sum is the hash over a line and the hash before it. Each part is written with its length, so that no two lines read
// the same.
func (e *Entry) sum() string {
	h := sha256.New()
	var n [8]byte
	put := func(part string) {
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		h.Write(n[:])
		h.Write([]byte(part))
	}
	for _, number := range []int64{e.Seq, e.At.UnixMilli()} {
		binary.BigEndian.PutUint64(n[:], uint64(number))
		h.Write(n[:])
	}
	for _, part := range []string{e.Actor, e.Role, e.Action, e.Subject, e.SubjectID, e.Data, e.previous} {
		put(part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

const entryColumns = `seq, at, actor, role, action, subject, subject_id, data, previous, hash`

func scanEntry(r *db.Rows) (Entry, error) {
	var e Entry
	return e, r.Scan(&e.Seq, &e.At, &e.Actor, &e.Role, &e.Action, &e.Subject, &e.SubjectID, &e.Data, &e.previous, &e.hash)
}

// Trail gives lines after a number, in their order.
func Trail(tx *db.Tx, after int64, limit int) ([]Entry, error) {
	rows, err := tx.Query(`SELECT `+entryColumns+` FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2`, after, limit)
	return db.Collect(rows, err, scanEntry)
}

// TrailOf gives the newest lines about one thing, the newest first.
func TrailOf(tx *db.Tx, subject, subjectID string, limit int) ([]Entry, error) {
	rows, err := tx.Query(`SELECT `+entryColumns+` FROM audit WHERE subject = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT $3`,
		subject, subjectID, limit)
	return db.Collect(rows, err, scanEntry)
}

// Head is the end of the trail: who holds one outside can prove that everything up to it is still as it was.
type Head struct {
	Seq  int64
	Hash string
}

// ErrBroken says that the trail is not as it was written.
var ErrBroken = errors.New("the trail is not as it was written")

// batch is how many lines Verify holds at a time.
const batch = 1000

// Verify reads the whole trail and gives its end, or ErrBroken with the number of the first line that does not hold.
// Heads that were noted outside earlier are checked on the way.
func Verify(tx *db.Tx, noted ...Head) (Head, error) {
	c := check{noted: noted}
	for {
		entries, err := Trail(tx, c.last.Seq, batch)
		if err != nil {
			return c.last, err
		}
		for _, e := range entries {
			if err := c.next(e); err != nil {
				return c.last, err
			}
		}
		if len(entries) < batch {
			break
		}
	}
	var counted int64
	err := tx.QueryRow(`SELECT value FROM counter WHERE name = $1`, sequence).Scan(&counted)
	if err != nil && !problem.Is(err, problem.NotFound) {
		return c.last, err
	}
	return c.last, c.end(counted)
}

// check follows the trail line by line.
type check struct {
	noted     []Head
	last      Head
	first     int64 // the first line that is there
	forgotten int64 // up to which the trail itself says that lines were taken out
}

func (c *check) next(e Entry) error {
	follows := e.Seq == c.last.Seq+1 && e.previous == c.last.Hash
	if c.first == 0 {
		c.first = e.Seq
		follows = e.Seq > 1 || e.previous == "" // what came before it may have been forgotten in its time
	}
	if !follows || e.hash != e.sum() {
		return fmt.Errorf("line %d: %w", e.Seq, ErrBroken)
	}
	c.last = Head{e.Seq, e.hash}
	for _, n := range c.noted {
		if n.Seq == c.last.Seq && n.Hash != c.last.Hash {
			return fmt.Errorf("line %d is not the one that was noted: %w", e.Seq, ErrBroken)
		}
	}
	if e.Action == forgot {
		var says upTo
		if err := json.Unmarshal([]byte(e.Data), &says); err != nil {
			return fmt.Errorf("line %d: %w", e.Seq, ErrBroken)
		}
		c.forgotten = says.UpTo
	}
	return nil
}

func (c *check) end(counted int64) error {
	if c.first > 1 && c.first != c.forgotten+1 {
		return fmt.Errorf("the trail begins at line %d and says that it begins at %d: %w", c.first, c.forgotten+1, ErrBroken)
	}
	for _, n := range c.noted {
		if n.Seq > c.last.Seq {
			return fmt.Errorf("line %d was noted, the trail ends at %d: %w", n.Seq, c.last.Seq, ErrBroken)
		}
	}
	if counted != c.last.Seq {
		return fmt.Errorf("%d lines were written, the trail ends at %d: %w", counted, c.last.Seq, ErrBroken)
	}
	return nil
}

// forgot is the action of a line that says up to which number lines were taken out.
const forgot = "audit.forgot"

type upTo struct {
	UpTo int64 `json:"up_to"`
}

// ForgetTrail takes out the lines from before an instant, the oldest first, and writes a line that says up to which.
func ForgetTrail(tx *db.Tx, before time.Time) (int64, error) {
	var says upTo
	err := tx.QueryRow(`SELECT COALESCE(MAX(seq), 0) FROM audit WHERE at < $1
		AND seq < (SELECT COALESCE(MIN(seq), 9223372036854775807) FROM audit WHERE at >= $1)`, db.At(before)).Scan(&says.UpTo)
	if err != nil || says.UpTo == 0 {
		return 0, err
	}
	data, err := json.Marshal(says)
	if err != nil {
		return 0, err
	}
	if err := Record(tx, Entry{Action: forgot, Subject: "audit", Data: string(data)}); err != nil {
		return 0, err
	}
	return tx.Exec(`DELETE FROM audit WHERE seq <= $1`, says.UpTo)
}
