package opendata

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parvis/internal/directory"
	"parvis/internal/directory/inclusion"
	"parvis/internal/fold"
)

// data.inclusion's schema v1 (1.0.8): a structure for each place, a service for each of ours. A field that our record
// cannot fill exactly is left out.

// Structure is a place in data.inclusion's words.
type Structure struct {
	Source            string   `json:"source"`
	ID                string   `json:"id"`
	Nom               string   `json:"nom"`
	DateMaj           string   `json:"date_maj"`
	Description       string   `json:"description,omitempty"`
	LienSource        string   `json:"lien_source,omitempty"`
	Siret             string   `json:"siret,omitempty"`
	Commune           string   `json:"commune,omitempty"`
	CodePostal        string   `json:"code_postal,omitempty"`
	CodeInsee         string   `json:"code_insee,omitempty"`
	Adresse           string   `json:"adresse,omitempty"`
	ComplementAdresse string   `json:"complement_adresse,omitempty"`
	Longitude         *float64 `json:"longitude,omitempty"`
	Latitude          *float64 `json:"latitude,omitempty"`
	Telephone         string   `json:"telephone,omitempty"`
	Courriel          string   `json:"courriel,omitempty"`
	SiteWeb           string   `json:"site_web,omitempty"`
	HorairesAccueil   string   `json:"horaires_accueil,omitempty"`
	AccessibiliteLieu string   `json:"accessibilite_lieu,omitempty"`
	ReseauxPorteurs   []string `json:"reseaux_porteurs,omitempty"`
}

// InclusionService is a service in data.inclusion's words.
type InclusionService struct {
	Source            string   `json:"source"`
	StructureID       string   `json:"structure_id"`
	ID                string   `json:"id"`
	Nom               string   `json:"nom"`
	Description       string   `json:"description"`
	DateMaj           string   `json:"date_maj"`
	LienSource        string   `json:"lien_source,omitempty"`
	Thematiques       []string `json:"thematiques,omitempty"`
	Frais             string   `json:"frais,omitempty"`
	FraisPrecisions   string   `json:"frais_precisions,omitempty"`
	Publics           []string `json:"publics,omitempty"`
	PublicsPrecisions string   `json:"publics_precisions,omitempty"`
	Commune           string   `json:"commune,omitempty"`
	CodePostal        string   `json:"code_postal,omitempty"`
	CodeInsee         string   `json:"code_insee,omitempty"`
	Adresse           string   `json:"adresse,omitempty"`
	ComplementAdresse string   `json:"complement_adresse,omitempty"`
	Longitude         *float64 `json:"longitude,omitempty"`
	Latitude          *float64 `json:"latitude,omitempty"`
	Telephone         string   `json:"telephone,omitempty"`
	Courriel          string   `json:"courriel,omitempty"`
	ModesAccueil      []string `json:"modes_accueil,omitempty"`
	LienMobilisation  string   `json:"lien_mobilisation,omitempty"`
	ModesMobilisation []string `json:"modes_mobilisation,omitempty"`
	MobilisablePar    []string `json:"mobilisable_par,omitempty"`
	HorairesAccueil   string   `json:"horaires_accueil,omitempty"`
}

// Inclusion is a place with its services in data.inclusion's words. Ok is false when its name is too short to be said.
func (s *Setting) Inclusion(e *directory.Entry) (structure Structure, services []InclusionService, ok bool) {
	p := &e.Place
	source := s.producer(p.Source.Name)
	name := inclusionName(p.Name.In("fr", s.Languages...))
	structure = Structure{
		Source: source, ID: source + "--" + localID(p.Source, p.ID), Nom: name, DateMaj: s.day(said(p.Record)),
		LienSource: p.Source.URL, Commune: p.Address.Town, Adresse: p.Address.Street, ComplementAdresse: p.Address.More,
		CodeInsee: s.townCode(p.Address), HorairesAccueil: p.Hours.OSM, AccessibiliteLieu: p.Access, ReseauxPorteurs: inclusion.Networks(p.Labels),
	}
	if structure.LienSource == "" {
		structure.LienSource = s.page(p.ID)
	}
	if text := strings.TrimSpace(p.About.In("fr", s.Languages...)); utf8.RuneCountInString(text) >= 5 {
		structure.Description = cut(text, 10000)
	}
	if siretForm.MatchString(p.Register) && strings.Trim(p.Register, "0") != "" {
		structure.Siret = p.Register
	}
	if fiveDigits.MatchString(p.Address.Postcode) {
		structure.CodePostal = p.Address.Postcode
	}
	if p.Point != nil && !p.Approximate {
		structure.Latitude, structure.Longitude = &p.Point.Lat, &p.Point.Lon
	}
	structure.Telephone, structure.Courriel, structure.SiteWeb = firstPhone(p.Contact), first(p.Contact.Mails), first(p.Contact.Sites)
	for i := range e.Services {
		if one, ok := s.inclusionService(&structure, p, &e.Services[i]); ok {
			services = append(services, one)
		}
	}
	return structure, services, utf8.RuneCountInString(name) >= 3
}

var (
	siretForm  = regexp.MustCompile(`^\d{14}$`)
	fiveDigits = regexp.MustCompile(`^\d{5}$`)
)

func (s *Setting) inclusionService(at *Structure, p *directory.Place, v *directory.Service) (InclusionService, bool) {
	source := s.producer(v.Source.Name)
	one := InclusionService{
		Source: source, StructureID: at.ID, ID: source + "--" + serviceID(p, v), Nom: inclusionName(v.Name.In("fr", s.Languages...)),
		Description: s.description(p, v), DateMaj: s.day(said(v.Record)), LienSource: at.LienSource, Thematiques: inclusion.Themes(v.Needs),
		Frais: map[string]string{directory.FeeFree: "gratuit", directory.FeePaid: "payant"}[v.Fee], FraisPrecisions: v.FeeNote.In("fr", s.Languages...),
		Commune: at.Commune, CodePostal: at.CodePostal, CodeInsee: at.CodeInsee, Adresse: at.Adresse, ComplementAdresse: at.ComplementAdresse,
		Longitude: at.Longitude, Latitude: at.Latitude, Telephone: at.Telephone, Courriel: at.Courriel, LienMobilisation: v.Booking,
		HorairesAccueil: v.Hours.OSM,
	}
	one.Publics, one.PublicsPrecisions = s.publics(v.Audiences)
	one.ModesAccueil = received(v.Ways)
	one.ModesMobilisation, one.MobilisablePar = mobilised(v, one.Telephone, one.Courriel)
	return one, utf8.RuneCountInString(one.Nom) >= 3
}

// producer is a source as an id of data.inclusion begins: small letters and dashes.
func (s *Setting) producer(source string) string {
	if words := fold.Words(source); len(words) > 0 {
		return strings.Join(words, "-")
	}
	return s.Territory
}

func localID(s directory.Source, own string) string {
	if s.ID != "" {
		return s.ID
	}
	return own
}

// serviceID is the service's id at its source. The national standard has none for services: there it is our own.
func serviceID(p *directory.Place, v *directory.Service) string {
	if v.Source.ID == p.Source.ID {
		return v.ID
	}
	return localID(v.Source, v.ID)
}

// inclusionName is a name as data.inclusion has them: at most 150 characters, no full stop at the end.
func inclusionName(name string) string { return strings.TrimRight(cut(name, 150), ". ") }

// said is when a record was last said to be so: by its source or its team, else here.
func said(r directory.Record) (at time.Time) {
	if at = r.Checked(); at.IsZero() {
		at = r.Changed
	}
	return at
}

// townCode is the official code of an address's town. A postcode that is not written cannot help to find it.
func (s *Setting) townCode(a directory.Address) string {
	if s.TownCode == nil {
		return ""
	}
	if !fiveDigits.MatchString(a.Postcode) {
		a.Postcode = ""
	}
	if code := s.TownCode(a); len(code) == 5 {
		return code
	}
	return ""
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func firstPhone(c directory.Contact) string {
	if len(c.Phones) == 0 {
		return ""
	}
	return c.Phones[0].Number
}

// description is what a service says of itself, else what its needs are called: the field must not be empty.
func (s *Setting) description(p *directory.Place, v *directory.Service) string {
	for _, text := range []string{v.Details.In("fr", s.Languages...), strings.Join(s.words(directory.GroupNeed, v.Needs), ", "),
		v.Name.In("fr", s.Languages...) + ", " + p.Name.In("fr", s.Languages...)} {
		if text = strings.TrimSpace(text); utf8.RuneCountInString(text) >= 5 {
			return cut(text, 10000)
		}
	}
	return v.ID
}

// publics are whom a service is for; whom data.inclusion has no word for is told in ours.
func (s *Setting) publics(audiences []string) (codes []string, more string) {
	if len(audiences) == 0 {
		return []string{inclusion.Everyone}, ""
	}
	var others []string
	for _, audience := range audiences {
		if code := inclusion.Public(audience); code != "" {
			codes = append(codes, code)
		} else {
			others = append(others, s.word(directory.GroupAudience, audience))
		}
	}
	return codes, strings.Join(others, ", ")
}

// received is how people are received: there, or from afar.
func received(ways []string) []string {
	has := func(any ...string) bool {
		return slices.ContainsFunc(ways, func(way string) bool { return slices.Contains(any, way) })
	}
	var modes []string
	if has(directory.WayOnline, directory.WayPhone) {
		modes = append(modes, "a-distance")
	}
	if has(directory.WayCounter, directory.WayNearHome, directory.WayHome) {
		modes = append(modes, "en-presentiel")
	}
	return modes
}

// mobilised is how one asks for a service, and who may: only what the record says.
func mobilised(v *directory.Service, phone, mail string) (modes, by []string) {
	has := func(list []string, code string) bool { return slices.Contains(list, code) }
	if mail != "" && has(v.Ways, directory.WayOnline) {
		modes = append(modes, "envoyer-un-courriel")
	}
	if has(v.Entry, directory.EntryWalkIn) {
		modes = append(modes, "se-presenter")
	}
	if phone != "" && has(v.Ways, directory.WayPhone) {
		modes = append(modes, "telephoner")
	}
	if v.Booking != "" {
		modes = append(modes, "utiliser-lien-mobilisation")
	}
	if has(v.Entry, directory.EntryReferral) {
		by = append(by, "professionnels")
	}
	if has(v.Entry, directory.EntryWalkIn) || has(v.Entry, directory.EntryAppointment) && len(modes) > 0 {
		by = append(by, "usagers")
	}
	return modes, by
}

// WriteInclusion writes all places that are there as one JSON object with the lists "structures" and "services", and says
// how many of each.
func (s *Setting) WriteInclusion(ctx context.Context, d *directory.Directory, w io.Writer) (structures, services int, err error) {
	if _, err := io.WriteString(w, `{"structures":[`+"\n"); err != nil {
		return 0, 0, err
	}
	each := func(take func(Structure, []InclusionService) error) error {
		return d.EachEntry(ctx, func(entries []directory.Entry) error {
			for i := range entries {
				if structure, offered, ok := s.Inclusion(&entries[i]); ok {
					if err := take(structure, offered); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	first := list{w: w}
	err = each(func(one Structure, _ []InclusionService) error {
		structures++
		return first.add(one)
	})
	if err != nil {
		return structures, services, fmt.Errorf("write structures of data.inclusion: %w", err)
	}
	if _, err := io.WriteString(w, "\n],\"services\":[\n"); err != nil {
		return structures, services, err
	}
	second := list{w: w}
	err = each(func(_ Structure, offered []InclusionService) error {
		for i := range offered {
			services++
			if err := second.add(offered[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return structures, services, fmt.Errorf("write services of data.inclusion: %w", err)
	}
	_, err = io.WriteString(w, "\n]}\n")
	return structures, services, err
}
