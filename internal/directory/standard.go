package directory

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"parvis/internal/directory/mapping"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// The national standard for digital-help places ("schéma des lieux de médiation numérique", 1.0.2, and its older JSON
// form): one row a place, what it offers in the same row. It makes a place and one service at it.

// standardColumns are the columns of 1.0.2 in their order.
var standardColumns = []string{"id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse",
	"latitude", "longitude", "typologie", "telephone", "courriels", "site_web", "horaires", "presentation_resume",
	"presentation_detail", "source", "itinerance", "structure_parente", "date_maj", "services",
	"publics_specifiquement_adresses", "prise_en_charge_specifique", "frais_a_charge", "dispositif_programmes_nationaux",
	"formations_labels", "autres_formations_labels", "modalites_acces", "modalites_accompagnement", "fiche_acces_libre",
	"prise_rdv"}

// standardAliases are older and other names of columns.
var standardAliases = map[string]string{
	"courriel": "courriels", "publics_accueillis": "publics_specifiquement_adresses", "conditions_acces": "frais_a_charge",
	"siret": "pivot", "rna": "pivot", "labels_nationaux": "dispositif_programmes_nationaux", "labels_autres": "autres_formations_labels",
	"cle_ban": "", "accessibilite": "fiche_acces_libre", "nom_lieu": "nom", "localite": "commune",
}

// standardColumn is a column's name in 1.0.2; false when the standard has none such.
func standardColumn(name string) (string, bool) {
	if known, ok := standardAliases[name]; ok {
		return known, known != ""
	}
	return name, slices.Contains(standardColumns, name)
}

// standardReader turns rows of the standard into records.
type standardReader struct {
	setting  Setting
	source   string // the register, for rows that name none
	now      time.Time
	service  i18n.Text // what the service of every place is called
	towns    *towns
	previous map[string]int // by source and id: the line where it stood first
}

// draft is what a row makes, with what is wrong about it.
type draft struct {
	line         int
	row          string
	place        *Place
	service      *Service
	organisation *Organisation
	findings     []Finding
	cells        map[string]string
	file         string // of a package of several files
	// apart: its ids are the source's own. A record here that came from elsewhere and has the same id is left as it is.
	apart bool
}

func (d *draft) warn(field, key string, args ...any) { d.find(false, field, key, args...) }

func (d *draft) reject(field, key string, args ...any) { d.find(true, field, key, args...) }

func (d *draft) find(rejected bool, field, key string, args ...any) {
	d.findings = append(d.findings, Finding{Line: d.line, File: d.file, Row: d.row, Field: field, Value: shorten(d.cells[field]), Key: key,
		Args: args, Rejected: rejected})
}

func (d *draft) rejected() bool {
	return slices.ContainsFunc(d.findings, func(f Finding) bool { return f.Rejected })
}

// read turns one row into a place and its service.
func (s *standardReader) read(r row) draft {
	d := draft{line: r.line, cells: map[string]string{}}
	for name, value := range r.cells {
		if column, ok := standardColumn(name); ok && d.cells[column] == "" {
			d.cells[column] = value
		}
	}
	if read := r.cells[mapping.HoursRead]; read != "" {
		d.cells[mapping.HoursRead] = read
	}
	if lat, lon := r.cells["geolocalisation_lat"], r.cells["geolocalisation_lon"]; lat != "" && d.cells["latitude"] == "" {
		d.cells["latitude"], d.cells["longitude"] = lat, lon
	}
	d.row = oneLine(d.cells["id"])
	p := &Place{Hours: Hours{}, Wheelchair: WheelchairUnknown}
	v := &Service{Name: s.service, Fee: FeeUnknown}
	d.place, d.service = p, v
	s.identity(&d)
	s.address(&d)
	s.position(&d)
	s.contact(&d)
	s.opening(&d)
	s.texts(&d)
	s.offer(&d)
	s.parent(&d)
	return d
}

// identity reads who the place is and where the row comes from.
func (s *standardReader) identity(d *draft) {
	p := d.place
	source := oneLine(d.cells["source"])
	if source == "" {
		source = s.source
	}
	if d.row == "" {
		d.reject("id", "directory.import.no-id")
	} else if line, twice := s.previous[source+"\x00"+d.row]; twice {
		d.reject("id", "directory.import.same-id", "Line", line)
	} else {
		s.previous[source+"\x00"+d.row] = d.line
	}
	name := oneLine(d.cells["nom"])
	if name == "" {
		d.reject("nom", "directory.import.no-name")
	}
	p.Name = i18n.Text{"fr": name}
	p.ID = id.From(source, d.row)
	p.Source = Source{Name: source, ID: d.row, Updated: s.date(d)}
	p.Register = s.register(d)
	d.service.ID, d.service.Place = id.From(source, d.row, "service"), p.ID
	d.service.Source = p.Source
	p.Kind = s.kind(d, name)
}

var registerForm = regexp.MustCompile(`^[a-zA-Z0-9]{9,14}$`)

func (s *standardReader) register(d *draft) string {
	number := strings.Join(strings.Fields(d.cells["pivot"]), "")
	switch {
	case strings.Trim(number, "0") == "": // as feeds write that they do not know
		return ""
	case !registerForm.MatchString(number):
		d.warn("pivot", "directory.import.register")
		return ""
	}
	return number
}

func (s *standardReader) kind(d *draft, name string) string {
	kind := ""
	for _, code := range values(d.cells["typologie"]) {
		if known := standardKinds[valueKey(code)]; known == "" {
			d.say("typologie", code)
		} else if kind == "" {
			kind = known
		} else if known != kind {
			d.say("typologie", code)
		}
	}
	if kind == "" {
		kind = kindOfName(name)
	}
	if kind == "" {
		kind = KindServicePoint
	}
	return kind
}

// date reads the day of the last change, as the standard writes it or as spreadsheets turn it round.
func (s *standardReader) date(d *draft) time.Time {
	text := d.cells["date_maj"]
	if text == "" {
		return time.Time{}
	}
	day, _, _ := strings.Cut(text, "T")
	for _, form := range []string{"2006-01-02", "02/01/2006", "2006/01/02", "02-01-2006"} {
		t, err := time.ParseInLocation(form, strings.TrimSpace(day), s.setting.Zone)
		switch {
		case err != nil:
		case t.After(s.now):
			d.warn("date_maj", "directory.import.date-to-come")
			return time.Time{}
		case t.Year() < 2000:
			d.warn("date_maj", "directory.import.date")
			return time.Time{}
		default:
			return t.UTC()
		}
	}
	d.warn("date_maj", "directory.import.date")
	return time.Time{}
}

// parent reads who answers for the place.
func (s *standardReader) parent(d *draft) {
	name := oneLine(d.cells["structure_parente"])
	if name == "" {
		return
	}
	o := &Organisation{ID: id.From(d.place.Source.Name, "structure_parente", valueKey(name)), Name: i18n.Text{"fr": name}}
	o.Source = Source{Name: d.place.Source.Name, ID: valueKey(name)}
	d.organisation, d.place.Organisation = o, o.ID
}
