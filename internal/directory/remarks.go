package directory

import (
	"context"
	"fmt"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// sentTwice is for how long the same remark, sent again, is the one that was kept: an impatient finger, a page loaded anew.
const sentTwice = 10 * time.Minute

// Remark keeps what somebody says is wrong with a place's record, and gives it the number that the person is told. What
// was kept a moment ago is not kept again: its number is told.
func (d *Directory) Remark(ctx context.Context, r Remark) (Remark, error) {
	if err := r.Clean(d.setting.Country); err != nil {
		return r, err
	}
	r.ID, r.Code = id.New(), id.NewCode()
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		if err := placeThere(tx, r.Place); err != nil {
			return err
		}
		r.Made = tx.Now().Time
		if kept, found, err := remarkAgain(tx, r, r.Made.Add(-sentTwice)); err != nil || found {
			r = kept
			return err
		}
		if err := addRemark(tx, r); err != nil {
			return err
		}
		return happened(tx, SubjectRemark, Made, r.ID, "", eventData{Place: r.Place})
	})
	return r, whole("keep remark on place", r.Place, err)
}

// Remarks lists the remarks that wait for somebody, oldest first; with all set, every one, newest first.
func (d *Directory) Remarks(ctx context.Context, all bool, limit, offset int) (found []Remark, err error) {
	if limit <= 0 {
		limit = 50
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		found, err = remarks(tx, !all, limit, max(offset, 0))
		return err
	})
	return found, err
}

// SettleRemark notes that the account by has checked a remark, and what was done. A remark that somebody else has
// settled is a Conflict.
func (d *Directory) SettleRemark(ctx context.Context, by, remark, answer string) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		_, err := settle(tx, by, remark, answer)
		return err
	})
	return whole("settle remark", remark, err)
}

func settle(tx *db.Tx, by, remark, answer string) (Remark, error) {
	r, found, err := remarkByID(tx, remark)
	if err != nil {
		return r, err
	}
	if !found {
		return r, problem.Because(problem.NotFound, fmt.Errorf("no remark %q", remark))
	}
	r.Settled, r.By, r.Answer = tx.Now().Time, by, clean(answer)
	n, err := settleRemark(tx, r)
	if err != nil {
		return r, err
	}
	if n == 0 {
		return r, problem.Because(problem.Conflict, fmt.Errorf("remark %s is settled already", remark))
	}
	return r, happened(tx, SubjectRemark, Settled, remark, by, eventData{Place: r.Place})
}

// eraseAtOnce is how many remarks one transaction erases.
const eraseAtOnce = 200

// EraseRemarks erases words and contact of the remarks whose time has come, and says of how many.
func (d *Directory) EraseRemarks(ctx context.Context) (int, error) {
	total := 0
	for {
		var erased []Remark
		err := d.db.Write(ctx, func(tx *db.Tx) error {
			var err error
			if erased, err = eraseRemarks(tx, eraseAtOnce); err != nil {
				return err
			}
			for _, r := range erased {
				if err := happened(tx, SubjectRemark, Erased, r.ID, "", eventData{Place: r.Place}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return total, fmt.Errorf("erase remarks: %w", err)
		}
		total += len(erased)
		if len(erased) < eraseAtOnce {
			return total, nil
		}
	}
}
