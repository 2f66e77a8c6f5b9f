package directoryweb

import (
	"net/http"
	"strings"
	"time"

	"parvis/internal/directory"
	"parvis/internal/hours"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// placePage is all that is known of a place, in the order in which one needs it.
type placePage struct {
	ui.Page
	ID       string
	NameLang string
	Sub      string // kind and organisation
	State    ui.Chip
	Open     bool
	Chips    ui.Tags
	Acts     []ui.Button
	Tools    ui.Tools
	Notices  []ui.Notice
	About    string
	AboutIn  string // its language, where it is not the page's
	Services []serviceView
	Bring    string
	BringIn  string
	Hours    ui.Hours
	HoursRaw string // hours that only people can read
	Remark   string // what the hours say beside
	Where    ui.KeyValues
	Map      ui.Map
	Facts    ui.KeyValues
	Source   ui.KeyValues
	QR       ui.QR
	Address  string // of this page, for the code on paper
	Wrong    ui.Link
}

var _ = ui.Parse[placePage](files, "templates/place.html")

// serviceView is one service as its place's page shows it.
type serviceView struct {
	ID      string
	Name    string
	Lang    string
	Icon    string
	Details string
	Chips   ui.Tags
	Facts   ui.KeyValues
}

// place shows one place.
func (room *Room) place(w http.ResponseWriter, r *web.Request) error {
	sheet, err := room.Directory.Sheet(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	now := room.Directory.Now()
	p := &sheet.Place
	title, lang := said(r, p.Name)
	page := &placePage{
		ID: p.ID, NameLang: lang, Open: sheet.State.Open,
		State:    stateChip(r.Words, sheet.State, now),
		Tools:    ui.Tools{Words: r.Words, Listen: true, Print: true},
		Services: room.services(r, sheet, now),
		Address:  r.Origin() + "/places/" + p.ID,
		Wrong:    ui.Link{Href: "/places/" + p.ID + "/wrong", Text: r.T("directory.place.wrong"), Icon: "flag"},
		Map:      room.placeMap(r, p, title),
	}
	page.Page = ui.Page{
		Title: title, Scripts: []string{"listen"}, Styles: styles,
		Crumbs: []ui.Crumb{{Text: r.T("directory.search.title"), Href: "/places"}, {Text: title}},
		Feeds:  []ui.Feed{{Type: "application/geo+json", Href: "/map/data.geojson?id=" + p.ID, Title: title}},
	}
	page.About, page.AboutIn = said(r, p.About)
	page.Bring, page.BringIn = said(r, p.Bring)
	page.Description = page.About
	page.Sub = word(r, directory.GroupKind, p.Kind)
	page.QR = ui.QR{Content: page.Address, Label: r.T("directory.place.qr")}
	page.Chips = room.placeChips(r, sheet)
	page.Acts = placeActs(r, p)
	page.Notices = room.placeNotices(r, sheet)
	page.fillHours(r, sheet, now)
	page.fillWhere(r, p)
	page.fillFacts(r, sheet)
	page.fillSource(r, sheet)
	return r.Render(w, page)
}

// placeChips are what one asks first: is it free, can a wheelchair get in, which languages.
func (room *Room) placeChips(r *web.Request, sheet *directory.Sheet) ui.Tags {
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

// placeActs are what one does next: call, book, find the way.
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
func (room *Room) placeNotices(r *web.Request, sheet *directory.Sheet) []ui.Notice {
	var notices []ui.Notice
	p := &sheet.Place
	if p.IsGone() {
		notices = append(notices, ui.Notice{Tone: ui.Bad, Text: r.T("directory.place.gone")})
	}
	for _, c := range sheet.Closures {
		notices = append(notices, ui.Notice{Tone: ui.Wait, Text: r.T("directory.place.closure",
			"From", r.Words.Date(c.From.In(r.Words.Zone())), "To", r.Words.Date(c.To.In(r.Words.Zone())), "Reason", name(r, c.Reason))})
	}
	if sheet.Freshness == directory.Stale {
		notices = append(notices, ui.Notice{Tone: ui.Wait, Text: r.T("directory.place.stale", "Date", r.Words.Date(p.Checked()))})
	}
	if p.Source.Name == "demo" {
		notices = append(notices, ui.Notice{Text: r.T("directory.place.example")})
	}
	return notices
}

// services shows each service with what one needs to know to use it.
func (room *Room) services(r *web.Request, sheet *directory.Sheet, now time.Time) []serviceView {
	views := make([]serviceView, 0, len(sheet.Services))
	for i := range sheet.Services {
		s := &sheet.Services[i]
		v := serviceView{ID: s.ID, Icon: "hand-helping"}
		v.Name, v.Lang = said(r, s.Name)
		v.Details = name(r, s.Details)
		if len(s.Needs) > 0 {
			v.Icon = needIcon(s.Needs[0])
		}
		v.Chips.Label = r.T("directory.place.facts")
		if s.Fee != directory.FeeUnknown {
			v.Chips.Items = append(v.Chips.Items, ui.Chip{Text: word(r, directory.GroupFee, s.Fee), Tone: feeTone(s.Fee)})
		}
		for _, way := range s.Ways {
			v.Chips.Items = append(v.Chips.Items, ui.Chip{Text: word(r, directory.GroupWay, way), Icon: wayIcons[way]})
		}
		for _, entry := range s.Entry {
			v.Chips.Items = append(v.Chips.Items, ui.Chip{Text: word(r, directory.GroupEntry, entry)})
		}
		if left, known := s.Capacity.At(now); known {
			v.Chips.Items = append(v.Chips.Items, ui.Chip{Icon: "users", Tone: ui.Brand,
				Text: r.T("directory.capacity.left", "N", left, "Date", r.Words.DayMonth(s.Capacity.Said))})
		}
		v.Facts = room.serviceFacts(r, s)
		views = append(views, v)
	}
	return views
}

func (room *Room) serviceFacts(r *web.Request, s *directory.Service) ui.KeyValues {
	var facts []ui.KeyValue
	add := func(key, text string) {
		if text != "" {
			facts = append(facts, ui.KeyValue{Key: r.T(key), Text: text})
		}
	}
	add("directory.place.for", list(r, directory.GroupAudience, s.Audiences))
	add("directory.place.languages", languages(r, s.Languages))
	add("directory.search.fee", name(r, s.FeeNote))
	if s.Hours.Given != "" {
		add("directory.place.hours", s.Hours.Given)
	}
	if s.Booking != "" {
		facts = append(facts, ui.KeyValue{Key: r.T("directory.place.booking"), Text: host(s.Booking), Href: s.Booking})
	}
	return ui.KeyValues{Items: facts}
}

// list writes several codes as a sentence's list.
func list(r *web.Request, group directory.Group, codes []string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = word(r, group, code)
	}
	return r.Words.List(words)
}

func languages(r *web.Request, codes []string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = r.Words.LanguageName(code)
	}
	return r.Words.List(words)
}

// host is the readable part of a site's address.
func host(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		rest = address
	}
	name, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(name, "www.")
}

// fillHours lays out the week, or gives the hours as the place wrote them.
func (page *placePage) fillHours(r *web.Request, sheet *directory.Sheet, now time.Time) {
	page.Remark = sheet.State.Comment
	if len(sheet.Week) == 0 {
		page.HoursRaw = sheet.Place.Hours.Given
		return
	}
	today := hours.DateOf(now.In(r.Words.Zone()))
	page.Hours = ui.Hours{Caption: r.T("directory.place.hours")}
	for _, day := range sheet.Week {
		row := ui.HoursDay{
			Name: r.Words.Sentence(r.Words.Weekday(day.Date.Weekday())), Today: day.Date == today,
			Closed: r.T("directory.place.closed-day"), Note: day.Comment,
		}
		for _, span := range day.Spans {
			row.Spans = append(row.Spans, r.Words.ClockRange(span.From, span.To))
		}
		if holiday := r.Territory.Holiday(day.Date); holiday != nil {
			row.Note = r.T("directory.place.holiday", "Name", name(r, holiday))
		}
		page.Hours.Days = append(page.Hours.Days, row)
	}
}

// fillWhere tells how to get there and whom to call.
func (page *placePage) fillWhere(r *web.Request, p *directory.Place) {
	add := func(fact ui.KeyValue) { page.Where.Items = append(page.Where.Items, fact) }
	if line := addressLine(r, p.Address); line != "" {
		add(ui.KeyValue{Key: r.T("directory.place.address"), Text: line})
	} else if p.Itinerant {
		add(ui.KeyValue{Key: r.T("directory.place.address"), Text: r.T("directory.place.no-address")})
	}
	for _, phone := range p.Contact.Phones {
		text := phone.Show(r.Territory.Country)
		if phone.Note != "" {
			text += " (" + phone.Note + ")"
		}
		add(ui.KeyValue{Key: r.T("directory.place.phone"), Text: text, Href: phone.Link()})
	}
	for _, mail := range p.Contact.Mails {
		add(ui.KeyValue{Key: r.T("directory.place.mail"), Text: mail, Href: "mailto:" + mail})
	}
	for _, site := range p.Contact.Sites {
		add(ui.KeyValue{Key: r.T("directory.place.site"), Text: host(site), Href: site})
	}
}

// fillFacts tells what is there: equipment, languages, how one gets in, who runs it.
func (page *placePage) fillFacts(r *web.Request, sheet *directory.Sheet) {
	p := &sheet.Place
	add := func(key, text, href string) {
		if text != "" {
			page.Facts.Items = append(page.Facts.Items, ui.KeyValue{Key: r.T(key), Text: text, Href: href})
		}
	}
	things := make([]string, len(p.Equipment))
	for i, e := range p.Equipment {
		things[i] = equipment(r, e)
	}
	add("directory.place.equipment", r.Words.List(things), "")
	add("directory.place.languages", r.Words.Sentence(languages(r, p.Languages)), "")
	if p.Wheelchair != directory.WheelchairUnknown {
		add("directory.place.access", word(r, directory.GroupWheelchair, p.Wheelchair), p.Access)
	}
	if sheet.Organisation != nil {
		add("directory.place.organisation", name(r, sheet.Organisation.Name), "/organisations/"+sheet.Organisation.ID)
	}
}

func equipment(r *web.Request, e directory.Equipment) string {
	text := word(r, directory.GroupEquipment, e.Code)
	if e.Code == "computer" && e.Number > 0 {
		text = r.T("directory.equipment.count", "N", e.Number)
	}
	if e.Note != "" {
		text += " (" + e.Note + ")"
	}
	return text
}

// fillSource tells where the record comes from and how fresh it is.
func (page *placePage) fillSource(r *web.Request, sheet *directory.Sheet) {
	p := &sheet.Place
	add := func(key, text, href string) {
		page.Source.Items = append(page.Source.Items, ui.KeyValue{Key: r.T(key), Text: text, Href: href})
	}
	if p.Source.Name != "" && p.Source.Name != "demo" {
		add("directory.place.source", p.Source.Name, p.Source.URL)
	}
	if !p.Source.Updated.IsZero() {
		add("directory.place.updated", r.Words.Date(p.Source.Updated), "")
	}
	if at := p.Confirmed.At; !at.IsZero() {
		text := r.Words.Sentence(r.Words.Date(at))
		if p.Confirmed.By != "" {
			text = r.T("directory.place.confirmed-by", "By", p.Confirmed.By, "Date", r.Words.Date(at))
		}
		add("directory.place.confirmed", text, "")
	}
}
