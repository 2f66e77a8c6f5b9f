package directoryweb

import (
	"net/http"
	"net/url"
	"strings"

	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// sharePage gives the map's address in every form that travels: to copy, to scan, to send, to hang up.
type sharePage struct {
	ui.Page
	Address string
	QR      ui.QR
	Poster  ui.Button
	Mail    ui.Button
	Picture ui.Link // the code as a picture
	Frame   string  // what another site's page says to show the map
	Framed  ui.Button
}

// posterPage is one sheet to hang up where people pass.
type posterPage struct {
	ui.Page
	Address string
	Shown   string // as one types it
	QR      ui.QR
	Print   ui.Tools
}

var (
	_ = ui.Parse[sharePage](files, "templates/share.html")
	_ = ui.Parse[posterPage](files, "templates/poster.html")
)

// mapAddress is the map's address as others open it.
func mapAddress(r *web.Request) string { return r.Origin() + "/map" }

func (room *Room) share(w http.ResponseWriter, r *web.Request) error {
	address := mapAddress(r)
	a := readAsk(r.URL.Query(), r.Words.Zone()).elsewhere() // where somebody stands is not passed on
	mail := url.Values{"subject": {r.T("directory.poster.title")}, "body": {r.T("directory.share.text", "Address", address)}}
	page := &sharePage{
		Address: address,
		QR:      ui.QR{Content: address, Label: r.T("directory.share.code")},
		Poster:  ui.Button{Href: "/poster", Text: r.T("directory.share.poster-open"), Icon: "printer", Main: true},
		Frame:   frameTag(r, a),
		Framed:  ui.Button{Href: a.onPage("/embed", 1), Text: r.T("directory.share.embed-see"), Icon: "map"},
		Mail:    ui.Button{Href: "mailto:?" + strings.ReplaceAll(mail.Encode(), "+", "%20"), Text: r.T("directory.share.mail"), Icon: "mail"},
	}
	page.Picture = ui.Link{Href: "/share/qr.svg", Text: r.T("directory.share.picture"), Icon: "download"}
	page.Page = ui.Page{Title: r.T("directory.share.title"), Styles: sheetStyles}
	return r.Render(w, page)
}

func (room *Room) poster(w http.ResponseWriter, r *web.Request) error {
	address := mapAddress(r)
	_, shown, _ := strings.Cut(address, "://")
	page := &posterPage{
		Address: address, Shown: shown,
		QR:    ui.QR{Content: address, Label: r.T("directory.poster.scan")},
		Print: ui.Tools{Words: r.Words, Print: true},
	}
	page.Page = ui.Page{Title: r.T("directory.poster.title"), Styles: sheetStyles}
	return r.Render(w, page)
}

// shareCode is the map's code as a picture, to put into a letter or a flyer.
func (room *Room) shareCode(w http.ResponseWriter, r *web.Request) error {
	return sendCode(w, mapAddress(r))
}

// placeCode is a place's code as a picture.
func (room *Room) placeCode(w http.ResponseWriter, r *web.Request) error {
	if _, err := room.Directory.Sheet(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return sendCode(w, r.Origin()+"/places/"+r.PathValue("id"))
}

func sendCode(w http.ResponseWriter, address string) error {
	drawn, err := ui.QR{Content: address}.SVG()
	if err != nil {
		return problem.Because(problem.Internal, err)
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, err = w.Write(drawn)
	return err
}
