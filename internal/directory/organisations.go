package directory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"parvis/internal/db"
	"parvis/internal/fold"
	"parvis/internal/problem"
)

// Listed is an organisation in a list, with how many places it answers for.
type Listed struct {
	Organisation
	Places int
}

// OrganisationQuery is what somebody looks for among the organisations. Its zero value finds all.
type OrganisationQuery struct {
	Words    string // in the name, what it does, or its town
	Need     string // that it helps with, itself or at one of its places
	Kind     string // of GroupKind
	Language string // the reader's: the list is ordered by the name in it
	Limit    int    // 50 when 0
	Offset   int
}

// Organisations lists those that fit, by name, and says how many there are in all.
func (d *Directory) Organisations(ctx context.Context, q OrganisationQuery) (listed []Listed, total int, err error) {
	var all []Listed
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		all, err = organisations(tx)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list organisations: %w", err)
	}
	helping := map[string]bool{}
	if q.Need != "" {
		helping = d.index.organisationsFor(q.Need)
	}
	asked := fold.Words(q.Words)
	all = slices.DeleteFunc(all, func(l Listed) bool {
		return q.Kind != "" && l.Kind != q.Kind ||
			q.Need != "" && !helping[l.ID] && !slices.Contains(l.Needs, q.Need) ||
			!holds(&l.Organisation, asked)
	})
	keys := make(map[string]string, len(all))
	for i := range all {
		keys[all[i].ID] = fold.Fold(all[i].Name.In(q.Language, d.setting.Languages...))
	}
	slices.SortFunc(all, func(a, b Listed) int {
		return cmp.Or(strings.Compare(keys[a.ID], keys[b.ID]), strings.Compare(a.ID, b.ID))
	})
	return page(all, q.Limit, q.Offset), len(all), nil
}

// holds reports whether each asked word begins a word of what an organisation says of itself.
func holds(o *Organisation, asked []string) bool {
	if len(asked) == 0 {
		return true
	}
	words := fold.Words(o.Town)
	for _, text := range o.Name {
		words = append(words, fold.Words(text)...)
	}
	for _, text := range o.About {
		words = append(words, fold.Words(text)...)
	}
	for _, word := range asked {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, word) }) {
			return false
		}
	}
	return true
}

// page cuts a page of at most limit (50 when 0) out of a list.
func page[T any](all []T, limit, offset int) []T {
	if limit <= 0 {
		limit = 50
	}
	from := min(max(offset, 0), len(all))
	return all[from:min(from+limit, len(all))]
}

// OrganisationSheet is all that an organisation's page tells.
type OrganisationSheet struct {
	Organisation Organisation
	Places       []Place
	Services     map[string][]Service // by place
	Freshness    Freshness
}

// Organisation reads all that an organisation's page tells.
func (d *Directory) Organisation(ctx context.Context, id string) (*OrganisationSheet, error) {
	s := &OrganisationSheet{}
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		o, found, err := organisationByID(tx, id)
		if err != nil {
			return err
		}
		if !found {
			return problem.Because(problem.NotFound, fmt.Errorf("no organisation %q", id))
		}
		s.Organisation = o
		if s.Places, err = placesOf(tx, id); err != nil {
			return err
		}
		ids := make([]string, len(s.Places))
		for i, p := range s.Places {
			ids[i] = p.ID
		}
		s.Services, err = servicesAt(tx, ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read organisation %s: %w", id, err)
	}
	s.Freshness = d.Freshness(s.Organisation.Record)
	return s, nil
}
