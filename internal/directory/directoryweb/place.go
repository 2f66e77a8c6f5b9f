package directoryweb

import (
	"net/http"

	"parvis/internal/directory"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// placePage is all that is known of a place, in the order in which one needs it.
type placePage struct {
	ui.Page
	ID       string
	NameLang string
	Sub      string // what kind of place it is
	Line     string // its address, where it has one
	State    ui.Chip
	Open     bool
	Gone     bool
	Chips    ui.Tags
	Acts     []ui.Button
	Tools    ui.Tools
	Notices  []ui.Notice
	About    string
	AboutIn  string // its language, where it is not the page's
	Services []serviceView
	Bring    string
	BringIn  string
	Hours    hoursView
	Where    ui.KeyValues
	Map      ui.Map
	Nearly   bool // the point on the map is its town's
	Facts    ui.KeyValues
	Source   ui.KeyValues
	QR       ui.QR
	Address  string // of this page, for the code on paper
	Wrong    ui.Link
}

var _ = ui.Parse[placePage](files, "templates/place.html")

// withQuery is an address with what was asked of the one that led there.
func withQuery(address, query string) string {
	if query != "" {
		address += "?" + query
	}
	return address
}

// place shows one place; asked for by the id of another record of it, it leads to where it stands.
func (room *Room) place(w http.ResponseWriter, r *web.Request) error {
	sheet, err := room.Directory.Sheet(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if sheet.Place.ID != r.PathValue("id") {
		return r.Moved(w, withQuery("/places/"+sheet.Place.ID, r.URL.RawQuery))
	}
	now := room.Directory.Now()
	p := &sheet.Place
	title, lang := said(r, p.Name)
	page := &placePage{
		ID: p.ID, NameLang: lang, Open: sheet.State.Open && !p.IsGone(), Gone: p.IsGone(),
		Sub:      word(r, directory.GroupKind, p.Kind),
		Line:     addressLine(r, p.Address),
		State:    stateChip(r.Words, sheet.State, now),
		Chips:    placeChips(r, sheet),
		Tools:    ui.Tools{Words: r.Words, Listen: true, Print: true},
		Notices:  placeNotices(r, sheet),
		Services: room.services(r, sheet, now),
		Hours:    placeHours(r, sheet, now),
		Where:    placeWhere(r, p),
		Map:      room.placeMap(r, p, title),
		Nearly:   p.Point != nil && p.Approximate,
		Facts:    placeFacts(r, sheet),
		Source:   placeSource(r, p, sheet.Twins, now),
		Address:  r.Origin() + "/places/" + p.ID,
		Wrong:    ui.Link{Href: "/places/" + p.ID + "/wrong", Text: r.T("directory.place.wrong"), Icon: "flag"},
	}
	if !page.Gone {
		page.Acts = placeActs(r, p)
	}
	page.Page = ui.Page{
		Title: title, Scripts: []string{"listen"}, Styles: sheetStyles,
		Crumbs: []ui.Crumb{{Text: r.T("directory.search.title"), Href: "/places"}, {Text: title}},
		Feeds:  []ui.Feed{{Type: "application/geo+json", Href: "/map/data.geojson?id=" + p.ID, Title: title}},
	}
	page.About, page.AboutIn = said(r, p.About)
	page.Bring, page.BringIn = said(r, p.Bring)
	page.Description = page.About
	page.QR = ui.QR{Content: page.Address, Label: r.T("directory.place.qr")}
	return r.Render(w, page)
}
