package directory

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/event"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Setting is what the directory needs to know of the territory that it serves.
type Setting struct {
	Zone      *time.Location // wall-clock time of the hours
	Country   string         // ISO 3166, two letters: how phone numbers are read and written
	Languages []string       // of the territory, its default first
	Holidays  hours.Holidays // public and school holidays
	Towns     *geo.Gazetteer // where "near" looks names up; nil: nowhere
	Units     []Unit         // administrative units of the territory
	Months    int            // for how long a record is trusted; 6 when 0
	Ask       int            // after how many of these months its team is asked; one before their end when 0

	House  i18n.Text // who signs letters to teams
	Phone  string    // where somebody answers them
	Origin string    // address of the territory's site, for the links in letters: "https://nord.example.org"
}

// Unit is an administrative unit that records name by its code.
type Unit struct {
	Code string
	Name i18n.Text
}

// trusted is for how many months a record is trusted when the territory does not say otherwise.
const trusted = 6

// Options are what a Directory is made of.
type Options struct {
	DB      *db.DB
	Setting Setting
	Words   *i18n.Bundle // with the words of the vocabularies, by Key
	Clock   clock.Clock  // the machine's when nil
	Log     *slog.Logger // the default one when nil

	Snapshot string // file where the search index lies between two runs; empty: nowhere
}

// Directory is a territory's list of help: what pages, commands and other programs do with it. It is safe for
// concurrent use.
type Directory struct {
	db      *db.DB
	events  *event.Log
	setting Setting
	words   *words
	clock   clock.Clock
	log     *slog.Logger
	index   *index

	snapshot     string // file
	worthKeeping int    // places
}

// New returns a directory that answers from the database. Searching needs Load first.
func New(o Options) (*Directory, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Setting.Zone == nil {
		o.Setting.Zone = time.UTC
	}
	if o.Setting.Months <= 0 {
		o.Setting.Months = trusted
	}
	if o.Setting.Ask <= 0 || o.Setting.Ask > o.Setting.Months {
		o.Setting.Ask = o.Setting.Months - 1
	}
	if len(o.Setting.Languages) == 0 {
		o.Setting.Languages = []string{"en"}
	}
	vocabulary, err := newWords(o.Words, o.Setting)
	if err != nil {
		return nil, fmt.Errorf("words of the directory: %w", err)
	}
	d := &Directory{db: o.DB, events: event.NewLog(o.DB), setting: o.Setting, words: vocabulary, clock: o.Clock, log: o.Log,
		snapshot: o.Snapshot, worthKeeping: worthKeeping}
	d.index = newIndex(d.words, d.setting)
	return d, nil
}

// Now is the moment by the territory's clock, in its zone.
func (d *Directory) Now() time.Time { return d.clock.Now().In(d.setting.Zone) }

// Setting is what the directory knows of its territory.
func (d *Directory) Setting() Setting { return d.setting }

// Freshness says how far a record can be trusted now.
func (d *Directory) Freshness(r Record) Freshness {
	return r.Freshness(d.Now(), d.setting.Ask, d.setting.Months)
}

// today is the territory's calendar day.
func (d *Directory) today() hours.Date { return hours.DateOf(d.Now()) }

// Sheet is all that a place's page tells.
type Sheet struct {
	Place        Place         // with what the records under it add
	Twins        []Place       // other records of this place, as they came, which are shown under it
	Organisation *Organisation // nil when nobody said who answers for it
	Services     []Service
	Closures     []Closure // that hold now or will
	State        State     // open or closed, now
	Week         []hours.Day
	Freshness    Freshness
}

// Sheet reads all that a place's page tells; by the id of a record that is shown under another one, that one's. A place that
// has closed for good is read too: its record says so.
func (d *Directory) Sheet(ctx context.Context, id string) (*Sheet, error) {
	s := &Sheet{}
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		id, err := leadOf(tx, id)
		if err != nil {
			return err
		}
		if s.Place, s.Twins, err = placeWithTwins(tx, id); err != nil {
			return err
		}
		services, err := servicesAt(tx, []string{id})
		if err != nil {
			return err
		}
		s.Services = services[id]
		closures, err := closuresAt(tx, []string{id}, d.today())
		if err != nil {
			return err
		}
		s.Closures = closures[id]
		if s.Place.Organisation == "" {
			return nil
		}
		o, found, err := organisationByID(tx, s.Place.Organisation)
		if found {
			s.Organisation = &o
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read place %s: %w", id, err)
	}
	now := d.Now()
	s.State = d.State(s.Place.Hours, s.Closures, now)
	if schedule, ok := s.Place.Hours.Schedule(); ok {
		s.Week = schedule.Week(hours.DateOf(now), d.setting.Holidays.With(exceptions(s.Closures)...))
	}
	s.Freshness = d.Freshness(s.Place.Record)
	return s, nil
}

// Places reads places in the order of ids, each with its services. One that is not there is left out.
func (d *Directory) Places(ctx context.Context, ids ...string) (places []Place, services map[string][]Service, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		if places, err = shownByID(tx, ids); err != nil {
			return err
		}
		services, err = servicesAt(tx, ids)
		return err
	})
	return places, services, err
}

// Service reads one service.
func (d *Directory) Service(ctx context.Context, id string) (s Service, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		var found bool
		if s, found, err = serviceByID(tx, id); err == nil && !found {
			err = problem.Because(problem.NotFound, fmt.Errorf("no service %q", id))
		}
		return err
	})
	return s, err
}

// State is whether a place is open, as a page tells it.
type State struct {
	Known   bool // it can be told that the place is open, or that it is closed
	Open    bool
	Always  bool      // open, and stays so day and night
	Until   time.Time // open: when it closes; zero when nobody knows
	Next    time.Time // not open: when it opens next, or may open where Known is false; zero when nobody knows
	Comment string    // what the hours say beside ("by appointment")
	Holiday bool      // the day is a public holiday
	Closure *Closure  // the exception that holds today; nil when none does
}

// State says whether hours with their exceptions are open at an instant.
func (d *Directory) State(h Hours, closures []Closure, at time.Time) State {
	schedule, ok := h.Schedule()
	return d.setting.state(schedule, ok, closures, at)
}

func (s Setting) state(schedule hours.Schedule, readable bool, closures []Closure, at time.Time) State {
	at = at.In(s.Zone)
	says := schedule.At(at, s.Holidays.With(exceptions(closures)...))
	state := State{Known: !says.Unknown, Open: says.Open, Always: says.Open && says.Until.IsZero(), Until: says.Until,
		Next: says.Next, Comment: says.Comment, Holiday: says.Holiday != ""}
	today := hours.DateOf(at)
	for i := range closures {
		if closures[i].From <= today && today <= closures[i].To {
			state.Closure = &closures[i]
		}
	}
	if !readable && state.Closure != nil && state.Closure.Hours == "" {
		state.Known = true // closed, whatever its hours are otherwise
	}
	return state
}
