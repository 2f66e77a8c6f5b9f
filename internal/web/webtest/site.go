// Package webtest runs pages in process, for tests: a site in any language, a client that keeps its cookies like a
// browser, and pages that are asked by CSS selector.
//
// What always holds: a page that shows a missing word, has no or two first headings, or lies about its language fails the
// test that fetched it.
package webtest

import (
	"embed"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/i18n"
	"parvis/internal/org"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// Noon is when tests happen unless they move the clock: a Wednesday, 11:00 UTC, noon in Paris.
var Noon = time.Date(2026, time.November, 25, 11, 0, 0, 0, time.UTC)

// Bundle holds the words of web, of ui, and of the packages given. A test program reads them once.
func Bundle(t testing.TB, more ...embed.FS) *i18n.Bundle {
	t.Helper()
	readOnce.Lock()
	defer readOnce.Unlock()
	for _, r := range alreadyRead {
		if slices.Equal(r.more, more) {
			return r.bundle.Clone()
		}
	}
	bundle := i18n.NewBundle()
	for _, files := range append([]embed.FS{web.Locales, ui.Locales}, more...) {
		if err := bundle.Add(files); err != nil {
			t.Fatal(err)
		}
	}
	alreadyRead = append(alreadyRead, words{more, bundle})
	return bundle.Clone()
}

// words are the catalogues that were asked for, and what they hold.
type words struct {
	more   []embed.FS
	bundle *i18n.Bundle
}

var (
	readOnce    sync.Mutex
	alreadyRead []words
)

// Territory is a town that exists nowhere, in all five languages.
func Territory() *org.Territory {
	all := func(text string) i18n.Text {
		out := i18n.Text{}
		for _, lang := range i18n.Languages {
			out[lang] = text
		}
		return out
	}
	return &org.Territory{
		ID: "vald", Name: i18n.Text{"fr": "Ville de Vald", "en": "Town of Vald", "ro": "Orașul Vald", "vi": "Thị xã Vald", "zh": "瓦尔德市"},
		Short: all("Vald"), Sentence: all("Vald."), Hosts: []string{"vald.localhost"},
		Languages: []string{"fr", "en", "ro", "vi", "zh"}, Country: "FR", Zone: "Europe/Paris", Currency: "EUR", Hue: 205,
		Phone: "05 36 49 12 34", Hours: "Mo-Fr 08:30-12:00,13:30-17:30", Mail: "bonjour@vald.example", Address: all("1 place du Parvis"), Emergency: "112",
		Legal: org.Legal{
			Publisher: all("Vald"), Director: all("Maire"), Host: all("Vald, 1 place du Parvis"), PrivacyContact: "donnees@vald.example",
			PrivacyRole: all("DPO"), PrivacyLaw: all("GDPR"), Complaint: all("CNIL"), ComplaintSite: "https://www.cnil.fr/",
			Accessibility: all("Vald: 100 %"), AccessibilityContact: "acces@vald.example", AccessibilityLaw: all("RGAA"), AccessibilityComplaint: all("Défenseur"),
		},
	}
}

// Site is a site of Territory at Noon that logs into the test, with the words of the packages given.
func Site(t testing.TB, more ...embed.FS) *web.Site {
	t.Helper()
	return &web.Site{
		Territory: Territory(), Words: Bundle(t, more...), Clock: clock.At(Noon),
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
}
