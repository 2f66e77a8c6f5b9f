package accountweb

import "testing"

func TestABrowserIsNamedForItsOwner(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0":                                                        "Firefox, Windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15":                   "Safari, macOS",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 Edg/129.0":               "Edge, Windows",
		"Mozilla/5.0 (Linux; Android 14; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari":         "Samsung Internet, Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/129.0 Mobile/15E148":               "Chrome, iPhone",
		"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36":                          "Chrome, ChromeOS",
		"Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0": "WeChat, Android",
		"Mozilla/5.0 (X11; Linux x86_64) Something/1.0":                                                                                           "Linux", "": "", "curl/8.0": "",
	} {
		if got := browserName(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}

func TestAVisitSurvivesTheWayToTheStore(t *testing.T) {
	t.Parallel()
	var v visit
	v.session.ID, v.session.Browser, v.account.Name = "s", "Firefox, Linux", "Bạch Mai"
	b, err := values{}.Encode(far, map[string]any{key: v})
	if err != nil {
		t.Fatal(err)
	}
	_, all, err := values{}.Decode(b)
	if err != nil || all[key] != v {
		t.Errorf("%+v, %v", all[key], err)
	}
	if _, _, err := (values{}).Decode([]byte("{")); err == nil {
		t.Error("half a visit passes")
	}
	for _, err := range []error{store{}.Commit("", nil, far), store{}.Delete("")} {
		if err == nil {
			t.Error("a session without its request")
		}
	}
	if _, _, err := (store{}).Find(""); err == nil {
		t.Error("a session without its request")
	}
}
