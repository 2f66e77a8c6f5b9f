package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"parvis/internal/i18n"
)

// languageCookie remembers the language that a person chose. It holds nothing else.
const languageCookie = "hl"

// language is the one for this request: the address's own (?hl=), the one remembered, the browser's, the territory's.
func language(r *http.Request, offered []string) (lang string, chosen bool) {
	if strings.Contains(r.URL.RawQuery, "hl=") {
		if asked := r.URL.Query().Get(languageCookie); slices.Contains(offered, asked) {
			return asked, true
		}
	}
	if cookie, err := r.Cookie(languageCookie); err == nil && slices.Contains(offered, cookie.Value) {
		return cookie.Value, false
	}
	return i18n.Match(r.Header.Get("Accept-Language"), offered), false
}

// remember keeps a choice for a year.
func remember(w http.ResponseWriter, lang string, https bool) {
	http.SetCookie(w, &http.Cookie{
		Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: https, SameSite: http.SameSiteLaxMode,
	})
}

// inLanguage is the address of the same page and query in another language.
func inLanguage(u *url.URL, lang string) string {
	query := u.Query()
	query.Set(languageCookie, lang)
	return onThisSite((&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: query.Encode()}).RequestURI())
}

// onThisSite keeps an address from leading to another host: a browser takes "//host" for one.
func onThisSite(address string) string { return "/" + strings.TrimLeft(address, "/") }

var ownNames sync.Map // a language's code to its name in that language

// ownName is a language's name in that language, as a sentence begins: "Français".
func ownName(code string) string {
	if name, ok := ownNames.Load(code); ok {
		return name.(string)
	}
	name := i18n.Sentence(i18n.NewBundle().Printer(code, nil, "").LanguageName(code))
	ownNames.Store(code, name)
	return name
}

// here is the page's own address without the choice of a language.
func here(u *url.URL) string {
	if !strings.Contains(u.RawQuery, "hl=") {
		return onThisSite(u.RequestURI())
	}
	query := u.Query()
	query.Del(languageCookie)
	return onThisSite((&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: query.Encode()}).RequestURI())
}
