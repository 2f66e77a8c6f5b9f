package directory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"parvis/internal/db"
	"parvis/internal/geo"
	"parvis/internal/snapshot"
)

// Making the index takes long where there are many places. So a snapshot of it is written when the program ends, and read
// at the next start, which takes the file away: it is what was there at a clean end, and the events since then bring it up
// to date. The same program alone reads it, for the same setting and the same history of events.

// worthKeeping is from how many places on there is a snapshot; fewer are read as fast.
const worthKeeping = 5000

// Keep writes the snapshot of the index, if it is worth it. Where that fails, the next start takes longer, no more.
func (d *Directory) Keep(ctx context.Context) {
	if err := d.writeSnapshot(ctx); err != nil {
		d.log.Warn("no snapshot of the search index: the next start makes it anew", "cause", err)
	}
}

func (d *Directory) writeSnapshot(ctx context.Context) error {
	n, ready := d.Ready()
	if d.snapshot == "" || !ready || n < d.worthKeeping {
		return nil
	}
	seq := d.index.at()
	state, err := d.state(ctx, seq)
	if err != nil || state == "" {
		return err
	}
	file, err := os.OpenFile(d.snapshot+unfinished, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("keep the search index: %w", err)
	}
	defer os.Remove(file.Name()) // once it has its name, there is nothing to remove
	w := snapshot.NewWriter(file)
	w.Uint(uint64(seq))
	w.Text(state)
	d.index.save(w)
	if err := errors.Join(w.Close(), file.Close()); err != nil {
		return fmt.Errorf("keep the search index: %w", err)
	}
	return os.Rename(file.Name(), d.snapshot)
}

// unfinished is the end of the file's name while it is written.
const unfinished = ".new"

// state names all that the index at an event depends on: the program, the setting, and the event itself, by its id. It
// is empty where there is no such event.
func (d *Directory) state(ctx context.Context, seq int64) (string, error) {
	events, err := d.events.After(ctx, seq-1, 1)
	if err != nil || len(events) == 0 || events[0].Seq != seq {
		return "", err
	}
	program, err := snapshot.Program()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %v %v", program, events[0].ID, d.setting.Languages, d.setting.Units))
	return hex.EncodeToString(sum[:]), nil
}

// readSnapshot reads the snapshot and brings it up to date. It is false where none is, or where it can no longer be
// used: then the index is to be made.
func (d *Directory) readSnapshot(ctx context.Context) (bool, error) {
	if d.snapshot == "" {
		return false, nil
	}
	_ = os.Remove(d.snapshot + unfinished) // of a program that was killed: hardly ever there
	file, err := os.Open(d.snapshot)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		d.log.Warn("the snapshot of the search index cannot be opened", "cause", err)
		return false, nil
	}
	defer os.Remove(d.snapshot)
	defer file.Close()
	r := snapshot.NewReader(file)
	seq, state := int64(r.Uint()), r.Text()
	now, err := d.state(ctx, seq)
	if err != nil || now == "" || now != state {
		return false, err
	}
	if behind, err := d.behind(ctx, seq); err != nil || behind {
		return false, err
	}
	if err := d.index.restore(r); err != nil {
		d.log.Warn("the snapshot of the search index cannot be read", "cause", err)
		return false, nil
	}
	d.index.reach(seq)
	return true, d.catchUp(ctx, seq)
}

// tooManyEvents is how far the index may be behind: to make it anew takes no longer.
const tooManyEvents = 5000

func (d *Directory) behind(ctx context.Context, seq int64) (bool, error) {
	last, err := d.events.Last(ctx)
	return last-seq > tooManyEvents, err
}

// catchUp brings an index that was read up to date: with the closures of today, and all that events have touched since.
func (d *Directory) catchUp(ctx context.Context, seq int64) error {
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		closures, err := allClosures(tx, d.today())
		if err != nil {
			return err
		}
		under, err := leadsWhere(tx, "gone IS NULL AND twin_of IS NOT NULL")
		if err == nil {
			d.index.closed(closuresUnder(closures, under))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("bring the search index up to date: %w", err)
	}
	for {
		events, err := d.events.After(ctx, seq, loadAtOnce)
		if err != nil || len(events) == 0 {
			return err
		}
		seq = events[len(events)-1].Seq
		if err := d.index.apply(ctx, d.db, events, d.today()); err != nil {
			return err
		}
	}
}

// save writes what is known of places, and the search index.
func (x *index) save(w *snapshot.Writer) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	texts := make([]string, len(x.schedules.all))
	for text, n := range x.schedules.byText {
		if n > 0 {
			texts[n] = text
		}
	}
	w.Uint(uint64(len(texts)))
	w.Texts(len(texts), func(n int) string { return texts[n] })
	w.Uint(uint64(len(x.entries)))
	w.Texts(len(x.entries), func(tag int) string { return x.entries[tag].brief })
	w.Texts(len(x.entries), func(tag int) string { return x.entries[tag].kind })
	for tag := range x.entries {
		e := &x.entries[tag]
		social := uint64(0)
		if e.social {
			social = 1
		}
		w.Float(e.point.Lat)
		w.Float(e.point.Lon)
		w.Uint(uint64(e.schedule))
		w.Uint(social)
	}
	w.Uint(uint64(len(x.free)))
	w.Uints(x.free)
	x.docs.Save(w)
}

// errSnapshot is what no index wrote.
var errSnapshot = errors.New("the snapshot is of no index of places")

// restore reads what save wrote into an index that is empty, and lets it be searched.
func (x *index) restore(r *snapshot.Reader) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	schedules := newSchedules()
	r.Texts(r.Len(), func(_ int, text string) { schedules.number(text) })
	entries := make([]entry, r.Len())
	r.Texts(len(entries), func(tag int, text string) { entries[tag].brief = text })
	r.Texts(len(entries), func(tag int, text string) { entries[tag].kind = coded(GroupKind, text) })
	for tag := range entries {
		e := &entries[tag]
		e.point = geo.Point{Lat: r.Float(), Lon: r.Float()}
		if e.schedule, e.social = uint32(r.Uint()), r.Uint() > 0; int(e.schedule) >= len(schedules.all) {
			r.Fail(errSnapshot)
		}
	}
	free := make([]uint32, r.Len())
	r.Uints(free)
	if x.docs.Restore(r); r.Err() != nil {
		return r.Err()
	}
	x.schedules, x.entries, x.free, x.loaded = schedules, entries, free, true
	return nil
}

// closed notes which places are closed for a time.
func (x *index) closed(closures map[string][]Closure) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for id, all := range closures {
		if tag, known := x.docs.Tag(id); known {
			x.entries[tag].closures = all
		}
	}
}
