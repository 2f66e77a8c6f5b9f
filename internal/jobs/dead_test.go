package jobs_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/jobs"
	"parvis/internal/problem"
)

func TestAPoisonJobBlocksNobody(t *testing.T) {
	each(t, func(p *place) {
		var good []string
		p.Handle(jobs.Kind{Name: "work", Tries: 2, Do: func(_ context.Context, j *jobs.Job) error {
			switch j.Payload {
			case `"panics"`:
				panic("what a payload")
			case `"fails"`:
				return errors.New("cannot")
			}
			good = append(good, j.Payload)
			return nil
		}})
		poison := p.enqueue("work", "panics", jobs.Options{Priority: 5})
		p.enqueue("work", "fails", jobs.Options{Priority: 5})
		p.enqueue("work", "good", jobs.Options{})
		p.due(p.Runner, 3)
		p.enqueue("work", "good too", jobs.Options{})
		p.clock.Advance(time.Hour)
		p.due(p.Runner, 3)
		if !slices.Equal(good, []string{`"good"`, `"good too"`}) {
			p.Errorf("done: %v", good)
		}
		if s := p.get(poison); s.State != jobs.Buried || !strings.Contains(s.LastError, "what a payload") || s.Attempts != 2 {
			p.Errorf("the poison is %+v", s)
		}
		if c := p.Counts()[0]; c.Done != 2 || c.Dead != 2 || c.Failed != 2 {
			p.Errorf("counted %+v", c)
		}
	})
}

func TestADeadJobIsPutBackUnderItsId(t *testing.T) {
	each(t, func(p *place) {
		broken, ran := true, ""
		p.Handle(jobs.Kind{Name: "send", Tries: 1, Do: func(_ context.Context, j *jobs.Job) error {
			if broken {
				return errors.New("no road")
			}
			ran = j.ID
			return nil
		}})
		id := p.enqueue("send", map[string]string{"to": "a"}, jobs.Options{})
		p.due(p.Runner, 1)
		var dead []jobs.Seen
		p.write(func(tx *db.Tx) (err error) { dead, err = jobs.List(tx, jobs.Buried, 10); return err })
		if len(dead) != 1 || dead[0].ID != id || dead[0].LastError != "no road" || dead[0].Payload != `{"to":"a"}` {
			p.Fatalf("dead: %+v", dead)
		}
		p.clock.Advance(24 * time.Hour)
		p.due(p.Runner, 0)
		broken = false
		p.write(func(tx *db.Tx) error { return jobs.PutBack(tx, id) })
		p.due(p.Runner, 1)
		if ran != id {
			p.Errorf("%q ran, want %q", ran, id)
		}
		p.gone(id)
		if err := p.db.Write(context.Background(), func(tx *db.Tx) error { return jobs.PutBack(tx, id) }); !problem.Is(err, problem.NotFound) {
			p.Errorf("what is done is put back: %v", err)
		}
	})
}

func TestADeadJobStandsInNoOnesWay(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "index", Tries: 1, Do: func(context.Context, *jobs.Job) error { return errors.New("no") }})
		id := p.enqueue("index", 1, jobs.Options{Unique: "place 7"})
		p.due(p.Runner, 1)
		next := p.enqueue("index", 2, jobs.Options{Unique: "place 7"})
		if next == id {
			p.Fatal("a dead job swallowed a new one")
		}
		if err := p.db.Write(context.Background(), func(tx *db.Tx) error { return jobs.PutBack(tx, id) }); !problem.Is(err, problem.Conflict) {
			p.Errorf("two alive under one key: %v", err)
		}
		p.write(func(tx *db.Tx) error { return jobs.Drop(tx, id) })
		p.gone(id)
		if err := p.db.Write(context.Background(), func(tx *db.Tx) error { return jobs.Drop(tx, next) }); !problem.Is(err, problem.NotFound) {
			p.Errorf("a living job is dropped: %v", err)
		}
	})
}

func TestItsKindHearsOfADeath(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "send", Do: func(_ context.Context, j *jobs.Job) error {
			return jobs.Dead(errors.New("there is no such address"))
		}, Dead: func(tx *db.Tx, j *jobs.Job) error {
			_, err := tx.Exec(`INSERT INTO setting (name, value, changed) VALUES ('died', $1, $2)`, j.ID, tx.Now())
			return err
		}})
		id := p.enqueue("send", nil, jobs.Options{})
		p.due(p.Runner, 1)
		if got := p.setting("died"); got != id || p.get(id).Attempts != 1 {
			p.Errorf("heard of %q, want %q at its first try", got, id)
		}
	})
}

// setting reads one setting; empty when there is none.
func (p *place) setting(name string) (value string) {
	p.Helper()
	err := p.db.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT value FROM setting WHERE name = $1`, name).Scan(&value)
	})
	if err != nil && !problem.Is(err, problem.NotFound) {
		p.Fatal(err)
	}
	return value
}

func TestAPayloadThatDoesNotFitIsNotTriedAgain(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "greet", Do: func(_ context.Context, j *jobs.Job) error {
			var n int
			return j.Read(&n)
		}})
		id := p.enqueue("greet", "not a number", jobs.Options{})
		p.due(p.Runner, 1)
		if s := p.get(id); s.State != jobs.Buried {
			p.Errorf("it is %+v", s)
		}
	})
}

func TestDepthsCountWhatWaitsAndWhatIsLate(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "c", Do: func(context.Context, *jobs.Job) error { return jobs.Dead(errors.New("never")) }})
		p.enqueue("c", 1, jobs.Options{})
		p.due(p.Runner, 1)
		p.enqueue("a", 1, jobs.Options{})
		p.enqueue("a", 1, jobs.Options{At: noon.Add(-time.Hour)})
		p.enqueue("b", 1, jobs.Options{At: noon.Add(time.Hour)})
		for _, step := range []struct {
			after time.Duration
			late  [3]int // of a, b, c
		}{{0, [3]int{1, 0, 0}}, {time.Minute, [3]int{1, 0, 0}}, {time.Millisecond, [3]int{2, 0, 0}}, {time.Hour, [3]int{2, 1, 0}}} {
			p.clock.Advance(step.after)
			all, err := jobs.Depths(context.Background(), p.db)
			if err != nil || len(all) != 3 || all[0].Jobs != 2 || !all[0].Oldest.Equal(noon.Add(-time.Hour)) || all[2].State != jobs.Buried {
				p.Fatalf("%+v, %v", all, err)
			}
			if late := [3]int{all[0].Late, all[1].Late, all[2].Late}; late != step.late {
				p.Errorf("at %s: late are %v, want %v", p.clock.Now(), late, step.late)
			}
		}
	})
}
