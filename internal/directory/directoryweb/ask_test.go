package directoryweb

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestAskReadsAndWritesTheSameAddress(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"", "q=imp%C3%B4ts", "near=Lille&q=ordinateur", "lat=50.629&lon=3.057", "open=now&q=a",
		"at=2026-11-23T09%3A30", "need=food&need=job&way=counter", "page=3&q=a", "kind=library&more=need",
		"box=50.1%2C3.1%2C50.3%2C3.4",
	} {
		values, _ := url.ParseQuery(address)
		a := readAsk(values, zone)
		if got := a.values().Encode(); got != address {
			t.Errorf("%q comes back as %q", address, got)
		}
	}
}

func TestAskForgivesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"page=-4":                       "",
		"page=x&lat=200&lon=1":          "",
		"lat=NaN&lon=NaN":               "",
		"q=++deux+++mots+":              "q=deux+mots",
		"q=%ff%fea":                     "q=a",
		"free=1":                        "fee=free",
		"need=food&need=food&need=":     "need=food",
		"near=Lille&lat=50.1&lon=3.1":   "near=Lille",
		"lat=50.62912345&lon=3.05712":   "lat=50.629&lon=3.057",
		"open=now&at=2026-11-23":        "open=now",
		"q=" + strings.Repeat("é", 900): "q=" + url.QueryEscape(strings.Repeat("é", wordsMax)),
	}
	for given, want := range tests {
		values, _ := url.ParseQuery(given)
		if got := readAsk(values, time.UTC).values().Encode(); got != want {
			t.Errorf("%q is read as %q, want %q", given, got, want)
		}
	}
}

func TestAskTellsAWrongHour(t *testing.T) {
	t.Parallel()
	values, _ := url.ParseQuery("at=lundi")
	if a := readAsk(values, time.UTC); !a.AtWrong || a.AtText != "lundi" || a.Open != "" {
		t.Errorf("got %+v", a)
	}
}

func TestAskChangesOneThingAtATime(t *testing.T) {
	t.Parallel()
	values, _ := url.ParseQuery("q=a&need=food&need=job&open=now&page=4")
	a := readAsk(values, time.UTC)
	for got, want := range map[string]string{
		a.without("need", "food").href("/places"): "/places?need=job&open=now&q=a",
		a.with("way", "phone").href("/places"):    "/places?need=food&need=job&open=now&q=a&way=phone",
		a.withoutAll("need").href("/places"):      "/places?open=now&q=a",
		a.anyTime().href("/places"):               "/places?need=food&need=job&q=a",
		a.bare().href("/places"):                  "/places?q=a",
		a.onPage("/places", 2):                    "/places?need=food&need=job&open=now&page=2&q=a",
		a.href("/map"):                            "/map?need=food&need=job&open=now&page=4&q=a",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if !a.narrowed() || a.bare().narrowed() {
		t.Error("narrowed tells whether a filter is on")
	}
}
