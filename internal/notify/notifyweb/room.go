package notifyweb

import (
	"embed"
	"net/http"
	"strings"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/notify"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

//go:embed templates
var files embed.FS

// Locales are the words of this page, for the bundle.
//
//go:embed locales
var Locales embed.FS

// Room is the letters of one territory's demo.
type Room struct {
	db     *db.DB
	public bool
}

// NewRoom prepares the page. Others than this machine see it only when the demo is public.
func NewRoom(d *db.DB, publicDemo bool) *Room { return &Room{db: d, public: publicDemo} }

// Routes are the page.
func (room *Room) Routes() []web.Route {
	return []web.Route{{Method: http.MethodGet, Path: "/_mail", Can: authz.SignIn, Serve: room.mail}}
}

// most is how many letters are shown.
const most = 50

// mailPage shows captured letters.
type mailPage struct {
	ui.Page
	Letters []letter
	None    ui.Empty
}

// letter is one of them, as its reader would see it.
type letter struct {
	Subject    string
	To         string
	When       string
	Lang       string
	Paragraphs [][]string // lines
}

var _ = ui.Parse[mailPage](files, "templates/mail.html")

func (room *Room) mail(w http.ResponseWriter, r *web.Request) error {
	if !r.Demo || !room.public && !web.OnThisMachine(r.Request) {
		return problem.New(problem.NotFound, "")
	}
	var all []notify.Message
	err := room.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		demo, err := tx.Demo()
		if err == nil && !demo {
			err = problem.New(problem.NotFound, "")
		}
		if err == nil {
			all, err = notify.List(tx, notify.Captured, most)
		}
		return err
	})
	if err != nil {
		return err
	}
	page := &mailPage{None: ui.Empty{Icon: "mail", Title: r.T("captured.none"), Text: r.T("captured.none-text"),
		Ways: []ui.Link{{Href: "/sign-in", Text: r.T("captured.try"), Icon: "log-in"}, {Href: "/_mail", Text: r.T("captured.again"), Icon: "refresh-cw"}}}}
	page.Page = ui.Page{Title: r.T("captured.title"), Private: true}
	for _, m := range all {
		page.Letters = append(page.Letters, letter{Subject: m.Subject, Lang: m.Lang, Paragraphs: paragraphs(m.Text),
			To: r.T("captured.to", "Address", m.To), When: r.Words.DateTime(m.Created.Time)})
	}
	return r.Render(w, page)
}

// paragraphs are a text's lines, by its empty lines.
func paragraphs(text string) (all [][]string) {
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.Trim(p, "\n"); p != "" {
			all = append(all, strings.Split(p, "\n"))
		}
	}
	return all
}
