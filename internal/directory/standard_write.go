package directory

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"parvis/internal/db"
	"parvis/internal/problem"
)

// Writing the national standard for digital-help places (1.0.2) is the reading of standard.go turned round: what was
// written, read into an empty directory and written again, is the same. A place that lacks what the standard must have (a
// French postcode, a street, a town) is left out and counted: the standard cannot say it.

// Written tells what became of an export.
type Written struct {
	Places  int            // that were written
	LeftOut map[string]int // places that the format cannot say, by the column that it must have
}

// standardWriter turns entries into rows of the standard.
type standardWriter struct {
	setting Setting
	own     string // the source of what was entered here
	now     time.Time
	towns   *towns
	twice   map[string]bool // ids that records of several sources have
}

// WriteStandard writes all places that are there in the national standard, as CSV. Own names the source of what was
// entered here. It holds a few hundred places at a time, whatever their number.
//
// An error of kind Invalid says that the territory is not in France: the standard is for its places alone.
func (d *Directory) WriteStandard(ctx context.Context, w io.Writer, own string) (*Written, error) {
	if d.setting.country("FR") != "FR" {
		return nil, problem.New(problem.Invalid, "directory.export.france")
	}
	s := &standardWriter{setting: d.setting, own: oneLine(own), now: d.Now(), towns: newTowns(d.setting.Towns)}
	var err error
	if s.twice, err = d.sharedIDs(ctx); err != nil {
		return nil, err
	}
	out := csv.NewWriter(w)
	written := &Written{LeftOut: map[string]int{}}
	if err := out.Write(standardColumns); err != nil {
		return nil, err
	}
	err = d.EachEntry(ctx, func(entries []Entry) error {
		for i := range entries {
			cells := s.cells(&entries[i])
			if missing := lacking(cells); missing != "" {
				written.LeftOut[missing]++
				continue
			}
			row := make([]string, len(standardColumns))
			for at, column := range standardColumns {
				row[at] = clean(cells[column])
			}
			if err := out.Write(row); err != nil {
				return err
			}
			written.Places++
		}
		out.Flush()
		return out.Error()
	})
	if err != nil {
		return written, fmt.Errorf("write the national standard: %w", err)
	}
	out.Flush()
	return written, out.Error()
}

// sharedIDs are the ids that several sources have given to a place: there the source's name goes with the id.
func (d *Directory) sharedIDs(ctx context.Context) (map[string]bool, error) {
	shared := map[string]bool{}
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT COALESCE(NULLIF(source_id, ''), id) AS known FROM directory_place WHERE gone IS NULL AND twin_of IS NULL
			GROUP BY COALESCE(NULLIF(source_id, ''), id) HAVING count(*) > 1`)
		twice, err := db.Collect(rows, err, db.One[string])
		for _, id := range twice {
			shared[id] = true
		}
		return err
	})
	return shared, whole("look for ids of", "several sources", err)
}

// mustSay are the columns without which the standard has no row.
var mustSay = []string{"nom", "commune", "code_postal", "adresse"}

// lacking is the first column that a row must have and has not; empty when it has all.
func lacking(cells map[string]string) string {
	for _, column := range mustSay {
		if cells[column] == "" {
			return column
		}
	}
	return ""
}

// cells are a place's row, by column.
func (s *standardWriter) cells(e *Entry) map[string]string {
	p := &e.Place
	cells := map[string]string{
		"source": oneLine(p.Source.Name), "id": oneLine(p.Source.ID), "pivot": noRegister, "nom": oneLine(p.Name.In("fr", s.setting.Languages...)),
		"typologie": typology(p), "site_web": strings.Join(escapedSites(p.Contact.Sites), "|"), "horaires": p.Hours.OSM,
		"date_maj": s.day(e), "fiche_acces_libre": p.Access,
	}
	if cells["source"] == "" {
		cells["source"] = s.own
	}
	if cells["id"] == "" {
		cells["id"] = p.ID
	}
	if s.twice[cells["id"]] {
		cells["id"] = valueKey(cells["source"]) + "--" + cells["id"]
	}
	if registerForm.MatchString(p.Register) && strings.Trim(p.Register, "0") != "" {
		cells["pivot"] = p.Register
	}
	if e.Organisation != nil {
		cells["structure_parente"] = oneLine(e.Organisation.Name.In("fr", s.setting.Languages...))
	}
	if p.Itinerant {
		cells["itinerance"] = "Itinérant"
	}
	s.where(p, cells)
	s.reach(p, cells)
	cells["presentation_resume"], cells["presentation_detail"] = presentation(p.About["fr"])
	standardLabels(p.Labels, cells)
	standardOffer(e, cells)
	return cells
}

// noRegister is what the national map writes for a place whose number nobody knows: the column must not be empty.
const noRegister = "00000000000000"

// where writes the address and the position. A position that is only its town's is not the place's, and is left out.
func (s *standardWriter) where(p *Place, cells map[string]string) {
	a := p.Address
	cells["adresse"], cells["complement_adresse"] = oneLine(a.Street), oneLine(a.More)
	if fivedigits.MatchString(a.Postcode) {
		cells["code_postal"] = a.Postcode
	}
	cells["commune"] = calmer(oneLine(a.Town))
	if town := s.towns.find(a.Town, cells["code_postal"], a.Unit); town != nil {
		cells["commune"] = town.Name
		if inseeForm.MatchString(town.Code) {
			cells["code_insee"] = town.Code
		}
	} else if inseeForm.MatchString(a.Unit) {
		cells["code_insee"] = a.Unit
	}
	if p.Point != nil && !p.Approximate && inFrance(*p.Point) {
		cells["latitude"] = strconv.FormatFloat(p.Point.Lat, 'f', -1, 64)
		cells["longitude"] = strconv.FormatFloat(p.Point.Lon, 'f', -1, 64)
	}
}

var (
	inseeForm   = regexp.MustCompile(`^([013-9]\d|2[AB1-9])\d{3}$`)
	frenchPhone = regexp.MustCompile(`^(\+33|\+590|\+594|\+262|\+596|\+269|\+687|\+689|\+508|\+681)\d{6,9}$`)
)

// TownCodes gives the official code of an address's town, as the pack's list of towns has it; empty where it is not known.
func (d *Directory) TownCodes() func(Address) string {
	towns := newTowns(d.setting.Towns)
	return func(a Address) string {
		if town := towns.find(a.Town, a.Postcode, a.Unit); town != nil {
			return town.Code
		}
		return ""
	}
}

// reach writes how to reach the place: one phone number, as the standard has it, and all addresses.
func (s *standardWriter) reach(p *Place, cells map[string]string) {
	for _, phone := range p.Contact.Phones {
		if frenchPhone.MatchString(phone.Number) {
			cells["telephone"] = phone.Number
			break
		}
	}
	mails := slices.DeleteFunc(slices.Clone(p.Contact.Mails), func(m string) bool { return strings.ContainsAny(m, "|;, ") })
	cells["courriels"] = strings.Join(mails, "|")
}

// escapedSites are addresses that can stand side by side in one cell: what would part them is escaped.
func escapedSites(sites []string) []string {
	escaped := make([]string, len(sites))
	for i, site := range sites {
		for _, begins := range []string{"http", "www."} {
			site = strings.NewReplacer(";"+begins, "%3B"+begins, ","+begins, "%2C"+begins).Replace(site)
		}
		escaped[i] = strings.TrimRight(strings.ReplaceAll(site, "|", "%7C"), ";,")
	}
	return escaped
}

// day is when the place was last known to be true, as a day of the territory; when nobody said, when it last changed here.
func (s *standardWriter) day(e *Entry) string {
	at := e.Place.Checked()
	for i := range e.Services {
		at = later(at, e.Services[i].Checked())
	}
	if at.IsZero() || at.Year() < 2000 || at.After(s.now) {
		at = e.Place.Changed
	}
	return at.In(s.setting.Zone).Format(time.DateOnly)
}

// resumeMax is how many characters a short presentation may have.
const resumeMax = 280

// presentation parts a text into the standard's short and long one, which are read as one text again.
func presentation(about string) (resume, detail string) {
	about = clean(about)
	if utf8.RuneCountInString(about) <= resumeMax {
		return about, ""
	}
	first, rest, ok := strings.Cut(about, "\n\n")
	if ok && clean(first) == first && clean(rest) == rest && utf8.RuneCountInString(first) <= resumeMax {
		return first, rest
	}
	return "", about
}

// typology is what kind of place it is, in the standard's codes, with those that its source gave beside. "AUTRE" stands
// only where no code does: there the name would make a reader guess, and what was guessed is not said again.
func typology(p *Place) string {
	own, guessed := kindCode(p, p.Kind), kindOfName(oneLine(p.Name["fr"]))
	var known, unknown []string
	other := false
	for _, one := range saidIn(p, "typologie") {
		switch kind := standardKinds[valueKey(one)]; {
		case valueKey(one) == "autre":
			other = true
		case kind == "":
			unknown = append(unknown, one)
		case kind != p.Kind && (own != "" || kindCode(p, kind) != ""):
			known = append(known, one)
		}
	}
	list := slices.Concat(known, unknown)
	switch {
	case other && len(known) == 0 && (own == "" || p.Kind == guessed), own == "" && len(known) == 0 && kindCode(p, guessed) != "":
		list = append(list, "AUTRE")
	case own != "":
		list = append([]string{own}, list...)
	}
	return strings.Join(list, "|")
}

// kindCodes are the standard's codes of our kinds of place. A kind that is not here has none.
var kindCodes = map[string]string{
	"town-hall": "MUNI", "library": "BIB", "community-hall": "MQ", "social-centre": "CS", "association": "ASSO", "post": "LA_POSTE",
}

// kindCode is the standard's code of a kind, for a place: some kinds have one only where the name or a programme says so.
func kindCode(p *Place, kind string) string {
	named := func(words string) bool {
		has := func(text string) bool { return strings.Contains(" "+valueKey(text)+" ", " "+words+" ") }
		return has(p.Name["fr"]) || slices.ContainsFunc(p.Labels, has)
	}
	switch {
	case kind == "service-centre" && named("france services"):
		return "RFS"
	case kind == "social-centre" && named("ccas"):
		return "CCAS"
	}
	return kindCodes[kind]
}

// saidIn is what a place's source says in a column and our vocabulary does not have, as values of a list.
func saidIn(p *Place, column string) []string {
	var all []string
	for _, said := range p.Said {
		if said.Field != column {
			continue
		}
		for _, value := range values(said.Text) {
			if value = oneLine(value); value != "" && !slices.Contains(all, value) {
				all = append(all, value)
			}
		}
	}
	return all
}
