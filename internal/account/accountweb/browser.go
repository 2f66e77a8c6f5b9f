package accountweb

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"

	"parvis/internal/account"
	"parvis/internal/web"
)

// browserKept is how long a browser is known after it last signed in, in seconds.
const browserKept = 180 * 24 * 3600

// try is what is known of who wants in. The browser's token is made here when it has none; it is given to the browser
// by know, and only when somebody has come in.
func try(r *web.Request, mail string) account.Try {
	t := account.Try{Mail: mail, Network: web.Network(r.Request)}
	if cookie, err := r.Cookie(cookieName(browserCookie, web.Secure(r.Request))); err == nil && len(cookie.Value) < 100 {
		t.Browser = cookie.Value
	}
	if t.Browser == "" {
		var b [32]byte
		_, _ = rand.Read(b[:]) // never fails (crypto/rand)
		t.Browser = base64.RawURLEncoding.EncodeToString(b[:])
	}
	return t
}

// know lets the browser be known again: guessing elsewhere will not slow it down.
func know(w http.ResponseWriter, r *web.Request, t account.Try) {
	secure := web.Secure(r.Request)
	http.SetCookie(w, &http.Cookie{Name: cookieName(browserCookie, secure), Value: t.Browser, Path: "/", MaxAge: browserKept,
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode})
}

// browserName is a browser and its system in a few words, for its owner to know it again; empty when it says neither.
func browserName(agent string) string {
	first := func(pairs [][2]string) string {
		for _, pair := range pairs {
			if strings.Contains(agent, pair[0]) {
				return pair[1]
			}
		}
		return ""
	}
	// What a browser also calls itself for the sake of old pages comes last.
	browser := first([][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"UCBrowser", "UC Browser"},
		{"MicroMessenger", "WeChat"}, {"Zalo", "Zalo"}, {"Coc_coc", "Cốc Cốc"}, {"FxiOS", "Firefox"}, {"Firefox", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}})
	system := first([][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"},
		{"HarmonyOS", "HarmonyOS"}, {"Macintosh", "macOS"}, {"Linux", "Linux"}})
	switch {
	case browser == "":
		return system
	case system == "":
		return browser
	}
	return browser + ", " + system
}
