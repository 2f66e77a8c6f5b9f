package directory

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"parvis/internal/audit"
	"parvis/internal/db"
	"parvis/internal/problem"
)

// How long a link serves, and how long its expired address is known, so that it can say so and offer a new one.
const (
	linkServes = 6 * 7 * 24 * time.Hour
	linkKnown  = 12 // months after it expired
)

// LinkWeeks is how long a link serves, in weeks: letters and pages say so.
const LinkWeeks = int(linkServes / (7 * 24 * time.Hour))

// LinkState is what a link still does.
type LinkState string

// The states of a link.
const (
	LinkServes   LinkState = "serves"
	LinkExpired  LinkState = "expired"
	LinkReplaced LinkState = "replaced" // a newer letter was sent
	LinkMoved    LinkState = "moved"    // the team's address is another one now
)

// Link is the way of a place's team to its record, by the address in its letter, without a password.
type Link struct {
	Place   string
	Lang    string // of the letter
	Expires time.Time
	State   LinkState
	Stopped bool // the team wants no more reminders

	mail string
}

// team is the actor of what a place's team does by its link.
func team(place string) string { return "team:" + place }

// newLinkToken is 256 bits of chance, 43 characters that can stand in an address.
func newLinkToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// linkHash is what is kept of a token.
func linkHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// OpenLink says what a token opens. One that was never given is NotFound. Opening it uses nothing up: mail programs open
// links by themselves.
func (d *Directory) OpenLink(ctx context.Context, token string) (l Link, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error { l, err = openLink(tx, token); return err })
	return l, err
}

// serving opens a link within a transaction that changes what it leads to. One that no longer serves is Gone.
func serving(tx *db.Tx, token string) (Link, error) {
	l, err := openLink(tx, token)
	if err == nil && l.State != LinkServes {
		err = problem.New(problem.Gone, "directory.keep.gone")
	}
	return l, err
}

// ConfirmByLink notes that a place's team found its record to be true now. Saying it twice on one day changes nothing.
func (d *Directory) ConfirmByLink(ctx context.Context, token string) (changed bool, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		changed = false
		l, err := serving(tx, token)
		if err != nil {
			return err
		}
		places, err := placesByID(tx, []string{l.Place})
		if err != nil {
			return err
		}
		if c := places[0].Confirmed; c.By == ByTeam && d.sameDay(c.At, tx.Now().Time) {
			return nil
		}
		changed = true
		if err := confirm(tx, team(l.Place), ByTeam, l.Place); err != nil {
			return err
		}
		return byLink(tx, "record.confirmed", l.Place)
	})
	return changed, err
}

// sameDay reports whether two instants are of one day of the territory.
func (d *Directory) sameDay(a, b time.Time) bool {
	return !a.IsZero() && a.In(d.setting.Zone).Format(time.DateOnly) == b.In(d.setting.Zone).Format(time.DateOnly)
}

// errSeen says that a record changed after its form was shown.
var errSeen = problem.New(problem.Conflict, "directory.keep.seen")

// CorrectByLink takes over what a place's team corrects, and notes that the record is true now. seen is the print of the
// form as it was shown: when the record has changed since it is a Conflict, and nothing changes. Moved reports that the
// team's own address changed by it: the link no longer serves, the next letter goes to the new address.
func (d *Directory) CorrectByLink(ctx context.Context, token, seen string, c Correction) (moved bool, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		l, err := serving(tx, token)
		if err != nil {
			return err
		}
		before, err := addressOf(tx, l.Place)
		if err != nil {
			return err
		}
		if err := d.correct(tx, l.Place, seen, c); err != nil {
			return err
		}
		to, err := addressOf(tx, l.Place)
		if err != nil {
			return err
		}
		if moved = to != before; moved {
			if err := d.tellMoved(tx, l); err != nil {
				return err
			}
		}
		return byLink(tx, "record.corrected", l.Place)
	})
	return moved, err
}

// correct writes a form into a place and its services. What the form does not have stays as it is.
func (d *Directory) correct(tx *db.Tx, place, seen string, c Correction) error {
	places, err := placesByID(tx, []string{place})
	if err != nil {
		return err
	}
	services, err := servicesAt(tx, []string{place})
	if err != nil {
		return err
	}
	shown, err := shownByID(tx, []string{place})
	if err != nil {
		return err
	}
	p, offered := shown[0], services[place]
	if d.setting.CorrectionOf(&p, offered, c.Lang).Seen() != seen {
		return errSeen
	}
	changed, which, err := c.apply(d.setting, &p, offered)
	if err != nil {
		return err
	}
	p = places[0].corrected(shown[0], p)
	by := team(place)
	if changed {
		if err := placeTable.change(tx, p.values()); err != nil {
			return err
		}
		if err := happened(tx, SubjectPlace, Changed, place, by, eventData{Organisation: p.Organisation}); err != nil {
			return err
		}
	}
	for _, at := range which {
		s := &offered[at]
		if err := serviceTable.change(tx, s.values()); err != nil {
			return err
		}
		if err := happened(tx, SubjectService, Changed, s.ID, by, eventData{Place: place}); err != nil {
			return err
		}
	}
	return confirm(tx, by, ByTeam, place)
}

// CloseByLink enters an exception to the hours. The same one twice is one.
func (d *Directory) CloseByLink(ctx context.Context, token string, c Closure) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		l, err := serving(tx, token)
		if err != nil {
			return err
		}
		c.Place = l.Place
		again, err := d.sameClosure(tx, c)
		if err != nil || again {
			return err
		}
		if _, err := d.closeIn(tx, team(l.Place), c); err != nil {
			return err
		}
		return byLink(tx, "record.closed", l.Place)
	})
}

// sameClosure reports whether a place has this very exception already.
func (d *Directory) sameClosure(tx *db.Tx, c Closure) (bool, error) {
	if err := c.Clean(); err != nil {
		return false, err
	}
	closures, err := closuresAt(tx, []string{c.Place}, d.today())
	for _, other := range closures[c.Place] {
		if other.From == c.From && other.To == c.To && other.Hours == c.Hours {
			return true, err
		}
	}
	return false, err
}

// OpenByLink takes back an exception of the link's place.
func (d *Directory) OpenByLink(ctx context.Context, token, closure string) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		l, err := serving(tx, token)
		if err != nil {
			return err
		}
		place, err := removeClosure(tx, closure)
		if problem.Is(err, problem.NotFound) {
			return nil // taken back already
		}
		if err == nil {
			place, err = leadOf(tx, place)
		}
		if err == nil && place != l.Place {
			err = problem.Because(problem.NotFound, fmt.Errorf("closure %s is of another place", closure))
		}
		if err != nil {
			return err
		}
		if err := happened(tx, SubjectClosure, Removed, closure, team(place), eventData{Place: place}); err != nil {
			return err
		}
		return byLink(tx, "record.reopened", place)
	})
}

// StopByLink ends the reminders of a place, or lets them come again. A link that has expired still stops them: nobody is
// written to against their will.
func (d *Directory) StopByLink(ctx context.Context, token string, stop bool) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		l, err := openLink(tx, token)
		if err != nil {
			return err
		}
		if l.State != LinkServes && !stop {
			return problem.New(problem.Gone, "directory.keep.gone")
		}
		if l.Stopped == stop {
			return nil
		}
		var at db.Time
		action := "record.reminders-wanted"
		if stop {
			at, action = tx.Now(), "record.reminders-stopped"
		}
		if err := setKeeper(tx, l.Place, "stopped = $2", at); err != nil {
			return err
		}
		return byLink(tx, action, l.Place)
	})
}

// byLink writes into the trail what a team did by its link.
func byLink(tx *db.Tx, action, place string) error {
	return noted(tx, "", "", action, place, nil)
}

// noted writes into the trail what was done to a place's record.
func noted(tx *db.Tx, actor, role, action, place string, data map[string]string) error {
	e := audit.Entry{Actor: actor, Role: role, Action: action, Subject: SubjectPlace, SubjectID: place}
	if data != nil {
		text, err := json.Marshal(data)
		if err != nil {
			return err
		}
		e.Data = string(text)
	}
	return audit.Record(tx, e)
}
