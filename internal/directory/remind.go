package directory

import (
	"context"
	"fmt"
	"time"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/problem"
)

// How a team is reminded: three letters at most, the second and the third after a while, then silence until the record
// is confirmed. One address gets one reminder a day, and the whole territory sends so many.
const (
	remindersMost = 3
	remindSecond  = 14   // days after the first
	remindThird   = 30   // days after the second
	remindPage    = 200  // records looked at in one read
	remindLooks   = 5000 // records passed over in one run, because nobody can be written to today
)

// RemindersDaily is how many reminders a territory sends on one day.
const RemindersDaily = 50

// dueQuery finds the records whose teams are to be asked, the longest unconfirmed first. $1: known to be true before
// this; $2, $3: asked before this for the second and the third time.
const dueQuery = `SELECT p.id FROM directory_place p LEFT JOIN directory_keeper k ON k.place = p.id
	WHERE p.gone IS NULL AND p.twin_of IS NULL AND ` + checkedColumn + ` < $1
	AND (COALESCE(k.mail, '') <> '' OR p.contact LIKE '%"mails"%' OR p.organisation IS NOT NULL) AND (k.place IS NULL OR k.stopped IS NULL AND (
		k.asked IS NULL OR k.asked <= ` + checkedColumn + ` OR k.reminders = 0 OR k.reminders = 1 AND k.asked <= $2 OR k.reminders = 2 AND k.asked <= $3))
	ORDER BY ` + checkedColumn + `, p.id LIMIT $4 OFFSET $5`

// checkedColumn is when a place was last known to be true; 0 when nobody ever said.
const checkedColumn = "(CASE WHEN COALESCE(p.confirmed, 0) > COALESCE(p.updated, 0) THEN COALESCE(p.confirmed, 0) ELSE COALESCE(p.updated, 0) END)"

// Remind writes to the teams whose records are to be confirmed, as far as the day allows, and says to how many. Doing it
// again on the same day writes to nobody twice.
func (d *Directory) Remind(ctx context.Context) (int, error) {
	written := 0
	for skipped := 0; ; {
		var due []string
		left := 0
		err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
			if left, err = d.leftToday(tx); err != nil || left == 0 {
				return err
			}
			rows, err := tx.Query(dueQuery, d.askedBefore(tx), daysAgo(tx, remindSecond), daysAgo(tx, remindThird), remindPage, skipped)
			due, err = db.Collect(rows, err, db.One[string])
			return err
		})
		if err != nil {
			return written, fmt.Errorf("look whom to remind: %w", err)
		}
		for _, place := range due {
			sent, err := d.remind(ctx, place)
			if err != nil {
				return written, fmt.Errorf("remind team of %s: %w", place, err)
			}
			if !sent {
				skipped++
				continue
			}
			if written++; written >= left {
				return written, nil
			}
		}
		if left == 0 || len(due) < remindPage || skipped > remindLooks {
			return written, nil
		}
	}
}

// askedBefore is the instant before which a record was last known to be true when its team is to be asked.
func (d *Directory) askedBefore(tx *db.Tx) db.Time {
	return db.At(tx.Now().In(d.setting.Zone).AddDate(0, -d.setting.Ask, 0))
}

func daysAgo(tx *db.Tx, days int) db.Time { return db.At(tx.Now().AddDate(0, 0, -days)) }

// midnight is when the territory's day began.
func (d *Directory) midnight(tx *db.Tx) time.Time {
	now := tx.Now().In(d.setting.Zone)
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, d.setting.Zone)
}

// leftToday is how many reminders may still go out today.
func (d *Directory) leftToday(tx *db.Tx) (int, error) {
	var n int
	err := tx.QueryRow("SELECT COUNT(*) FROM directory_keeper WHERE asked >= $1", db.At(d.midnight(tx))).Scan(&n)
	return max(0, RemindersDaily-n), err
}

// remind writes to one team, unless it has meanwhile answered, been asked, has no address, or got a letter today.
func (d *Directory) remind(ctx context.Context, place string) (sent bool, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		sent = false
		places, err := shownByID(tx, []string{place})
		if err != nil || len(places) == 0 {
			return err
		}
		p := &places[0]
		k, err := keeperOf(tx, place)
		if err != nil || !d.due(tx, p, k) {
			return err
		}
		to, err := addressOf(tx, place)
		if err != nil || to == "" {
			return err
		}
		if had, err := writtenSince(tx, to, d.midnight(tx)); err != nil || had {
			return err
		}
		if err := d.writeLink(tx, p, letterAsk); err != nil {
			return err
		}
		n := k.reminders + 1
		if !k.asked.After(p.Checked()) {
			n = 1 // a new round: it was confirmed since
		}
		sent = true
		if err := setKeeper(tx, place, "asked = $2, reminders = $3", tx.Now(), n); err != nil {
			return err
		}
		return happened(tx, SubjectPlace, Asked, place, "", eventData{})
	})
	return sent, err
}

// due reports whether a record's team is to be asked now: the rule of dueQuery, for one record as it is by now.
func (d *Directory) due(tx *db.Tx, p *Place, k askedOf) bool {
	switch {
	case p.IsGone(), !k.stopped.IsZero(), !p.Checked().Before(d.askedBefore(tx).Time):
		return false
	case k.asked.IsZero(), !k.asked.After(p.Checked()), k.reminders == 0:
		return true
	case k.reminders == 1:
		return !k.asked.After(daysAgo(tx, remindSecond).Time)
	case k.reminders < remindersMost:
		return !k.asked.After(daysAgo(tx, remindThird).Time)
	}
	return false
}

// SendLink writes a letter with a link to a place's team, as somebody at the desk asks for it. A team without an address,
// or one that was written to within the hour, is a Conflict.
func (d *Directory) SendLink(ctx context.Context, by authz.Who, place string) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		last, err := lastLinkTo(tx, place)
		if err != nil {
			return err
		}
		if !last.IsZero() && tx.Now().Sub(last.Time) < writtenAnew {
			return problem.New(problem.Conflict, "directory.desk.just-sent")
		}
		return d.sendLink(tx, by, place)
	})
	return whole("send link of place", place, err)
}

// SendAgain writes a letter with a new link to the team whose link no longer serves. Asked again within the hour it
// writes none: the letter is on its way. Whoever holds an old link learns nothing about where the new one goes.
func (d *Directory) SendAgain(ctx context.Context, token string) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		l, err := openLink(tx, token)
		if err != nil {
			return err
		}
		last, err := lastLinkTo(tx, l.Place)
		if err != nil || !last.IsZero() && tx.Now().Sub(last.Time) < writtenAnew {
			return err
		}
		return d.sendLink(tx, authz.Who{}, l.Place)
	})
}

func (d *Directory) sendLink(tx *db.Tx, by authz.Who, place string) error {
	places, err := shownByID(tx, []string{place})
	if err != nil {
		return err
	}
	if len(places) == 0 {
		return problem.Because(problem.NotFound, fmt.Errorf("no place %q", place))
	}
	if err := d.writeLink(tx, &places[0], letterLink); err != nil {
		return err
	}
	if err := happened(tx, SubjectPlace, Asked, place, by.Account, eventData{}); err != nil {
		return err
	}
	return noted(tx, by.Account, string(by.Role), "record.link-sent", place, nil)
}

// ForgetLinks takes out the links that expired long ago, and says how many they were.
func (d *Directory) ForgetLinks(ctx context.Context) (n int64, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		n, err = forgetLinks(tx, tx.Now().AddDate(0, -linkKnown, 0))
		return err
	})
	return n, err
}
