package directoryweb

import (
	"net/http"

	"parvis/internal/directory/directoryweb/openweb"
	"parvis/internal/directory/opendata"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// openPage explains in plain words how others use the directory's data, and lets one try.
type openPage struct {
	ui.Page
	Files   []ui.Link
	Sought  ui.Field
	Tables  []ui.Button
	Origin  string // of this site
	Path    string // of the places, for programs
	Count   ui.Field
	Since   ui.Field
	Go      ui.Button
	Answers []ui.Link
	Rules   []string
}

var _ = ui.Parse[openPage](files, "templates/open.html")

func (room *Room) open(w http.ResponseWriter, r *web.Request) error {
	link := func(href, key, icon string) ui.Link { return ui.Link{Href: href, Text: r.T(key), Icon: icon} }
	field := func(name, key string) ui.Field {
		return ui.Field{Label: ui.Label{Words: r.Words, Name: name, Label: r.T(key)}}
	}
	page := &openPage{
		Page: ui.Page{Title: r.T("directory.open.title"), Styles: sheetStyles},
		Files: []ui.Link{
			link("/open-data/places.geojson", "directory.open.geojson", "download"), link("/open-data/data-inclusion.json", "directory.open.inclusion", "download"),
			link("/open-data/hsds.ndjson", "directory.open.hsds", "download"), link("/share#frame", "directory.open.map", "map"),
		},
		Sought: field("q", "directory.open.search-words"),
		Tables: []ui.Button{
			{Text: r.T("directory.open.csv"), Icon: "download", Main: true, Name: "as", Value: "csv"},
			{Text: r.T("directory.open.xlsx"), Icon: "download", Name: "as", Value: "xlsx"},
		},
		Origin: r.Origin(), Path: "/api/v1/places",
		Count: field("limit", "directory.open.try-count"),
		Since: field("modified_after", "directory.open.try-since"),
		Go:    ui.Button{Text: r.T("directory.open.try-go"), Main: true},
		Answers: []ui.Link{
			link("/api/openapi.json", "directory.open.describe", "file-text"), link("/api/v1/vocabularies", "directory.open.codes", "languages"),
			link("/api/data-inclusion/v1/structures", "directory.open.like-inclusion", "arrow-right"), link("/api/hsds/services", "directory.open.like-hsds", "arrow-right"),
		},
		Rules: []string{r.T("directory.open.rule-public"), r.T("directory.open.rule-source"), r.T("directory.open.rule-fresh")},
	}
	page.Count.Value, page.Count.InputMode, page.Count.Short = "3", "numeric", true
	page.Since.Type, page.Since.Optional = "date", true
	if r.Territory.Country == "FR" {
		page.Files = append([]ui.Link{page.Files[0], link("/open-data/lieux.csv", "directory.open.standard", "download")}, page.Files[1:]...)
	}
	return r.Render(w, page)
}

// tablePart is how many places of a search are read at a time.
const tablePart = 500

// tableMax is how many places a table of a search has at most; the whole directory is a file of its own.
const tableMax = 50_000

// tableForms are the forms of a table: what each is called where it travels, and how it begins.
var tableForms = map[string]struct {
	kind  string
	begin func(http.ResponseWriter, *web.Request, []string) (opendata.Table, error)
}{
	"csv": {"text/csv; charset=utf-8", func(w http.ResponseWriter, _ *web.Request, header []string) (opendata.Table, error) {
		return opendata.NewCSV(w, header)
	}},
	"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w http.ResponseWriter, r *web.Request, header []string) (opendata.Table, error) {
		return opendata.NewXLSX(w, r.In(r.Territory.Short), header)
	}},
}

// table gives the places of a search as a table, in the form that is asked for.
func (room *Room) table(w http.ResponseWriter, r *web.Request) error {
	as := r.URL.Query().Get("as")
	form, ok := tableForms[as]
	if !ok {
		return problem.New(problem.NotFound, "")
	}
	a := readAsk(r.URL.Query(), r.Words.Zone())
	query := room.query(r, a)
	query.Limit = tablePart
	found, total, err := room.Directory.Matching(r.Context(), query)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", form.kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+r.Territory.ID+`-places.`+as+`"`)
	header := make([]string, len(opendata.Columns))
	for i, column := range opendata.Columns {
		header[i] = r.T(columnKeys[column])
	}
	t, err := form.begin(w, r, header)
	if err != nil {
		return err
	}
	setting := openweb.SettingOf(r)
	for {
		for i := range found {
			if err := t.Add(setting.Row(&found[i].Place, found[i].Services)); err != nil {
				return err
			}
		}
		query.Offset += tablePart
		if query.Offset >= min(total, tableMax) {
			return t.Close()
		}
		if found, total, err = room.Directory.Matching(r.Context(), query); err != nil {
			return err
		}
	}
}

// columnKeys are what the columns of a table are called.
var columnKeys = map[string]string{
	"id": "directory.open.column-id", "name": "directory.open.column-name", "kind": "directory.open.column-kind", "address": "directory.open.column-address",
	"postcode": "directory.open.column-postcode", "town": "directory.open.column-town", "lat": "directory.open.column-lat", "lon": "directory.open.column-lon",
	"phone": "directory.open.column-phone", "mail": "directory.open.column-mail", "site": "directory.open.column-site", "hours": "directory.open.column-hours",
	"services": "directory.open.column-services", "needs": "directory.open.column-needs", "fee": "directory.open.column-fee",
	"wheelchair": "directory.open.column-wheelchair", "languages": "directory.open.column-languages", "source": "directory.open.column-source",
	"checked": "directory.open.column-checked", "page": "directory.open.column-page",
}
