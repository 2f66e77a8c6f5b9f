package directory

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// service makes a service at a place. places is how many places it is given at: at one alone it keeps its own id.
func (h *hsdsReader) service(at *hsdsAtLocation, l *hsdsLocation, p *Place, answers *hsdsOrganization, shared hsdsShared, places int) draft {
	from := h.feed.services[at.ServiceID.line()]
	own := from.ID.line()
	d := draft{line: from.where.line, file: from.where.file, row: own, apart: true}
	v := &Service{ID: h.own("service", own), Place: p.ID, Name: h.text(from.Name), Fee: FeeUnknown}
	d.service = v
	v.Source = Source{Name: h.source, ID: own, Updated: h.day(&d, from.Assured)}
	if places > 1 {
		v.Source.ID = own + "--" + l.ID.line()
		v.ID = h.own("service", v.Source.ID)
	}
	for _, language := range from.Languages {
		v.Languages = append(v.Languages, nonEmpty(language.Code.line())...)
	}
	schedules := from.Schedules
	if len(at.Schedules) > 0 {
		schedules = at.Schedules
	}
	if v.Hours = hsdsHours(schedules, h.now); v.Hours == p.Hours && len(at.Schedules) > 0 {
		v.Hours = Hours{}
	}
	if v.Hours.Given != "" && v.Hours.OSM == "" {
		d.warnOf("schedules", v.Hours.Given, "directory.import.hours-unread")
	}
	h.cost(&d, v, from)
	h.says(&d, v, at, from, answers, shared)
	d.cleanedAs(v.Clean(), map[string]string{})
	return d
}

// says reads what our vocabularies can say of a service, and keeps the rest in its text.
func (h *hsdsReader) says(d *draft, v *Service, at *hsdsAtLocation, from *hsdsService, answers *hsdsOrganization, shared hsdsShared) {
	p := h.words.printer(h.setting.Languages)
	unknown := h.terms(d, v, from)
	whom, how := string(from.Eligibility), string(from.ApplicationProcess)
	if codes, ok := h.words.codes(GroupAudience, oneLine(whom)); ok {
		v.Audiences, whom = codes, ""
	}
	if codes, ok := h.words.codes(GroupEntry, oneLine(how)); ok {
		v.Entry, how = codes, ""
	}
	texts := []string{string(from.Alert), string(from.Description), string(at.Description), labelled(p, "terms", strings.Join(unknown, ", ")), labelled(p, "whom", whom),
		labelled(p, "age", ages(from)), labelled(p, "how", how)}
	if from.Status.line() == "temporarily closed" {
		d.warnOf("status", from.Status.line(), "directory.import.closed-now")
	}
	var documents []string
	for _, one := range from.Documents {
		documents = append(documents, nonEmpty(one.Document.line())...)
	}
	texts = append(texts, labelled(p, "bring", strings.Join(documents, "; ")))
	if o := h.feed.organizations[from.OrganizationID.line()]; o != nil && o != answers {
		texts = append(texts, labelled(p, "by", o.Name.line()))
	}
	v.Details = cleanText(i18n.Text{h.setting.Languages[0]: paragraphs(append(texts, h.reached(p, at, from, shared))...)})
}

func ages(from *hsdsService) string {
	if from.MinimumAge == "" && from.MaximumAge == "" {
		return ""
	}
	return strings.TrimSuffix(from.MinimumAge.line(), ".0") + "–" + strings.TrimSuffix(from.MaximumAge.line(), ".0")
}

// reached tells how the service is reached where its place is reached otherwise.
func (h *hsdsReader) reached(p *i18n.Printer, at *hsdsAtLocation, from *hsdsService, shared hsdsShared) string {
	var lines []string
	for _, phone := range slices.Concat(at.Phones, from.Phones) {
		number := hsdsNumber(phone)
		if number != "" && !slices.ContainsFunc(shared.phones, func(s hsdsPhone) bool { return hsdsNumber(s) == number }) {
			lines = append(lines, labelled(p, "phone", strings.Join(nonEmpty(number, phone.Description.line()), ", ")))
		}
	}
	if mail := from.Email.line(); mail != shared.mail {
		lines = append(lines, labelled(p, "mail", mail))
	}
	if site := from.URL.line(); site != shared.site {
		lines = append(lines, labelled(p, "site", site))
	}
	return strings.Join(slices.Compact(nonEmpty(lines...)), "\n")
}

// terms reads the needs under which a service stands: our own codes, or terms that are called as one of ours. The other
// terms are given back by their names.
func (h *hsdsReader) terms(d *draft, v *Service, from *hsdsService) (unknown []string) {
	for _, attribute := range from.Attributes {
		term := attribute.Term
		if term == nil {
			known, ok := h.feed.terms[attribute.TermID.line()]
			if !ok {
				continue
			}
			term = &known
		}
		if code := term.Code.line(); term.Taxonomy.line() == string(GroupNeed) && Known(GroupNeed, code) {
			v.Needs = append(v.Needs, code)
		} else if codes, ok := h.words.codes(GroupNeed, term.Name.line()); ok {
			v.Needs = append(v.Needs, codes...)
		} else if name := term.Name.line(); name != "" && !slices.Contains(unknown, name) {
			unknown = append(unknown, name)
			d.warnOf("attributes", name, "directory.import.term")
		}
	}
	return unknown
}

// cost reads what a service costs.
func (h *hsdsReader) cost(d *draft, v *Service, from *hsdsService) {
	free, paid := 0, 0
	texts := []string{string(from.Fees)}
	for _, one := range from.Costs {
		amount, err := strconv.ParseFloat(one.Amount.line(), 64)
		switch {
		case one.Amount == "":
		case err != nil || amount < 0:
			d.warnOf("cost_options", one.Amount.line(), "directory.wrong.number", "Value", one.Amount.line())
			continue
		case amount == 0:
			free++
		default:
			paid++
		}
		if codes, ok := h.words.codes(GroupFee, one.Option.line()); ok && len(codes) == 1 && amount == 0 {
			continue
		}
		sum := ""
		if one.Amount != "" {
			sum = strings.Join(nonEmpty(one.Amount.line(), strings.ToUpper(one.Currency.line()), one.AmountDescription.line()), " ")
		}
		texts = append(texts, strings.Join(nonEmpty(one.Option.line(), sum), ": "))
	}
	switch {
	case free > 0 && paid > 0:
		v.Fee = FeeConditional
	case free > 0:
		v.Fee = FeeFree
	case paid > 0:
		v.Fee = FeePaid
	}
	v.FeeNote = cleanText(i18n.Text{h.setting.Languages[0]: paragraphs(texts...)})
}

// day reads when a service was last said to be true.
func (h *hsdsReader) day(d *draft, text hsdsText) time.Time {
	day, _, _ := strings.Cut(text.line(), "T")
	if day == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation(time.DateOnly, day, h.setting.Zone)
	switch {
	case err != nil || at.Year() < 1990:
		d.warnOf("assured_date", day, "directory.import.date")
	case at.After(h.now):
		d.warnOf("assured_date", day, "directory.import.date-to-come")
	default:
		return at.UTC()
	}
	return time.Time{}
}

// cleanedAs lists what a record cannot use, by the names that its format has for our fields. A record without a name stays
// out, the rest is left out alone.
func (d *draft) cleanedAs(err error, names map[string]string) {
	var wrong *problem.Error
	if !errors.As(err, &wrong) {
		return
	}
	for _, f := range wrong.Fields {
		name, ok := names[f.Name]
		if !ok {
			name = f.Name
		}
		value := ""
		for i := 0; i+1 < len(f.Args); i += 2 {
			if f.Args[i] == "Value" {
				value, _ = f.Args[i+1].(string)
			}
		}
		one := Finding{Line: d.line, File: d.file, Row: d.row, Field: name, Value: shorten(value), Key: f.Key, Args: f.Args}
		one.Rejected = slices.Contains([]string{"id", "name", "place", "kind"}, f.Name)
		d.findings = append(d.findings, one)
	}
}
