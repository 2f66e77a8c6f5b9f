package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"parvis/internal/account"
	"parvis/internal/account/accountweb"
	"parvis/internal/authz"
	"parvis/internal/blob"
	"parvis/internal/config"
	"parvis/internal/db"
	"parvis/internal/directory"
	"parvis/internal/directory/directoryweb"
	"parvis/internal/directory/directoryweb/openweb"
	"parvis/internal/event"
	"parvis/internal/i18n"
	"parvis/internal/notify/notifyweb"
	"parvis/internal/org"
	"parvis/internal/web"
	"parvis/internal/web/housepages"
)

// House is one territory, open: its pack, its store, its rooms and its pages.
type House struct {
	*org.Pack
	Store     *db.DB
	Events    *event.Log
	Directory *directory.Directory
	Accounts  *account.Service
	Files     *blob.Files

	folder  io.Closer // of the files, where they are in a folder
	kinds   []string  // of jobs
	handler http.Handler
}

// close keeps what the next start is quicker with, and lets go of what the house holds open.
func (h *House) close() error {
	if h.Directory != nil {
		h.Directory.Keep(context.Background())
	}
	var err error
	if h.folder != nil {
		err = h.folder.Close()
	}
	return errors.Join(err, h.Store.Close())
}

// openHouse opens a territory and starts what runs beside it, until running ends.
func (a *App) openHouse(ctx, running context.Context, pack *org.Pack) (*House, error) {
	store, err := a.options.openStore(ctx, pack.ID)
	if err != nil {
		return nil, err
	}
	h := &House{Pack: pack, Store: store, Events: event.NewLog(store)}
	if err := a.furnish(ctx, running, h); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

// furnish opens the rooms of a house and mounts their pages.
func (a *App) furnish(ctx, running context.Context, h *House) error {
	words, err := Words(h.Pack)
	if err != nil {
		return err
	}
	snapshot := filepath.Join(a.options.Config.Data, h.ID, snapshotFile)
	if h.Directory, err = a.options.openDirectory(h.Pack, h.Store, words, snapshot); err != nil {
		return err
	}
	h.Accounts = account.New(account.Options{DB: h.Store, Territory: &h.Territory, Words: words})
	if _, err := org.NewStore(h.Store).Sync(ctx, h.Organisations); err != nil {
		return err
	}
	if err := h.firstLoad(ctx, words); err != nil {
		return fmt.Errorf("first load of the pack: %w", err)
	}
	if err := h.Directory.Load(ctx); err != nil {
		return err
	}
	files, err := a.options.openFiles(ctx, h.ID)
	if err != nil {
		return err
	}
	h.folder, _ = files.(io.Closer)
	h.Files = blob.NewFiles(h.Store, files)
	if err := a.beside(running, h); err != nil {
		return err
	}
	people := accountweb.NewRoom(h.Accounts, accountweb.Options{
		Mail: a.options.Demo || a.options.mails(), PublicDemo: a.options.Config.PublicDemo,
	})
	site := a.site(h, words)
	site.Who, site.SignIn = people.Who, true
	letters := notifyweb.NewRoom(h.Store, a.options.Config.PublicDemo)
	h.handler = web.NewHandler(site, slices.Concat(h.routes(a), people.Routes(), letters.Routes(), housepages.Routes()))
	return nil
}

// Words are all texts of a territory: every feature's, and over them the territory's own.
func Words(pack *org.Pack) (*i18n.Bundle, error) {
	read, err := every()
	if err != nil {
		return nil, err
	}
	words := read.Clone()
	for lang, own := range pack.Territory.Words {
		words = words.Override(lang, own)
	}
	return words, nil
}

// every holds every feature's words. They are read once, however many territories there are.
var every = sync.OnceValues(func() (*i18n.Bundle, error) {
	words := i18n.NewBundle()
	for _, catalogue := range catalogues {
		if err := words.Add(catalogue); err != nil {
			return nil, fmt.Errorf("words: %w", err)
		}
	}
	return words, nil
})

// openDirectory opens the directory of a territory, with the file of its snapshot. Searching it needs Load first.
func (o *Options) openDirectory(pack *org.Pack, store *db.DB, words *i18n.Bundle, snapshot string) (*directory.Directory, error) {
	return directory.New(directory.Options{
		DB: store, Words: words, Clock: o.Clock, Log: o.Log.With("territory", pack.ID), Setting: o.setting(pack),
		Snapshot: snapshot,
	})
}

// setting is what the directory needs to know of a territory, with the address that its letters lead to.
func (o *Options) setting(pack *org.Pack) directory.Setting {
	s := directory.SettingOf(pack)
	s.Origin = o.origin(pack.Hosts[0])
	return s
}

// origin is the address of a territory's site: over https, except under a name of this machine alone, where the program
// itself answers.
func (o *Options) origin(host string) string {
	if host != "localhost" && !strings.HasSuffix(host, ".localhost") {
		return "https://" + host
	}
	if _, port, err := net.SplitHostPort(o.Config.Listen); err == nil && port != "80" {
		host = net.JoinHostPort(host, port)
	}
	return "http://" + host
}

// site is the territory as the web knows it.
func (a *App) site(h *House, words *i18n.Bundle) *web.Site {
	return &web.Site{
		Territory: &h.Territory, Pack: h.Pack, Words: words, Clock: a.options.Clock,
		Log: a.options.Log, Demo: a.options.Demo, Sequence: h.Directory.Sequence, Metrics: a.metrics,
		Proxies: a.options.Config.TrustedProxies, MapSources: mapSources(a.options.Config.Tiles),
		Nav: []web.Nav{
			{Href: "/places", Key: "directory.nav.near", Icon: "map-pin"},
			{Href: "/map", Key: "directory.nav.map", Icon: "map"},
			{Href: "/desk/directory", Key: "directory.nav.desk", Icon: "list", Can: authz.EditDirectory},
		},
	}
}

// routes are the pages of the directory.
func (h *House) routes(a *App) []web.Route {
	tiles := a.options.Config.Tiles
	base := directoryweb.Base{File: tiles.File, Address: tiles.Address, Credit: tiles.Credit}
	return slices.Concat(directoryweb.NewRoom(h.Directory, h.Pack, base).Routes(), openweb.NewRoom(h.Directory, h.Pack).Routes())
}

// mapSources are the other sites that map pages may fetch from: that of the tiles, where one is set.
func mapSources(tiles config.Tiles) []string {
	u, err := url.Parse(tiles.Address)
	if err != nil || u.Host == "" {
		return nil
	}
	return []string{u.Scheme + "://" + u.Host}
}
