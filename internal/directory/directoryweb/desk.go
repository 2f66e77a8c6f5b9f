package directoryweb

import (
	"net/http"
	"net/url"
	"strconv"

	"parvis/internal/directory"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// deskPage lists what keeps the directory true: what visitors say is wrong, and the records that nobody confirmed.
type deskPage struct {
	ui.Page
	Lists   []deskTab
	List    string // the one that is shown
	Lead    string
	Narrow  bool // the list can be narrowed
	Unit    ui.Select
	Reach   ui.Select
	Show    ui.Button
	Total   string
	Remarks []deskRemark
	Pairs   []deskTwinsRow
	Places  []deskPlace
	Pages   ui.Pagination
	None    ui.Empty
	Remind  ui.Button
	Daily   string // how many reminders go out on one day
}

// deskTab is one list, with how many wait on it.
type deskTab struct {
	Text    string
	N       string
	Href    string
	Current bool
}

// deskRemark is what a visitor says, without who it was.
type deskRemark struct {
	Open  ui.Link
	Kind  string
	Words string
	When  string
}

// deskPlace is a place on a list, with the one thing to do about it.
type deskPlace struct {
	ID      string
	Open    ui.Link
	Town    string
	Checked string
	Asked   string
	Score   string
	Act     string // where the button goes; empty: no button
	Do      ui.Button
	Call    ui.Button
}

var _ = ui.Parse[deskPage](files, "templates/desk.html")

// deskHome is where the desk's lists are.
const deskHome = "/desk/directory"

// deskRows is how many rows a list shows on a page.
const deskRows = 20

// deskForm is what a list is asked.
type deskForm struct {
	List  string `form:"list,max=20"`
	Unit  string `form:"unit,max=64"`
	Reach string `form:"reach,max=20"`
	Page  int    `form:"page"`
}

func (f deskForm) href(page int) string {
	q := url.Values{"list": {f.List}}
	for name, value := range map[string]string{"unit": f.Unit, "reach": f.Reach} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return deskHome + "?" + q.Encode()
}

// desk shows one of the lists.
func (room *Room) desk(w http.ResponseWriter, r *web.Request) error {
	var form deskForm
	if err := r.Decode(&form); err != nil {
		return err
	}
	counts, err := room.Directory.DeskCounts(r.Context())
	if err != nil {
		return err
	}
	if form.List == "" {
		form.List = string(directory.DeskStale)
		if counts[directory.DeskRemarks] > 0 {
			form.List = string(directory.DeskRemarks)
		}
	}
	form.Page = min(max(form.Page, 1), 10_000)
	page := &deskPage{List: form.List}
	known := false
	for _, list := range directory.DeskLists() {
		current := string(list) == form.List
		known = known || current
		page.Lists = append(page.Lists, deskTab{Text: r.T("directory.desk.list-" + string(list)), N: r.Words.Number(counts[list]),
			Href: deskForm{List: string(list)}.href(1), Current: current})
	}
	if !known {
		return problem.New(problem.NotFound, "")
	}
	page.Lead = r.T("directory.desk.lead-" + form.List)
	page.Page = ui.Page{Title: r.T("directory.desk.title"), Private: true, Styles: keepStyles}
	page.None = ui.Empty{Icon: "circle-check", Title: r.T("directory.desk.none"), Text: r.T("directory.desk.none-text"),
		Ways: []ui.Link{{Href: "/places", Text: r.T("directory.search.title"), Icon: "search"}}}
	if said := r.URL.Query().Get("done"); deskDones[said] {
		page.Notice = &ui.Notice{Tone: ui.Good, Text: r.T("directory.desk.done-" + said)}
	}
	switch directory.DeskList(form.List) {
	case directory.DeskRemarks:
		err = room.deskRemarks(r, page, form, counts[directory.DeskRemarks])
	case directory.DeskTwins, directory.DeskDecided:
		err = room.deskPairs(r, page, form)
	default:
		err = room.deskPlaces(r, page, form)
	}
	if err != nil {
		return err
	}
	return r.Render(w, page)
}

// deskDones are what can have been done, each with its sentence in the catalogue.
var deskDones = map[string]bool{"sent": true, "back": true, "accepted": true, "refused": true, "asked": true, "same": true, "apart": true, "later": true}

// deskRemarks fills the list of what visitors say. Who they are is on the remark's own page, where the look is noted.
func (room *Room) deskRemarks(r *web.Request, page *deskPage, form deskForm, total int) error {
	remarks, err := room.Directory.Remarks(r.Context(), false, deskRows, (form.Page-1)*deskRows)
	if err != nil {
		return err
	}
	ids := make([]string, len(remarks))
	for i, one := range remarks {
		ids[i] = one.Place
	}
	places, _, err := room.Directory.Places(r.Context(), ids...)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for i := range places {
		names[places[i].ID] = name(r, places[i].Name)
	}
	for _, one := range remarks {
		page.Remarks = append(page.Remarks, deskRemark{
			Open: ui.Link{Href: deskHome + "/remarks/" + one.ID, Text: names[one.Place]},
			Kind: word(r, directory.GroupRemark, one.Kind), Words: one.Words, When: r.Words.Sentence(r.Words.Day(one.Made, room.Directory.Now())),
		})
	}
	page.Total = r.T("directory.desk.remarks", "N", total)
	page.paginate(r, form, total)
	return nil
}

// deskPlaces fills a list of places.
func (room *Room) deskPlaces(r *web.Request, page *deskPage, form deskForm) error {
	filter := directory.DeskFilter{Unit: form.Unit, Reach: form.Reach}
	found, total, err := room.Directory.DeskPlaces(r.Context(), directory.DeskList(form.List), filter, deskRows, (form.Page-1)*deskRows)
	if err != nil {
		return err
	}
	for i := range found {
		page.Places = append(page.Places, room.deskRow(r, &found[i], form.href(form.Page)))
	}
	page.Narrow = true
	page.Unit, page.Reach = room.deskFilters(r, form)
	page.Show = ui.Button{Text: r.T("directory.desk.show"), Icon: "funnel"}
	page.Total = r.T("directory.desk.places", "N", total)
	page.paginate(r, form, total)
	if form.List == string(directory.DeskStale) || form.List == string(directory.DeskAsk) {
		page.Remind = ui.Button{Text: r.T("directory.desk.remind"), Icon: "send"}
		page.Daily = r.T("directory.desk.daily", "N", directory.RemindersDaily)
	}
	return nil
}

func (page *deskPage) paginate(r *web.Request, form deskForm, total int) {
	page.Pages = ui.Paginate(r.Words, form.Page, (total+deskRows-1)/deskRows, form.href)
}

// deskRow is a place with what to do about it: write to its team, call it, or bring it back.
func (room *Room) deskRow(r *web.Request, one *directory.DeskPlace, back string) deskPlace {
	p := &one.Place
	row := deskPlace{
		ID: p.ID, Open: ui.Link{Href: deskHome + "/places/" + p.ID, Text: name(r, p.Name)}, Town: p.Address.Town,
		Checked: r.T("directory.keep.never"), Score: r.T("directory.desk.score", "Score", one.Quality.Score),
	}
	title := row.Open.Text
	if at := p.Checked(); !at.IsZero() {
		row.Checked = r.T("directory.keep.since", "Date", r.Words.Date(at))
	}
	switch {
	case one.Stopped:
		row.Asked = r.T("directory.desk.stopped")
	case !one.Asked.IsZero():
		row.Asked = r.T("directory.desk.asked", "Date", r.Words.Date(one.Asked))
	case !one.Address:
		row.Asked = r.T("directory.desk.no-address")
	}
	switch {
	case p.IsGone():
		row.Checked = r.T("directory.desk.gone-since", "Date", r.Words.Date(p.Gone))
		row.Act = deskHome + "/places/" + p.ID + "/back"
		row.Do = ui.Button{Text: r.T("directory.desk.back"), Icon: "refresh-cw", About: r.T("directory.desk.back-about", "Place", title)}
	case one.Address:
		row.Act = deskHome + "/places/" + p.ID + "/link"
		row.Do = ui.Button{Text: r.T("directory.desk.send"), Icon: "send", About: r.T("directory.desk.send-about", "Place", title)}
	case len(p.Contact.Phones) > 0:
		phone := p.Contact.Phones[0]
		row.Call = ui.Button{Href: phone.Link(), Text: r.T("directory.place.call", "Number", phone.Show(r.Territory.Country)), Icon: "phone"}
	}
	row.Do.Name, row.Do.Value = "next", back
	return row
}

// deskFilters are what narrows a list of places.
func (room *Room) deskFilters(r *web.Request, form deskForm) (unit, reach ui.Select) {
	choose := func(name, key string, options []ui.Option) ui.Select {
		return ui.Select{Label: ui.Label{Words: r.Words, Name: name, Label: r.T(key)}, Options: options}
	}
	all := []ui.Option{{Value: "", Text: r.T("directory.desk.everywhere")}}
	for _, u := range room.Directory.Setting().Units {
		all = append(all, ui.Option{Value: u.Code, Text: name(r, u.Name), Checked: u.Code == form.Unit})
	}
	ways := []ui.Option{{Value: "", Text: r.T("directory.desk.reach-all")}}
	for _, way := range []string{directory.ReachLetter, directory.ReachCall} {
		ways = append(ways, ui.Option{Value: way, Text: r.T("directory.desk.reach-" + way), Checked: way == form.Reach})
	}
	return choose("unit", "directory.desk.unit", all), choose("reach", "directory.desk.reach", ways)
}

// deskRemind sends today's reminders now, as far as the day allows. Pressing it twice writes to nobody twice.
func (room *Room) deskRemind(w http.ResponseWriter, r *web.Request) error {
	if _, err := room.Directory.Remind(r.Context()); err != nil {
		return err
	}
	return r.Redirect(w, deskHome+"?list="+string(directory.DeskStale)+"&done=asked")
}
