package directory

import (
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Organisation answers for places: a town hall, an association, a cooperative.
type Organisation struct {
	ID       string
	Kind     string // of GroupKind; empty when nobody said
	Name     i18n.Text
	About    i18n.Text
	Needs    []string // of GroupNeed, that it helps with beside what its places offer
	Town     string   // where it has its seat
	Register string   // its number in the country's register of organisations
	Contact  Contact
	Record
}

// Clean puts an organisation's values into their one form, and tells by field what cannot be used. Phone numbers
// without a country code are of country (ISO 3166, two letters).
func (o *Organisation) Clean(country string) error {
	var wrong problem.Fields
	o.Name, o.About = cleanText(o.Name), cleanText(o.About)
	o.Register, o.Town = oneLine(o.Register), oneLine(o.Town)
	o.Needs = cleanCodes(&wrong, GroupNeed, o.Needs)
	needID(&wrong, o.ID)
	needName(&wrong, o.Name)
	if o.Kind != "" {
		checkCode(&wrong, GroupKind, o.Kind)
	}
	o.Contact.clean(&wrong, country)
	return wrong.Err()
}

// said is the content that a source answers for.
func (o *Organisation) said() []any {
	return []any{o.ID, o.Kind, o.Name, o.About, o.Needs, o.Town, o.Register, o.Contact, sourceSaid(o.Source)}
}
