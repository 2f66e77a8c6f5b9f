package accountweb

import (
	"embed"
	"net/http"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/web"
)

//go:embed templates
var files embed.FS

// Locales are the words of these pages, for the bundle. Those of the accounts themselves are in account.Locales.
//
//go:embed locales
var Locales embed.FS

// Options say what is particular to an installation.
type Options struct {
	// Mail says that mail is sent (or captured): codes are offered. Without it only passwords are.
	Mail bool
	// PublicDemo lets others than this machine enter a demo by role.
	PublicDemo bool
}

// Room is the accounts of one territory with what their pages show.
type Room struct {
	accounts *account.Service
	sessions sessions
	options  Options
}

// NewRoom prepares the pages of a territory's accounts.
func NewRoom(accounts *account.Service, o Options) *Room {
	return &Room{accounts: accounts, sessions: newSessions(accounts), options: o}
}

// Who tells who asks, for web.Site.
func (room *Room) Who(r *http.Request) (authz.Who, error) {
	visit, err := room.sessions.find(r)
	if err != nil || visit.session.ID == "" {
		return authz.Anybody(), err
	}
	return visit.account.Who(), nil
}

// Routes are all the pages of the accounts. Those of the demo are there in every site and open in a demo alone.
func (room *Room) Routes() []web.Route {
	get := func(path string, can authz.Action, serve web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Can: can, Serve: serve}
	}
	post := func(path string, can authz.Action, serve web.Handler) web.Route {
		return web.Route{Method: http.MethodPost, Path: path, Can: can, Serve: serve, MaxBody: 8 << 10}
	}
	return []web.Route{
		get("/sign-in", authz.SignIn, room.signIn),
		post("/sign-in", authz.SignIn, room.comeIn),
		get("/sign-in/code", authz.SignIn, room.code),
		post("/sign-in/code", authz.SignIn, room.enterCode),
		post("/sign-out", authz.SignIn, room.signOut),
		get("/invitation/{token}", authz.SignIn, room.invitation),
		post("/invitation/{token}", authz.SignIn, room.accept),
		get("/account", authz.OwnAccount, room.account),
		post("/account/language", authz.OwnAccount, room.setLanguage),
		post("/account/sessions/end", authz.OwnAccount, room.endSession),
		post("/account/sessions/end-others", authz.OwnAccount, room.endOthers),
		get("/account/password", authz.OwnAccount, room.password),
		post("/account/password", authz.OwnAccount, room.setPassword),
		get("/_demo", authz.SignIn, room.demo),
		post("/_demo/enter", authz.SignIn, room.enterDemo),
	}
}
