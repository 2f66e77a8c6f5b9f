package directoryweb

import (
	"time"

	"parvis/internal/directory"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// placeChips are what one asks first: is it free, can a wheelchair get in, does it move.
func placeChips(r *web.Request, sheet *directory.Sheet) ui.Tags {
	p := &sheet.Place
	tags := ui.Tags{Label: r.T("directory.place.facts")}
	if len(sheet.Services) > 0 && allFree(sheet.Services) {
		tags.Items = append(tags.Items, ui.Chip{Text: word(r, directory.GroupFee, directory.FeeFree), Icon: "coins", Tone: ui.Good})
	}
	if p.Wheelchair == directory.WheelchairYes || p.Wheelchair == directory.WheelchairPartly {
		tags.Items = append(tags.Items, ui.Chip{Text: word(r, directory.GroupWheelchair, p.Wheelchair), Icon: "accessibility"})
	}
	if p.Itinerant {
		tags.Items = append(tags.Items, ui.Chip{Text: r.T("directory.place.mobile"), Icon: "bus"})
	}
	for _, label := range p.Labels {
		tags.Items = append(tags.Items, ui.Chip{Text: label, Icon: "badge-check"})
	}
	return tags
}

func allFree(services []directory.Service) bool {
	for i := range services {
		if services[i].Fee != directory.FeeFree {
			return false
		}
	}
	return true
}

// placeActs are what one does next: call, find the way.
func placeActs(r *web.Request, p *directory.Place) []ui.Button {
	var acts []ui.Button
	if phones := p.Contact.Phones; len(phones) > 0 {
		number := phones[0].Show(r.Territory.Country)
		acts = append(acts, ui.Button{Href: phones[0].Link(), Icon: "phone", Main: true, Text: r.T("directory.place.call", "Number", number)})
	}
	if p.Point != nil {
		acts = append(acts, ui.Button{Href: directions(*p.Point), Icon: "route", Text: r.T("directory.place.directions")})
	}
	return acts
}

// placeNotices say what matters before one sets out.
func placeNotices(r *web.Request, sheet *directory.Sheet) []ui.Notice {
	p := &sheet.Place
	if p.IsGone() {
		return []ui.Notice{{Tone: ui.Bad, Text: r.T("directory.place.gone")}}
	}
	var notices []ui.Notice
	for _, c := range sheet.Closures {
		days := r.Words.DateRange(c.From.In(r.Words.Zone()), c.To.In(r.Words.Zone()))
		notice := ui.Notice{Tone: ui.Wait, Icon: "calendar-clock", Title: r.T("directory.place.closure", "Days", days), Text: name(r, c.Reason)}
		if c.Hours != "" {
			notice.Icon, notice.Title = "clock", r.T("directory.place.closure-hours", "Days", days, "Hours", timesText(r, c.Hours))
		}
		notices = append(notices, notice)
	}
	if sheet.Freshness == directory.Stale {
		notices = append(notices, ui.Notice{Tone: ui.Wait, Text: r.T("directory.place.stale", "Date", r.Words.Date(p.Checked()))})
	}
	return notices
}

// facts gathers what is known, each with its name; what is not known is left out.
type facts struct {
	r     *web.Request
	items []ui.KeyValue
}

func (f *facts) add(key, text, href string) {
	if text != "" {
		f.items = append(f.items, ui.KeyValue{Key: f.r.T(key), Text: text, Href: href})
	}
}

func (f *facts) list() ui.KeyValues { return ui.KeyValues{Items: f.items} }

// contact adds every way to reach somebody.
func (f *facts) contact(c directory.Contact) {
	for _, phone := range c.Phones {
		text := phone.Show(f.r.Territory.Country)
		if phone.Note != "" {
			text += " (" + phone.Note + ")"
		}
		f.add("directory.place.phone", text, phone.Link())
	}
	for _, mail := range c.Mails {
		f.add("directory.place.mail", mail, ui.MailLink(mail))
	}
	for _, site := range c.Sites {
		f.add("directory.place.site", host(site), site)
	}
}

// placeWhere tells how to get there and whom to call.
func placeWhere(r *web.Request, p *directory.Place) ui.KeyValues {
	f := facts{r: r}
	line := addressLine(r, p.Address)
	if line == "" && p.Itinerant {
		line = r.T("directory.place.no-address")
	}
	f.add("directory.place.address", line, "")
	f.contact(p.Contact)
	return f.list()
}

// placeFacts tells what is there: equipment, languages, how one gets in, who runs it.
func placeFacts(r *web.Request, sheet *directory.Sheet) ui.KeyValues {
	p := &sheet.Place
	f := facts{r: r}
	f.add("directory.place.equipment", equipmentText(r, p.Equipment), "")
	f.add("directory.place.languages", r.Words.Sentence(languages(r, p.Languages)), "")
	if p.Wheelchair != directory.WheelchairUnknown {
		f.add("directory.place.access", word(r, directory.GroupWheelchair, p.Wheelchair), p.Access)
	}
	if o := sheet.Organisation; o != nil {
		f.add("directory.place.organisation", name(r, o.Name), "/organisations/"+o.ID)
	}
	return f.list()
}

// equipmentText lists what can be used, with how many there are.
func equipmentText(r *web.Request, all []directory.Equipment) string {
	things := make([]string, len(all))
	for i, e := range all {
		things[i] = word(r, directory.GroupEquipment, e.Code)
		if e.Code == "computer" && e.Number > 0 {
			things[i] = r.T("directory.equipment.count", "N", e.Number)
		}
		if e.Note != "" {
			things[i] += " (" + e.Note + ")"
		}
	}
	return series(r, things)
}

// placeSource tells where the record, and those that are shown with it, come from and how fresh it is.
func placeSource(r *web.Request, p *directory.Place, twins []directory.Place, now time.Time) ui.KeyValues {
	f := facts{r: r}
	if p.Source.Name == "demo" {
		f.add("directory.place.source", r.T("directory.place.example"), "")
	} else {
		f.add("directory.place.source", p.Source.Name, p.Source.URL)
	}
	for i := range twins {
		f.add("directory.place.source", twins[i].Source.Name, twins[i].Source.URL)
	}
	if !p.Source.Updated.IsZero() {
		f.add("directory.place.updated", r.Words.Date(p.Source.Updated), "")
	}
	if at := p.Confirmed.At; !at.IsZero() {
		date := r.Words.Sentence(r.Words.Date(at))
		if sameDay(r.Words, at, now) {
			date = r.Words.Sentence(r.Words.Day(at, now))
		}
		text := date
		switch p.Confirmed.By {
		case "":
		case directory.ByTeam:
			text = r.T("directory.place.confirmed-team", "Date", date)
		default:
			text = r.T("directory.place.confirmed-by", "By", p.Confirmed.By, "Date", date)
		}
		f.add("directory.place.confirmed", text, "")
	}
	return f.list()
}
