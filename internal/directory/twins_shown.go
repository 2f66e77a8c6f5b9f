package directory

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Records of one place are kept as they came, each with its source and its key there, and shown as one: under the record that
// stands for them, with what it does not say itself from the others. So an import reaches its own record as ever, and taking a
// merge back is only to show them apart again.

// fill takes over from another record of the same place what this one does not say.
func (p *Place) fill(from *Place) {
	for _, pair := range [][2]*string{{&p.Organisation, &from.Organisation}, {&p.Access, &from.Access}, {&p.Register, &from.Register},
		{&p.Address.Street, &from.Address.Street}, {&p.Address.More, &from.Address.More}, {&p.Address.Postcode, &from.Address.Postcode},
		{&p.Address.Town, &from.Address.Town}, {&p.Address.Unit, &from.Address.Unit}} {
		if *pair[0] == "" {
			*pair[0] = *pair[1]
		}
	}
	fillText(&p.About, from.About)
	fillText(&p.Bring, from.Bring)
	fillList(&p.Contact.Phones, from.Contact.Phones)
	fillList(&p.Contact.Mails, from.Contact.Mails)
	fillList(&p.Contact.Sites, from.Contact.Sites)
	fillList(&p.Languages, from.Languages)
	fillList(&p.Equipment, from.Equipment)
	fillList(&p.Labels, from.Labels)
	if p.Point == nil {
		p.Point, p.Approximate = from.Point, from.Approximate
	}
	if p.Hours.Given == "" && p.Hours.OSM == "" {
		p.Hours = from.Hours
	}
	if p.Wheelchair == WheelchairUnknown {
		p.Wheelchair = from.Wheelchair
	}
}

func fillText(to *i18n.Text, from i18n.Text) {
	if len(*to) == 0 {
		*to = from
	}
}

func fillList[T any](to *[]T, from []T) {
	if len(*to) == 0 {
		*to = from
	}
}

// fill is Place.fill for what the index reads. The other's name is found, too.
func (f *found) fill(from *found) {
	for _, pair := range [][2]*string{{&f.organisation, &from.organisation}, {&f.about, &from.about}, {&f.street, &from.street}, {&f.more, &from.more},
		{&f.postcode, &from.postcode}, {&f.town, &from.town}, {&f.unit, &from.unit}, {&f.hours, &from.hours}, {&f.languages, &from.languages},
		{&f.equipment, &from.equipment}, {&f.labels, &from.labels}} {
		if *pair[0] == "" {
			*pair[0] = *pair[1]
		}
	}
	if f.lat == nil || f.lon == nil {
		f.lat, f.lon = from.lat, from.lon
	}
	if f.wheelchair == WheelchairUnknown {
		f.wheelchair = from.wheelchair
	}
	if from.name != f.name {
		f.also = append(f.also, every(from.name))
	}
	for _, s := range from.services {
		if !slices.ContainsFunc(f.services, func(own offered) bool { return own.name == s.name }) {
			f.services = append(f.services, s)
		}
	}
}

// foundByID is what the index reads of some places.
func foundByID(tx *db.Tx, and string, ids []string) ([]found, error) {
	rows, err := tx.Query(foundColumns+and+"id IN ("+db.In(len(ids), 4)+")", append(parting[:3:3], db.Args(ids...)...)...)
	return db.Collect(rows, err, scanFound)
}

// foundUnder is what the index reads of the records that are shown under others, by the one under which they are.
func foundUnder(tx *db.Tx, under map[string]string) (map[string][]found, error) {
	all := map[string][]found{}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(under)), loadAtOnce) {
		part, err := foundByID(tx, "", ids)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(part, func(a, b found) int { return strings.Compare(a.id, b.id) })
		for _, f := range part {
			all[under[f.id]] = append(all[under[f.id]], f)
		}
	}
	return all, nil
}

func fillFound(part []found, twins map[string][]found) {
	for i := range part {
		for t := range twins[part[i].id] {
			part[i].fill(&twins[part[i].id][t])
		}
	}
}

// alsoLeads adds to places those under which they are shown.
func alsoLeads(tx *db.Tx, places map[string]bool) error {
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(places)), loadAtOnce) {
		leads, err := leadsOf(tx, ids)
		if err != nil {
			return err
		}
		for _, lead := range leads {
			places[lead] = true
		}
	}
	return nil
}

// closuresUnder puts closures under the place where they are shown.
func closuresUnder(all map[string][]Closure, under map[string]string) map[string][]Closure {
	for _, twin := range slices.Sorted(maps.Keys(under)) {
		if closures := all[twin]; len(closures) > 0 {
			all[under[twin]] = append(all[under[twin]], closures...)
			delete(all, twin)
		}
	}
	return all
}

// twinsUnder reads the records that are shown under others, by the one under which they are, in the order of their ids.
func twinsUnder(tx *db.Tx, leads []string) (map[string][]Place, error) {
	under, err := shownUnder(tx, leads)
	if err != nil || len(under) == 0 {
		return nil, err
	}
	twins, err := placesByID(tx, slices.Sorted(maps.Keys(under)))
	all := map[string][]Place{}
	for _, twin := range twins {
		all[under[twin.ID]] = append(all[under[twin.ID]], twin)
	}
	return all, err
}

// shownUnder tells which records are shown under those of a list: by id, the one under which it is. What has closed for good
// adds nothing.
func shownUnder(tx *db.Tx, leads []string) (map[string]string, error) {
	if len(leads) == 0 {
		return nil, nil
	}
	return leadsWhere(tx, "gone IS NULL AND twin_of IN ("+db.In(len(leads), 1)+")", db.Args(leads...)...)
}

// leadsOf tells under which record those of a list are shown; one that stands for itself is not in it.
func leadsOf(tx *db.Tx, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return leadsWhere(tx, "twin_of IS NOT NULL AND id IN ("+db.In(len(ids), 1)+")", db.Args(ids...)...)
}

func leadsWhere(tx *db.Tx, where string, args ...any) (map[string]string, error) {
	rows, err := tx.Query("SELECT id, twin_of FROM directory_place WHERE "+where, args...)
	pairs, err := db.Collect(rows, err, func(r *db.Rows) (pair [2]string, err error) { return pair, r.Scan(&pair[0], &pair[1]) })
	leads := make(map[string]string, len(pairs))
	for _, pair := range pairs {
		leads[pair[0]] = pair[1]
	}
	return leads, err
}

// leadOf is the record under which one is shown: itself when it stands for itself.
func leadOf(tx *db.Tx, id string) (string, error) {
	leads, err := leadsOf(tx, []string{id})
	if lead := leads[id]; lead != "" {
		return lead, err
	}
	return id, err
}

// shownByID reads places as placesByID does, each with what the records under it add.
func shownByID(tx *db.Tx, ids []string) ([]Place, error) {
	places, err := placesByID(tx, ids)
	if err != nil {
		return nil, err
	}
	return places, fillAll(tx, places)
}

// placeWithTwins reads a place with what the records under it add, and these records.
func placeWithTwins(tx *db.Tx, id string) (p Place, twins []Place, err error) {
	places, err := placesByID(tx, []string{id})
	if err == nil && len(places) == 0 {
		err = problem.Because(problem.NotFound, fmt.Errorf("no place %q", id))
	}
	if err != nil {
		return p, nil, err
	}
	under, err := twinsUnder(tx, []string{id})
	for i := range under[id] {
		places[0].fill(&under[id][i])
	}
	return places[0], under[id], err
}

// fillAll adds to places what the records under them say.
func fillAll(tx *db.Tx, places []Place) error {
	ids := make([]string, len(places))
	for i := range places {
		ids[i] = places[i].ID
	}
	twins, err := twinsUnder(tx, ids)
	for i := range places {
		for t := range twins[places[i].ID] {
			places[i].fill(&twins[places[i].ID][t])
		}
	}
	return err
}

// gathered puts services under the place where they are shown: a place's own first, then those of the records under it that
// are not called the same.
func gathered(all []Service, under map[string]string) map[string][]Service {
	at := map[string][]Service{}
	for _, own := range []bool{true, false} {
		for _, s := range all {
			lead := under[s.Place]
			switch {
			case own && lead == "":
				at[s.Place] = append(at[s.Place], s)
			case !own && lead != "" && !slices.ContainsFunc(at[lead], func(o Service) bool { return maps.Equal(o.Name, s.Name) }):
				at[lead] = append(at[lead], s)
			}
		}
	}
	return at
}

// withTwins are the ids of places and of the records under them.
func withTwins(ids []string, under map[string]string) []string {
	return append(slices.Clone(ids), slices.Sorted(maps.Keys(under))...)
}
