package directoryweb

import (
	"net/http"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// deskTwinsPage is two records side by side, with the question whether they are one place.
type deskTwinsPage struct {
	ui.Page
	ID      string
	Lead    string
	Records []twinRecord
	For     []string
	Against []string
	Decided string // what was decided, and when; empty while nobody did
	Same    ui.Button
	Apart   ui.Button
	Later   ui.Button // only while it waits
	After   string    // what happens to the two
}

// twinRecord is one of the two, as its register tells it.
type twinRecord struct {
	Title string
	Lang  string
	Facts ui.KeyValues
	See   ui.Link
}

var _ = ui.Parse[deskTwinsPage](files, "templates/desk-twins.html")

func twinsAddress(id string) string { return deskHome + "/twins/" + id }

// deskTwins shows one pair.
func (room *Room) deskTwins(w http.ResponseWriter, r *web.Request) error {
	pair, err := room.Directory.TwinPair(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	page := &deskTwinsPage{
		ID: pair.ID, Lead: r.T("directory.twins.lead"), For: signs(r, pair.For), Against: signs(r, pair.Against), After: r.T("directory.twins.after"),
		Same:  ui.Button{Text: r.T("directory.twins.same"), Icon: "check", Main: true, Name: "as", Value: "same"},
		Apart: ui.Button{Text: r.T("directory.twins.apart"), Icon: "x", Name: "as", Value: "apart"},
		Later: ui.Button{Text: r.T("directory.twins.later"), Icon: "clock", Quiet: true, Name: "as", Value: "later"},
	}
	for i := range pair.Records {
		page.Records = append(page.Records, room.twinRecord(r, &pair.Records[i], pair.Services[i]))
	}
	if pair.State != directory.TwinsWaiting {
		page.turnedBack(r, &pair)
	}
	page.Page = ui.Page{Title: r.T("directory.twins.title"), Private: true, Styles: keepStyles,
		Crumbs: []ui.Crumb{{Text: r.T("directory.desk.title"), Href: deskForm{List: string(directory.DeskTwins)}.href(1)}, {Text: name(r, pair.Records[0].Name)}}}
	return r.Render(w, page)
}

// turnedBack offers only the other way, where something was decided already.
func (page *deskTwinsPage) turnedBack(r *web.Request, pair *directory.TwinPair) {
	page.Decided, page.Lead = decided(r, pair), ""
	page.Later = ui.Button{}
	if pair.State == directory.TwinsSame {
		page.Same, page.Apart.Text, page.After = ui.Button{}, r.T("directory.twins.undo"), r.T("directory.twins.undo-after")
		return
	}
	page.Apart, page.Same.Main = ui.Button{}, false
}

// decided says what was decided of a pair, by the program or by a person, and when.
func decided(r *web.Request, pair *directory.TwinPair) string {
	key := "directory.twins.decided-" + string(pair.State)
	if pair.By == "" {
		key = "directory.twins.decided-sure"
	}
	return r.T(key, "Date", r.Words.Date(pair.Decided))
}

// signs are reasons in words.
func signs(r *web.Request, all []directory.Sign) []string {
	words := make([]string, len(all))
	for i, sign := range all {
		words[i] = r.T("directory.twins.sign-" + string(sign))
	}
	return words
}

// twinRecord tells what a register says of a place, and nothing else.
func (room *Room) twinRecord(r *web.Request, p *directory.Place, services []directory.Service) twinRecord {
	title, lang := said(r, p.Name)
	f := facts{r: r}
	source := p.Source.Name
	if source == "" {
		source = r.T("directory.twins.here")
	}
	f.add("directory.place.source", source, p.Source.URL)
	if p.Source.Name != "" {
		f.add("directory.twins.key", p.Source.ID, "")
	}
	if !p.Source.Updated.IsZero() {
		f.add("directory.place.updated", r.Words.Date(p.Source.Updated), "")
	}
	f.add("directory.twins.kind", word(r, directory.GroupKind, p.Kind), "")
	f.add("directory.place.address", addressLine(r, p.Address), "")
	f.contact(p.Contact)
	f.add("directory.place.hours", p.Hours.Given, "")
	f.add("directory.twins.register", p.Register, "")
	offered := make([]string, len(services))
	for i := range services {
		offered[i] = name(r, services[i].Name)
	}
	f.add("directory.place.services", strings.Join(offered, " · "), "")
	return twinRecord{Title: title, Lang: lang, Facts: f.list(), See: ui.Link{Href: "/places/" + p.ID, Text: r.T("directory.keep.see"), Icon: "arrow-right"}}
}

// decideTwins takes over what a person says of a pair, and goes on to the list that it came from.
func (room *Room) decideTwins(w http.ResponseWriter, r *web.Request) error {
	var form struct {
		As string `form:"as,max=10"`
	}
	if err := r.Decode(&form); err != nil {
		return err
	}
	done, err := form.As, error(nil)
	switch form.As {
	case "same", "apart":
		err = room.Directory.DecideTwins(r.Context(), r.Who, r.PathValue("id"), form.As == "same")
	default:
		done = "later"
		err = room.Directory.PutOffTwins(r.Context(), r.PathValue("id"))
	}
	if err != nil {
		return err
	}
	return r.Redirect(w, deskHome+"?list="+string(directory.DeskTwins)+"&done="+done)
}

// deskTwinsRow is a pair on a list.
type deskTwinsRow struct {
	ID      string
	Open    ui.Link
	Sources string
	Signs   string
	Decided string
}

// deskPairs fills a list of pairs: those that wait, or those of which somebody decided.
func (room *Room) deskPairs(r *web.Request, page *deskPage, form deskForm) error {
	list := directory.DeskList(form.List)
	pairs, total, err := room.Directory.TwinPairs(r.Context(), list == directory.DeskDecided, deskRows, (form.Page-1)*deskRows)
	if err != nil {
		return err
	}
	for i := range pairs {
		p := &pairs[i]
		row := deskTwinsRow{ID: p.ID, Signs: r.Words.Sentence(series(r, signs(r, p.For))),
			Open:    ui.Link{Href: twinsAddress(p.ID), Text: r.T("directory.twins.pair", "One", name(r, p.Records[0].Name), "Other", name(r, p.Records[1].Name))},
			Sources: strings.Join(sourcesOf(r, p), " · ")}
		if list == directory.DeskDecided {
			row.Decided = decided(r, p)
		}
		page.Pairs = append(page.Pairs, row)
	}
	page.Total = r.T("directory.twins.pairs", "N", total)
	page.paginate(r, form, total)
	return nil
}

// sourcesOf are the registers of a pair, each once, and its town.
func sourcesOf(r *web.Request, p *directory.TwinPair) []string {
	var all []string
	for i := range p.Records {
		source := p.Records[i].Source.Name
		if source == "" {
			source = r.T("directory.twins.here")
		}
		if len(all) == 0 || all[0] != source {
			all = append(all, source)
		}
	}
	if town := p.Records[0].Address.Town; town != "" {
		all = append(all, town)
	}
	return all
}
