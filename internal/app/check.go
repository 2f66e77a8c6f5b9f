package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parvis/internal/db"
	"parvis/internal/directory"
	"parvis/internal/org"
)

// Checked is what a look at an installation found.
type Checked struct {
	Fine    []string // territories in whose packs nothing is wrong
	Remarks []string // what is not wrong and should be known
}

// Check looks at the settings and at every pack of the data folder, without touching what is served. The error tells
// everything that is wrong.
func Check(ctx context.Context, o Options) (*Checked, error) {
	o.complete()
	packs, failed, err := o.ownPacks()
	if err != nil {
		return nil, err
	}
	found := &Checked{Remarks: o.remarks()}
	var wrong []error
	for _, f := range failed {
		wrong = append(wrong, fmt.Errorf("%s:\n%w", f.Territory, f.Err))
	}
	for _, p := range packs {
		if err := checkRows(ctx, p); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:\n%w", p.ID, err))
			continue
		}
		found.Fine = append(found.Fine, p.ID)
		found.Remarks = append(found.Remarks, unsaid(p)...)
	}
	wrong = append(wrong, unambiguous(packs))
	return found, errors.Join(wrong...)
}

// CheckPack reads a pack, its places and its services included, and gives the territory's name. The error tells
// everything that is wrong, each with its file and line.
func CheckPack(ctx context.Context, fsys fs.FS) (string, error) {
	pack, err := org.LoadPack(fsys)
	if err == nil {
		err = checkRows(ctx, pack)
	}
	if err != nil {
		return "", err
	}
	return cmp.Or(pack.Name.In(pack.Language()), pack.ID), nil
}

// checkRows brings a pack into a directory that is thrown away, as its first start would.
func checkRows(ctx context.Context, pack *org.Pack) (err error) {
	scratch, err := os.MkdirTemp("", "parvis-check-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	o := Options{Log: slog.New(slog.DiscardHandler)}
	o.complete()
	store, err := db.Open(ctx, "sqlite:"+filepath.Join(scratch, storeFile), db.Options{Clock: o.Clock, Log: o.Log, SynchronousNormal: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	words, err := Words(pack)
	if err != nil {
		return err
	}
	h := &House{Pack: pack, Store: store}
	if h.Directory, err = o.openDirectory(pack, store, words, ""); err != nil {
		return err
	}
	if _, err := org.NewStore(store).Sync(ctx, pack.Organisations); err != nil {
		return err
	}
	all, err := h.Directory.ImportPack(ctx, pack, directory.Feed{})
	if err != nil {
		return explain(pack, "en", err)
	}
	if lines := all.Wrong(words.Printer("en", pack.Location(), pack.Currency)); len(lines) > 0 {
		return errors.New(strings.Join(lines, "\n"))
	}
	return nil
}

// remarks are what whoever runs an installation should know of its settings, a sentence each.
func (o *Options) remarks() []string {
	var all []string
	if !o.Demo && !o.mails() {
		all = append(all, "no mail server is set (mail.host), so no letter is sent: people sign in with a password, "+
			"and `parvis user link` makes a new link for who has none; letters wait until a server is set")
	}
	if !o.Demo && len(o.Config.TrustedProxies) == 0 && !OnlyHere(o.Config.Listen) {
		all = append(all, "listen is open to other machines and trusted_proxies is empty: pages go out unprotected, "+
			"and nobody elsewhere can sign in; put a proxy with https before it")
	}
	return all
}

// OnlyHere reports whether an address to listen on is reached from this machine alone.
func OnlyHere(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// unsaid names what a pack still says in the words that Init wrote: its own name, where something else is asked for.
func unsaid(p *org.Pack) []string {
	name := p.Name.In(p.Language())
	legal := map[string]string{
		"sentence": p.Sentence.In(p.Language()), "address": p.Address.In(p.Language()),
		"legal.director": p.Legal.Director.In(p.Language()), "legal.host": p.Legal.Host.In(p.Language()),
		"legal.privacy-law": p.Legal.PrivacyLaw.In(p.Language()), "legal.accessibility-law": p.Legal.AccessibilityLaw.In(p.Language()),
		"legal.complaint": p.Legal.Complaint.In(p.Language()),
	}
	var still []string
	for key, text := range legal {
		if text == name {
			still = append(still, key)
		}
	}
	if len(still) == 0 {
		return nil
	}
	slices.Sort(still)
	return []string{fmt.Sprintf("%s: %s still says nothing but the territory's name in %s", p.ID, org.TerritoryFile, strings.Join(still, ", "))}
}
